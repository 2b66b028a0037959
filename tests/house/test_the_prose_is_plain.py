"""docs/style.md is kept, as far as a program can see: no long sentence in a document, and no expression that the style page replaces."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.house.prose import docstrings, instead, sentences, unusual
from tests.house.tools import files
from tests.parts.environment import REPOSITORY
from tests.parts.specification import PAGES

LONGEST = 30
PRODUCT = ("config/", "helpline/", "messaging/")
# What a person reads has shorter sentences than what we write for each other.
LONGEST_FOR_PEOPLE = 25
TRANSLATED = "Words that give a translation away"
# How many of those words the documents and the docstrings still hold. Take from it, never add.
LEFT_IN_DOCUMENTS = 0
LEFT_IN_DOCSTRINGS = 0
# Sentences of these two that were longer when the rule reached them. Take from it, never add.
STILL_LONG = {"THREATS.md": 0, "VERIFY.md": 0}
# Tags, comments and what is filled in stand for one word of a sentence.
FILLED = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|%\(\w+\)s|\{\w+\}", re.DOTALL)
DOCUMENTS = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
DOCUMENTS += sorted(path for path in (REPOSITORY / "docs").rglob("*.md") if path.name != "style.md" and path.parent.name != "protocol")
DOCUMENTS.append(REPOSITORY / "docs" / "protocol" / "README.md")
# A specification says each thing once and whole: its long sentences may only become fewer.
LONG_IN_THE_SPECIFICATION = 118


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_document_has_short_sentences_and_usual_words(path: Path) -> None:
    words = instead()
    found = list(sentences(path.read_text(encoding="utf-8")))
    assert [each for each in found if len(each.split()) > LONGEST] == []
    assert {word: words[word] for each in found for word in unusual(each, words)} == {}


@pytest.mark.parametrize("name", STILL_LONG)
def test_what_strangers_check_us_by_grows_no_longer(name: str) -> None:
    words = instead()
    found = list(sentences((REPOSITORY / name).read_text(encoding="utf-8")))
    assert len([each for each in found if len(each.split()) > LONGEST]) <= STILL_LONG[name]
    assert {word: words[word] for each in found for word in unusual(each, words)} == {}


def test_the_specification_grows_no_longer() -> None:
    assert (
        len([each for page in PAGES for each in sentences(page.read_text(encoding="utf-8")) if len(each.split()) > LONGEST])
        <= LONG_IN_THE_SPECIFICATION
    )


def said_to_people() -> list[str]:
    """Every sentence of the public site in English: what the catalogues translate."""
    with (REPOSITORY / "templates" / "locale" / "cy" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalog = read_po(file, locale="cy")
    texts = [text for message in catalog if message.id for text in ([message.id] if isinstance(message.id, str) else message.id)]
    return [each for text in texts for each in sentences(FILLED.sub("X", text))]


def test_what_people_read_is_short_and_in_our_own_words() -> None:
    found, words = said_to_people(), instead() | instead(TRANSLATED)
    assert len(found) > 500
    assert [each for each in found if len(each.split()) > LONGEST_FOR_PEOPLE] == []
    assert {each: words[word] for each in found for word in unusual(each, words)} == {}


def test_no_page_has_a_word_that_gives_a_translation_away() -> None:
    """The staff's pages too: templates without their tags and comments."""
    words = instead(TRANSLATED)
    found = {
        f"{path.relative_to(REPOSITORY)}: {word}": words[word]
        for path in files()
        if path.suffix == ".html"
        for word in unusual(FILLED.sub("X", path.read_text(encoding="utf-8")), words)
    }
    assert found == {}


def test_words_that_give_a_translation_away_become_fewer() -> None:
    words = instead(TRANSLATED)
    assert sum(len(unusual(each, words)) for path in DOCUMENTS for each in sentences(path.read_text(encoding="utf-8"))) <= LEFT_IN_DOCUMENTS
    texts = [
        text
        for path in files()
        if str(path.relative_to(REPOSITORY)).startswith(PRODUCT) and path.suffix == ".py" and "migrations" not in path.parts
        for _, text in docstrings(path.read_text(encoding="utf-8"))
    ]
    assert sum(len(unusual(text, words)) for text in texts) <= LEFT_IN_DOCSTRINGS


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
