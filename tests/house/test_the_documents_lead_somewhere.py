"""The documents: every link leads to a file and a heading that are there, every picture is taken by the command and said in words."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.house.tools import files
from tests.parts.environment import REPOSITORY
from tests.pictures.scenes import SCENES

DOCUMENTS = [path for path in files() if path.suffix == ".md" and "content" not in path.parts]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^()\s]+)\)")
PICTURE = re.compile(r'<img src="([^"]+)"[^>]* alt="([^"]*)">')
# A file or a folder of the source, in code.
NAMED = re.compile(r"`((?:config|helpline|messaging|templates|tests|docs|bin|\.ci|client/src)/[\w./-]*)`")
PLACEHOLDERS = {"templates/locale/CODE/LC_MESSAGES/django.po", "helpline/v2"}
PICTURES = REPOSITORY / "docs" / "pictures"
# Two screens of text, with three pictures between them.
README_LINES = 80
MOST_BYTES = 700_000


def prose(path: Path) -> str:
    """The document without its blocks and pieces of code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL))


def anchors(path: Path) -> set[str]:
    """The names that its headings have as places in a page."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def faults(path: Path) -> list[str]:
    """Links of one document that lead nowhere, and pictures that nobody describes."""
    text = prose(path)
    pictures = [(file, words) for bang, words, file in LINK.findall(text) if bang] + PICTURE.findall(text)
    found = [f"{file} is not described" for file, words in pictures if len(unescape(words)) < 20]
    for target in [file for _, _, file in LINK.findall(text)] + [file for file, _ in PICTURE.findall(text)]:
        if re.match(r"https://|/|mailto:|tel:", target):
            continue
        name, _, place = target.partition("#")
        there = path.parent / name if name else path
        if not there.exists():
            found.append(f"{target} is not there")
        elif place and place not in anchors(there):
            found.append(f"{target} has no such heading")
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_link_leads_somewhere(path: Path) -> None:
    assert faults(path) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_file_that_is_named_is_there(path: Path) -> None:
    """A decision is a record of its day: what it names may have moved since."""
    if path.parent.name == "decisions":
        return
    named = {name.rstrip("/") for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    here = {name: "messaging/" + name if name.startswith("client/") else name for name in named}
    assert {name for name, place in here.items() if not (REPOSITORY / place).exists()} - PLACEHOLDERS == set()


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    planted = tmp_path / "planted.md"
    planted.write_text("# Here\n[a](gone.md) [b](#here) [c](#there) ![no](planted.md) `[d](code.md)`\n")
    assert faults(planted) == ["planted.md is not described", "gone.md is not there", "#there has no such heading"]


def test_the_readme_is_two_screens_long() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= README_LINES
    assert text.startswith("# Helpline\n\n```\npip install uv && uv run manage.py demo\n```\n")
    assert "\n```\nuv run pytest\n```\n" in text
    assert len(PICTURE.findall(text) + [1 for bang, _, _ in LINK.findall(text) if bang]) == 3


def test_every_picture_is_taken_by_the_command_and_small() -> None:
    """`uv run python -m tests.pictures` takes them anew."""
    there = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert there.keys() == SCENES.keys()
    assert sum(there.values()) < MOST_BYTES
