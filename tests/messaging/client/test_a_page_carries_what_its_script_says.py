"""What the browser's programs say is found in their sources; a page in another language carries it as data, an English one nothing."""

import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation
from pytest_django.fixtures import Settings

from helpline import catalogues
from messaging.build import CLIENT
from messaging.sentences import NotASentence, Sentence, sentences

BLOCK = re.compile(r'<script id="sentences" type="application/json">(.*?)</script>')


def block(script: str) -> dict[str, str] | None:
    found = BLOCK.search(Template(f'{{% load assets %}}{{% client_script "{script}" %}}').render(Context()))
    return json.loads(found[1]) if found else None


def test_sentences_are_found_wherever_they_stand() -> None:
    source = 'a(`${say("one {n}", { n })}`); b ? say("two \\"2\\"") : sayIn(\n  "here",\n  "three",\n); essay(4); x.say(5);'
    assert sentences(source) == [Sentence("one {n}", "", 1), Sentence('two "2"', "", 1), Sentence("three", "here", 1)]
    assert [sentence.key for sentence in sentences(source)] == ["one {n}", 'two "2"', "here\u0004three"]


@pytest.mark.parametrize("source", ["say(text)", "say(`one`)", 'say("one" + "two")', "say('one')", 'sayIn("one")', 'sayIn(here, "one")'])
def test_what_cannot_be_found_by_a_translator_stops_the_build(source: str) -> None:
    with pytest.raises(NotASentence, match="line 2"):
        sentences(f"\n{source}")


def test_a_page_in_another_language_carries_every_sentence_of_its_script(client_build: Path) -> None:
    said = json.loads((client_build / "sentences.json").read_text(encoding="utf-8"))
    for language in ("cy", "pl"):
        with translation.override(language):
            carried = block("person")
        assert carried is not None
        assert sorted(carried) == said["person"]
        assert carried["Try again"] == {"cy": "Rhoi cynnig arall arni", "pl": "Spróbuj ponownie"}[language]
        assert carried["alt. month\u0004May"] == {"cy": "Mai", "pl": "maja"}[language]


def test_an_english_page_and_a_script_that_says_nothing_carry_nothing(client_build: Path) -> None:
    assert block("person") is None
    with translation.override("pl"):
        assert block("site") is None


def test_no_sentence_can_end_the_data(client_build: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text((client_build / "manifest.json").read_text())
    (tmp_path / "sentences.json").write_text(json.dumps({"person": ["</script><script>alert(1)"]}))
    settings.CLIENT_BUILD = tmp_path
    with translation.override("pl"):
        assert block("person") == {"</script><script>alert(1)": "</script><script>alert(1)"}


def test_no_program_of_the_person_says_a_sentence_of_its_own() -> None:
    """A text of several words that reaches the page goes through `say`."""
    texts = re.compile(r'(?:textContent = |element\("\w+", |title: |text: |fault: )(?:"|`)[^"`]*[a-z] [a-z]')
    for path in sorted((CLIENT / "src" / "pages" / "person").glob("*.ts")):
        assert texts.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_the_catalogues_are_compiled_with_the_client(client_build: Path, settings: Settings, tmp_path: Path) -> None:
    assert catalogues.are_compiled()
    source = tmp_path / "pl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_bytes((catalogues.folder() / "pl" / "LC_MESSAGES" / "django.po").read_bytes())
    settings.LOCALE_PATHS = [tmp_path]
    assert not catalogues.are_compiled()
    catalogues.ensure_compiled()
    first = source.with_suffix(".mo").read_bytes()
    assert catalogues.are_compiled()
    source.write_text(source.read_text(encoding="utf-8").replace("Spróbuj ponownie", "Jeszcze raz"), encoding="utf-8")
    assert not catalogues.are_compiled()
    catalogues.ensure_compiled()
    assert source.with_suffix(".mo").read_bytes() != first
