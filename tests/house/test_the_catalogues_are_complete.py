"""Every sentence of the public site is translated, each catalogue says what it is, and none keeps what is said no more."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings

from config import catalogues
from helpline.web.translations import catalogue_folder

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def said() -> Catalog:
    return catalogues.extract_sentences()


def path_of(language: str) -> Path:
    return catalogue_folder() / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def names(catalog: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, first(message.id)) for message in catalog if message.id}


def first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_what_is_said_and_nothing_else(said: Catalog, language: str) -> None:
    committed = catalogue(language)
    assert names(said) - names(committed) == set(), "Run: python manage.py catalogues --missing"
    assert names(committed) - names(said) == set(), "Run: python manage.py catalogues"
    assert not committed.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_with_what_is_filled_in_and_its_marks(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        for form in forms(message):
            assert form.strip(), f"{language}: not translated: {message.id}"
            assert Counter(FILLED_IN.findall(form)) == Counter(FILLED_IN.findall(first(message.id))), f"{language}: {form}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_bringing_a_catalogue_up_to_date_changes_nothing_when_it_is(said: Catalog, language: str) -> None:
    """File names in it may lag behind; the sentences and their order may not."""
    updated = catalogues.update_catalogue(language, said)
    assert {(message.context, first(message.id)): forms(message) for message in updated if message.id} == {
        (message.context, first(message.id)): forms(message) for message in catalogue(language) if message.id
    }


@pytest.mark.parametrize("language", settings.DRAFTED_LANGUAGES)
def test_a_draft_is_marked_for_review(language: str) -> None:
    head = path_of(language).read_text(encoding="utf-8").partition("msgid")[0]
    assert "MACHINE-DRAFTED, for review by a native speaker" in head


def test_the_paths_to_help_are_among_what_is_said(said: Catalog) -> None:
    """That nothing is missing means little if a source was forgotten."""
    places = {place for message in said for place, _line in message.locations}
    for place in (
        "helpline/hours/wording.py",
        "helpline/public/forms.py",
        "messaging/client/src/pages/person/messages_for_errors.ts",
        "messaging/client/src/pages/parts/moments.ts",
        "templates/helpline/errors.html",
        "templates/pages/home.html",
        "templates/pages/inbox.html",
        "templates/pages/kept.html",
        "templates/pages/not_found.html",
        "templates/pages/server_error_bare.html",
        "templates/pages/when.html",
        "templates/pages/write.html",
        "templates/parts/crisis.html",
        "templates/parts/exit.html",
        "templates/public.html",
    ):
        assert place in places
