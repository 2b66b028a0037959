"""The terms in force are told in the page's language where they are translated; what is accepted is the version, and English counts."""

from datetime import date

from helpline.models import ConfidentialityTerms, Organisation, TranslatedTerms
from tests.helpline.pages.asking import Get

COUNTS = "To jest tłumaczenie. Jeśli różni się od tekstu angielskiego, liczy się tekst angielski."


def translate(version: int, text: str) -> None:
    TranslatedTerms.objects.create(terms=ConfidentialityTerms.objects.get(version=version), language="pl", text=text)


def test_a_translation_is_told_with_the_note_that_the_english_text_counts(helpline: Organisation, get: Get) -> None:
    translate(1, "Pierwsze słowa.\n\nDwa akapity.")
    for path in ("/pl/write", "/pl/confidential"):
        page = get(path).content.decode()
        assert "<p>Pierwsze słowa.</p>" in page
        # Nobody agrees to a translation alone: what counts stands beside it, in its own language.
        beside = page.split('<section class="beside" aria-labelledby="english-text">')[1].split("</section>")[0]
        assert '<div lang="en-GB" dir="ltr">\n<p>The first words.</p>' in beside
        assert page.index("Pierwsze słowa.") < page.index("<p>The first words.</p>")
        assert COUNTS in page
        assert "Wersja 1, 1 listopada 2026." in page
    assert 'data-terms="1"' in get("/pl/write").content.decode()
    assert "Pierwsze" not in get("/write").content.decode()
    assert 'class="beside"' not in get("/write").content.decode()


def test_without_one_they_are_told_in_english_and_marked_as_english(helpline: Organisation, get: Get) -> None:
    for path in ("/pl/write", "/pl/confidential"):
        page = get(path).content.decode()
        assert COUNTS not in page
        assert '<div lang="en-GB" dir="ltr">\n<p>The first words.</p>' in page
    assert "<div>\n<p>The first words.</p>" in get("/confidential").content.decode()


def test_the_translation_of_an_older_version_is_not_told_for_the_newest(helpline: Organisation, get: Get) -> None:
    translate(1, "Pierwsze słowa.")
    ConfidentialityTerms.objects.create(version=2, text="The second words.", published_on=date(2026, 11, 20))
    newest = get("/pl/confidential").content.decode()
    assert "The second words." in newest
    assert "Pierwsze" not in newest
    assert "Pierwsze słowa." in get("/pl/confidential?version=1").content.decode()
