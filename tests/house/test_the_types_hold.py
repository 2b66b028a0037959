"""mypy in strict mode, with Django's plugin, over everything, tests included."""

from tests.house.tools import run, said


def test_mypy_finds_nothing() -> None:
    done = run("mypy")
    assert done.returncode == 0, said(done)
