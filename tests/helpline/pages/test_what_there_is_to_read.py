"""/read and its pages: by whom they are for, in the reader's language, and on to the next one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.hours.status import hours_status
from helpline.models import Campaign, Organisation, Page
from tests.helpline.pages.asking import WEDNESDAY, Get


def make(slug: str, kind: str = "self-help", audience: str = "self", **fields: Any) -> Page:
    named = {"title": f"Title of {slug}", "summary": f"About {slug}.", "body": f"Text of {slug}.", "published": True, **fields}
    return Page.objects.create(slug=slug, kind=kind, audience=audience, **named)


@pytest.fixture
def books(helpline: Organisation) -> Organisation:
    for position, slug in enumerate(("first", "second", "third")):
        make(slug, position=position)
    make("shared", audience="everybody", position=9)
    make("partners", audience="other", position=10)
    for slug, audience in (("me", "self"), ("someone", "other"), ("under-18", "young"), ("at-work", "professional")):
        make(slug, "way-in", audience)
    make("questions", "about", "everybody")
    make("draft", published=False)
    return helpline


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def links(html: str) -> list[str]:
    return re.findall(r'href="(?:/\w\w)?/read/([a-z0-9-]+)"', html)


@pytest.mark.usefixtures("books")
def test_the_list_goes_by_reader_and_leaves_drafts_out(get: Get) -> None:
    html = get("/read").text
    assert links(main(html)) == ["me", "first", "second", "third", "someone", "partners", "under-18", "at-work", "shared", "questions"]
    assert (
        html.index("If you are worried about yourself") < html.index("Title of first") < html.index("If you are worried about someone else")
    )
    assert '<a href="/read" aria-current="page">Self-help</a>' in " ".join(html.split())


@pytest.mark.usefixtures("books")
def test_a_page_has_its_text_once_and_leads_on(get: Get) -> None:
    html = get("/read/second").text
    assert html.count("<h1") == 1
    assert "<p>Text of second.</p>" in html
    turn = html[html.index('<nav class="turn') :]
    assert links(turn)[:2] == ["first", "third"]
    assert 'rel="prev"' in turn
    assert '<a href="/read" aria-current="true">Self-help</a>' in " ".join(html.split())


@pytest.mark.parametrize(
    ("slug", "leads"), [("first", ["second"]), ("third", ["second", "shared"]), ("partners", ["shared"]), ("shared", ["third", "partners"])]
)
@pytest.mark.usefixtures("books")
def test_the_way_on_stays_with_the_same_reader(get: Get, slug: str, leads: list[str]) -> None:
    html = get(f"/read/{slug}").text
    assert links(re.findall(r'<nav class="turn.*?</nav>', html, re.DOTALL)[0]) == leads


@pytest.mark.usefixtures("books")
def test_a_way_in_lists_what_its_reader_may_read_now(get: Get) -> None:
    html = main(get("/read/me").text)
    assert links(html[html.index('id="more-heading"') :]) == ["first", "second", "third", "shared"]
    assert '<nav class="turn' not in html


@pytest.mark.usefixtures("books")
def test_every_page_ends_with_a_way_to_write_and_to_call(get: Get) -> None:
    Campaign.objects.update(ends_on=WEDNESDAY.date())
    for path in ("/read", "/read/me", "/read/first", "/read/questions", "/read/nothing", "/campaign"):
        html = get(path).text
        talk = html[html.index('<section class="talk') : html.index("</main>")]
        assert 'href="/write"' in talk
        assert 'href="tel:08000000000"' in talk
        assert 'href="/when"' in talk


def test_the_readers_language_comes_first_and_english_is_marked_as_such(books: Organisation, get: Get) -> None:
    make("second", language="cy", title="Teitl", body="[Cyntaf](/read/first)", position=1)
    html = get("/cy/read/second").text
    assert '<article class="article">' in html
    assert "<h1>Teitl</h1>" in html
    assert 'href="/cy/read/first"' in html[html.index("<article") : html.index("</article>")]
    assert "Teitl" not in get("/read/second").text
    english = get("/cy/read/first").text
    assert '<article class="article" lang="en-GB" dir="ltr">' in english
    listed = get("/cy/read").text
    assert '<li lang="en-GB" dir="ltr"><a href="/cy/read/first">Title of first</a>' in listed
    assert '<li><a href="/cy/read/second">Teitl</a>' in listed
    assert listed.count("/cy/read/second") == 1


@pytest.mark.usefixtures("books")
def test_a_draft_in_the_readers_language_does_not_hide_the_english_page(get: Get) -> None:
    make("second", language="cy", title="Teitl", published=False)
    assert "Title of second" in get("/cy/read/second").text


@pytest.mark.parametrize("slug", ["draft", "never-was", "FIRST"])
@pytest.mark.usefixtures("books")
def test_a_page_that_is_not_there_says_so_and_shows_what_is(get: Get, slug: str) -> None:
    response = get(f"/read/{slug}")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert "<h1>We cannot find this page</h1>" in response.text
    assert slug not in main(response.text)
    assert "first" in links(main(response.text))


@pytest.mark.usefixtures("books")
def test_no_device_keeps_what_was_read(get: Get) -> None:
    for path in ("/read", "/read/first", "/campaign"):
        assert get(path).headers["Cache-Control"] == "no-store"


def test_before_anything_is_published_the_list_says_so(helpline: Organisation, get: Get) -> None:
    assert "There is nothing to read here yet." in get("/read").text


def test_a_text_may_name_the_organisation_and_its_numbers(books: Organisation, get: Get) -> None:
    Page.objects.filter(slug="first").update(body="{organisation}: {phone}, {concern_phone}")
    html = get("/read/first").text
    assert '<p>Helpline under test: <a href="tel:08000000000" class="tel" rel="noreferrer">0800 000 0000</a>, <a href="tel:0131' in html
    Organisation.objects.update(phone="", concern_phone="")
    assert "<p>Helpline under test: our phone line, our phone line</p>" in get("/read/first").text


@pytest.mark.parametrize("path", ["/", "/read", "/read/first", "/read/me", "/campaign"])
def test_however_much_there_is_a_page_costs_the_same_few_queries(books: Organisation, get: Get, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert get(path).status_code == 200
        with CaptureQueriesContext(connection) as hours:
            hours_status(WEDNESDAY)
        return len(queries) - len(hours)

    campaign = Campaign.objects.get()
    campaign.pages.set(Page.objects.filter(slug="me"))
    few = asked()
    for number in range(12):
        make(f"more-{number}")
        make(f"more-{number}", language="cy")
        campaign.figures.create(statement=f"{number}", source="A source", dated="2026")
        Campaign.objects.create(
            name="Another", starts_on=campaign.starts_on - timedelta(days=90 + number), ends_on=campaign.starts_on, message=""
        )
    campaign.pages.set(Page.objects.all())
    assert asked() == few
    # Besides what every page asks for its hours: two for the ways to help in a crisis, and one for each kind of row that the page shows.
    assert few == {"/": 5, "/read": 3, "/read/first": 5, "/read/me": 5, "/campaign": 6}[path]
