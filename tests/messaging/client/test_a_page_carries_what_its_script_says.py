"""What the browser's programs say is found in their sources and built into a script for each language; a page brings no sentence."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation
from pytest_django.fixtures import Settings

from helpline.web import translations
from messaging.release.build import CLIENT
from messaging.release.translatable import ClientSentence, NotASentence, by_short_name, sentences_in_typescript, short_name, without_english


def loaded(script: str, built: Path) -> str:
    """The last script that the tag loads."""
    tags = Template(f'{{% load assets %}}{{% client_script "{script}" %}}').render(Context())
    assert "application/json" not in tags
    file: str = re.findall(r'src="/static/client/([^"]+)"', tags)[-1]
    return (built / file).read_text(encoding="utf-8")


def test_sentences_are_found_wherever_they_stand() -> None:
    source = (
        'a(`${gettext("one {n}", { n })}`); b ? gettext("two \\"2\\"") : pgettext(\n  "here",\n  "three",\n); ngettext(4); x.gettext(5);'
    )
    assert sentences_in_typescript(source) == [
        ClientSentence("one {n}", "", 1),
        ClientSentence('two "2"', "", 1),
        ClientSentence("three", "here", 1),
    ]
    assert [sentence.key for sentence in sentences_in_typescript(source)] == ["one {n}", 'two "2"', "here\u0004three"]


@pytest.mark.parametrize(
    "source", ["gettext(text)", "gettext(`one`)", 'gettext("one" + "two")', "gettext('one')", 'pgettext("one")', 'pgettext(here, "one")']
)
def test_what_cannot_be_found_by_a_translator_stops_the_build(source: str) -> None:
    with pytest.raises(NotASentence, match="line 2"):
        sentences_in_typescript(f"\n{source}")


def test_a_page_in_another_language_loads_a_script_that_speaks_it(client_build: Path) -> None:
    for language, words in (("cy", ("Rhoi cynnig arall arni", '"Mai"')), ("pl", ("Spróbuj ponownie", '"maja"'))):
        with translation.override(language):
            script = loaded("person", client_build)
        assert all(each in script for each in words)
        assert f'"{language}"' in script
        # What is so short that it may stand for something else stays.
        assert "Try again" in script
        # A whole sentence that is translated stands there once.
        assert "We cannot yet say when we will answer." not in script
    english = loaded("person", client_build)
    assert "We cannot yet say when we will answer." in english
    assert "Try again" in english
    assert "Spróbuj" not in english


def test_the_desks_script_is_one_for_all_languages(client_build: Path) -> None:
    english = loaded("desk", client_build)
    with translation.override("pl"):
        assert loaded("desk", client_build) == english
    assert not list(client_build.glob("desk.*.js"))


def test_a_sentence_that_is_never_said_gives_way_to_its_short_name() -> None:
    said = {"We have answered you.": "Mae ateb", "Try again": "Eto", "here\u0004We are all here": "Yma"}
    script = 'a("We have answered you.");a("Try again");b("here","We are all here");a("Nobody has answered yet.")'
    named = f'"~{short_name("We have answered you.")}"'
    assert without_english(script, said) == script.replace('"We have answered you."', named)


def test_what_another_language_says_as_english_does_is_said_and_not_named(client_build: Path) -> None:
    """A date in Welsh is put together as an English one: its pattern is a sentence of both."""
    script = 'a("{weekday} {day} {month}");b={x:"{weekday} {day} {month}"}'
    assert without_english(script, {"{weekday} {day} {month}": "{weekday} {day} {month}"}) == script
    for path in (*client_build.glob("*.cy-*.js"), *client_build.glob("*.pl-*.js")):
        # As a value, a short name would be read by people.
        assert re.findall(r'\w:"(~[0-9a-z]{4,8})"', path.read_text(encoding="utf-8")) == [], path.name


def test_every_sentence_of_the_bundle_is_looked_for_in_the_catalogue() -> None:
    assert translations.translated_sentences("pl", ["Try again", "alt. month\u0004May", "Not in any catalogue"]) == {
        "Try again": "Spróbuj ponownie",
        "alt. month\u0004May": "maja",
        "Not in any catalogue": "Not in any catalogue",
    }


def test_no_program_of_the_person_says_a_sentence_of_its_own() -> None:
    """A text of several words that reaches the page goes through `gettext`."""
    texts = re.compile(r'(?:textContent = |element\(\s*"\w+",\s*\{[^}]*\},\s*|title: |text: |fault: )(?:"|`)[^"`]*[a-z] [a-z]')
    for path in sorted((CLIENT / "src" / "pages" / "person").glob("*.ts")):
        assert texts.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_the_catalogues_are_compiled_with_the_client(client_build: Path, settings: Settings, tmp_path: Path) -> None:
    assert translations.catalogues_are_compiled()
    source = tmp_path / "pl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_bytes((translations.catalogue_folder() / "pl" / "LC_MESSAGES" / "django.po").read_bytes())
    settings.LOCALE_PATHS = [tmp_path]
    assert not translations.catalogues_are_compiled()
    translations.ensure_catalogues_compiled()
    first = source.with_suffix(".mo").read_bytes()
    assert translations.catalogues_are_compiled()
    source.write_text(source.read_text(encoding="utf-8").replace("Spróbuj ponownie", "Jeszcze raz"), encoding="utf-8")
    assert not translations.catalogues_are_compiled()
    translations.ensure_catalogues_compiled()
    assert source.with_suffix(".mo").read_bytes() != first


def test_a_sentence_is_built_in_by_its_short_name_and_never_two_by_one(client_build: Path) -> None:
    with translation.override("pl"):
        script = loaded("person", client_build)
    assert f'{short_name("Try again")}:"Spróbuj ponownie"' in script.replace('"' + short_name("Try again") + '"', short_name("Try again"))
    # FNV-1a: two words that are known to have one number.
    assert short_name("costarring") == short_name("liquid")
    with pytest.raises(NotASentence, match="two sentences have one short name"):
        by_short_name({"costarring": "a", "liquid": "b"})
