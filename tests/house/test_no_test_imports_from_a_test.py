"""What two tests need stands in tests/world, in tests/parts, or in a module of their folder; no test and no conftest is imported for it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.parts.environment import REPOSITORY

# A package's fixtures may be lent to another as they are: pytest finds them by the name in a conftest.
FIXTURES = {"tests.helpline.pages.conftest", "tests.helpline.admin.conftest"}


@cache
def imported(folder: Path) -> set[tuple[str, str]]:
    """Each file, and each module of the tests that it imports from."""
    return set(_imported(folder))


def _imported(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
                for alias in node.names:
                    yield path.relative_to(REPOSITORY).as_posix(), node.module or ""
                    yield path.relative_to(REPOSITORY).as_posix(), f"{node.module}.{alias.name}"


def test_nothing_is_imported_from_a_test() -> None:
    found = {(path, module) for path, module in imported(REPOSITORY / "tests") if module.rsplit(".", 1)[-1].startswith("test_")}
    assert found == set()


def test_nothing_but_fixtures_is_imported_from_a_conftest() -> None:
    found = {module for _, module in imported(REPOSITORY / "tests") if module.endswith(".conftest")}
    assert found <= FIXTURES
