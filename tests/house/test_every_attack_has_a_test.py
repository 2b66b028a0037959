"""The table of attacks names tests that are there."""

import re

import pytest

from tests.parts.environment import REPOSITORY

TABLE = (REPOSITORY / "docs" / "attacks.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", TABLE)))
ROWS = [line for line in TABLE.splitlines() if re.match(r"\| [PNS]-?\d", line)]


@pytest.mark.parametrize("name", NAMED)
def test_a_named_test_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    found = REPOSITORY / path
    assert found.is_dir() or f"def {function}" in found.read_text(encoding="utf-8")


def test_every_attack_has_a_row() -> None:
    names = {name for row in ROWS for name in row.split("|")[1].replace(" ", "").split(",")}
    assert names == {*(f"P{number}" for number in range(1, 18)), "S-2", *(f"N{number}" for number in range(1, 15))}
