"""docs/style.md is kept, as far as a program can see: no long sentence in a document, and no expression that the style page replaces."""

from pathlib import Path

import pytest

from tests.house.prose import docstrings, instead, sentences, unusual
from tests.house.tools import files
from tests.parts.environment import REPOSITORY

LONGEST = 30
PRODUCT = ("config/", "helpline/", "messaging/")
DOCUMENTS = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
DOCUMENTS += sorted(path for path in (REPOSITORY / "docs").rglob("*.md") if path.name != "style.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_document_has_short_sentences_and_usual_words(path: Path) -> None:
    words = instead()
    found = list(sentences(path.read_text(encoding="utf-8")))
    assert [each for each in found if len(each.split()) > LONGEST] == []
    assert {word: words[word] for each in found for word in unusual(each, words)} == {}


def test_the_newest_changes_do_too() -> None:
    """What was written of earlier releases stays as it was."""
    newest = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert [each for each in sentences(newest) if len(each.split()) > LONGEST or unusual(each, instead())] == []


def test_a_docstring_has_usual_words() -> None:
    words, found = instead(), []
    for path in files():
        name = str(path.relative_to(REPOSITORY))
        if name.startswith(PRODUCT) and path.suffix == ".py" and "migrations" not in path.parts:
            for line, text in docstrings(path.read_text(encoding="utf-8")):
                found += [f"{name}:{line}: {word}: write “{words[word]}”" for word in unusual(text, words)]
    assert found == []


def test_a_long_sentence_and_an_unusual_word_are_told() -> None:
    long = "One " * 31 + "end. Short."
    assert [len(each.split()) for each in sentences(long)] == [32, 1]
    assert unusual("By a programme of before, said “just now”, and `just now`.", instead()) == [
        "programme of before",
        "just now",
        "programme",
    ]
    quoted = list(sentences("By a page that says “just now”, and `just now`."))
    assert unusual(quoted[0], instead()) == []
    assert list(docstrings('"""Says it in words."""\n\n\ndef f():\n    """So just now."""\n')) == [
        (1, "Says it in words."),
        (4, "So just now."),
    ]
