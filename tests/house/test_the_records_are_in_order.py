"""docs/decisions and docs/glossary.md: records are numbered, dated and listed; words have their code and their section."""

import re

from tests.house.tools import files
from tests.parts.environment import REPOSITORY
from tests.parts.specification import specification

RECORDS = REPOSITORY / "docs" / "decisions"
SHAPE = re.compile(
    r"# (\d+)\. (\S[^\n]+)\n\n(\d{4}-\d\d-\d\d), (?:accepted|(?:accepted; refines|replaced by) \[\d+\]\(\d{4}-[a-z0-9-]+\.md\))\n"
    r"\n## Context\n\n\S.+\n\n## Decision\n\n\S.+\n\n## Consequences\n\n\S.+\n",
    re.DOTALL,
)
ROW = re.compile(r"^\| \[(\d+)\]\(([a-z0-9-]+\.md)\) \| (.+?) \| (\d{4}-\d\d-\d\d) \|$", re.MULTILINE)


def test_every_record_has_its_number_its_day_its_three_parts_and_its_line() -> None:
    found = []
    for path in sorted(RECORDS.glob("[0-9]*.md")):
        parts = SHAPE.fullmatch(path.read_text(encoding="utf-8"))
        assert parts, f"{path.name} is not a record: a title, a day, Context, Decision, Consequences"
        assert path.name.startswith(f"{int(parts[1]):04}-"), path.name
        found.append((parts[1], path.name, parts[2], parts[3]))
    assert [int(number) for number, *_ in found] == list(range(1, len(found) + 1))
    assert ROW.findall((RECORDS / "README.md").read_text(encoding="utf-8")) == found


def entries() -> list[list[str]]:
    """The glossary's rows: term, meaning, name in the code, section."""
    lines = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] != "term"]


def test_every_word_of_the_glossary_is_in_the_code_and_in_the_protocol() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in files() if path.suffix in {".py", ".ts"} and "tests" not in path.parts)
    names = set(re.findall(r"\w+", code))
    protocol = specification()
    sections = set(re.findall(r"^## (\d+)\.", protocol, re.MULTILINE)) | set(re.findall(r"^\*\*(\d+\.\d+) ", protocol, re.MULTILINE))
    terms = [row[0] for row in entries()]
    assert len(terms) >= 40
    assert len(set(terms)) == len(terms)
    for row in entries():
        assert len(row) == 4, row
        assert row[1], row
        assert all(name in names for name in re.findall(r"`(\w+)`", row[2])), row
        assert not row[3] or row[3].removeprefix("§") in sections, row
