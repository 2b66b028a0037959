"""mypy in strict mode, with Django's plugin, over everything, tests included."""

import pytest

from tests.house.tools import run, said


@pytest.mark.long
def test_mypy_finds_nothing() -> None:
    # As a module: textstat brings a package `tests` of its own, and so the repository comes first.
    done = run("python", "-m", "mypy")
    assert done.returncode == 0, said(done)
