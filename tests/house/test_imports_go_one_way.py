"""The rooms of the house: who may import whom, kept by import-linter's contracts in pyproject.toml."""

from tests.house.tools import run, said


def test_every_contract_is_kept() -> None:
    done = run("lint-imports")
    assert done.returncode == 0, said(done)
    assert " 0 broken" in done.stdout, said(done)
