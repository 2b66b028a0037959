"""Djade has nothing to say of the templates, and no line of them is longer than an editor shows."""

import re
from pathlib import Path

from tests.house.tools import files, run, said
from tests.parts.environment import REPOSITORY

LONGEST = 160
TEMPLATES = [path for path in files() if path.suffix == ".html"]
# A file stands in the middle of a sentence: not even the end of a line may follow it.
INLINE = {"templates/parts/crisis_link.html"}
# Django breaks none of its tags, so one that is alone on its line may be as long as it must be.
ONE_TAG = re.compile(r"\s*\{% (?:(?!%\}).)* %\}")


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def test_every_template_is_formatted() -> None:
    assert TEMPLATES
    done = run("djade", "--check", "--target-version", "6.1", *(name(path) for path in TEMPLATES if name(path) not in INLINE))
    assert done.returncode == 0, said(done)


def test_djade_finds_what_is_not_formatted(tmp_path: Path) -> None:
    crooked = tmp_path / "crooked.html"
    crooked.write_text("{%extends 'base.html'%}\n{% block content %}\n{{name}}\n{% endblock %}\n")
    assert run("djade", "--check", "--target-version", "6.1", str(crooked)).returncode == 1


def test_what_stands_in_a_sentence_ends_without_a_line() -> None:
    for path in INLINE:
        assert not (REPOSITORY / path).read_text(encoding="utf-8")[-1].isspace()


def too_long(lines: list[str]) -> list[int]:
    """Numbers of the lines that are longer than `LONGEST` and could be broken."""
    return [number for number, line in enumerate(lines, start=1) if len(line) > LONGEST and not ONE_TAG.fullmatch(line)]


def test_no_line_is_too_long() -> None:
    long = {name(path): found for path in TEMPLATES if (found := too_long(path.read_text(encoding="utf-8").splitlines()))}
    assert long == {}


def test_a_long_line_is_found_unless_it_is_one_tag() -> None:
    tag = "{% include 'a.html' with b='" + "c" * LONGEST + "' %}"
    assert too_long(["d" * LONGEST, "d" * (LONGEST + 1), tag, "<p>" + tag]) == [2, 4]
