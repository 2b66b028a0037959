"""THREATS.md: every party has its row, every row says three things and names the tests that show them, and those tests are there."""

import re
from pathlib import Path

import pytest

from tests.parts.environment import REPOSITORY

PARTIES = (
    "network observer",
    "stranger",
    "proxy",
    "with root",
    "thief of the database",
    "thief of a backup",
    "broker",
    "mail server",
    "another counsellor",
    "counsellor who has left",
    "a lead",
    "an admin",
    "warrant",
    "shares the computer",
    "owner of a campaign",
    "serves another program",
)
RESIDUAL = ("address", "device", "changed for one person", "when, and how much", "queue", "made to do", "history")


def rows(text: str) -> list[list[str]]:
    """The table's cells, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def faults(text: str, root: Path) -> list[str]:
    """What is wrong with the table, row by row."""
    found = []
    for row in rows(text):
        if len(row) != 4 or not all(row):
            found.append(f"not four cells: {row}")
            continue
        tests = re.findall(r"`(tests/[\w/]+\.py)`", row[3])
        if not tests or row[3].count("`") != 2 * len(tests):
            found.append(f"names no test: {row[0]}")
        found += [f"no such test: {test}" for test in tests if not (root / test).is_file() or "/test_" not in test]
        found += [
            f"has no test in it: {test}" for test in tests if (root / test).is_file() and "def test_" not in (root / test).read_text()
        ]
    return found


@pytest.fixture
def text() -> str:
    return (REPOSITORY / "THREATS.md").read_text()


def test_each_row_has_tests_and_each_test_is_there(text: str) -> None:
    assert faults(text, REPOSITORY) == []


def test_nobody_and_nothing_is_left_out(text: str) -> None:
    parties = " ".join(row[0].lower() for row in rows(text))
    assert [each for each in PARTIES if each not in parties] == []
    below = text.partition("## What we cannot hide")[2].lower()
    assert [each for each in RESIDUAL if each not in below] == []


def test_a_row_without_a_test_or_with_one_that_is_gone_is_told() -> None:
    head = "| who | can | cannot | shown by |\n|---|---|---|---|\n"
    planted = {
        "| a | b | c | nothing |": "names no test: a",
        "| a | b | c | `tests/house/test_gone.py` |": "no such test: tests/house/test_gone.py",
        "| a | b | c | `tests/house/tools.py` |": "no such test: tests/house/tools.py",
        "| a | b | `tests/house/test_modules_are_short.py` |": "not four cells",
    }
    for row, said in planted.items():
        assert said in " ".join(faults(head + row, REPOSITORY)), row


def test_the_readme_leads_to_it() -> None:
    assert "(THREATS.md)" in (REPOSITORY / "README.md").read_text()
