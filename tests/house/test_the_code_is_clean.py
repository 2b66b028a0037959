"""Ruff has nothing to say; each rule that is left out has its reason beside it in pyproject.toml."""

from tests.house.tools import run, said


def test_ruff_finds_nothing() -> None:
    done = run("ruff", "check", "--output-format=concise")
    assert done.returncode == 0, said(done)


def test_every_file_is_formatted() -> None:
    done = run("ruff", "format", "--check")
    assert done.returncode == 0, said(done)
