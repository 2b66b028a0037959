"""/campaign: message, figures with source and date, pages by audience; outside its dates it still helps, and says so plainly."""

from datetime import UTC, date, datetime

import pytest

from helpline.models import Campaign, Organisation, Page
from tests.helpline.pages.asking import Get


@pytest.fixture
def campaign(helpline: Organisation) -> Campaign:
    found = Campaign.objects.get()
    for slug, audience, published in (("me", "self", True), ("someone", "other", True), ("hidden", "other", False)):
        page = Page.objects.create(
            slug=slug, kind="way-in", audience=audience, title=f"Title of {slug}", summary="S", body="B", published=published
        )
        found.pages.add(page)
    return found


AFTER = datetime(2027, 2, 1, 11, tzinfo=UTC)
BEFORE = datetime(2026, 11, 15, 11, tzinfo=UTC)


@pytest.mark.usefixtures("campaign")
def test_while_it_runs_it_says_its_message_and_where_each_figure_comes_from(get: Get) -> None:
    html = get("/campaign").text
    assert "<h1>A campaign</h1>" in html
    assert "Its message." in html
    assert "<li>Nearly 1,600 reports. <cite>The police, March 2019</cite></li>" in html
    assert html.index("If you are worried about yourself") < html.index("Title of me") < html.index("Title of someone")
    assert "hidden" not in html[html.index("<main") : html.index("</main>")].replace(" hidden", "")
    assert "over" not in html[html.index("<h1>") : html.index("The facts")]


@pytest.mark.usefixtures("campaign")
def test_afterwards_it_says_that_it_is_over_and_that_the_help_is_not(get: Get) -> None:
    html = get("/campaign", AFTER).text
    assert "This campaign is over. It ran from 16 November 2026 to 13 December 2026. You can still get help" in html
    assert "Title of me" in html
    assert "The police, March 2019" in html
    assert "A campaign" not in get("/", AFTER).text


@pytest.mark.usefixtures("campaign")
def test_before_it_begins_nothing_is_told_of_it(get: Get) -> None:
    html = get("/campaign", BEFORE).text
    assert "A campaign" not in html
    assert "<h1>You can get help now</h1>" in html
    assert "Title of me" in html


def test_of_several_the_one_that_runs_is_told_and_of_two_that_run_the_newer(campaign: Campaign, get: Get) -> None:
    Campaign.objects.create(name="Long ago", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1), message="")
    Campaign.objects.create(name="Short and over", starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 21), message="")
    assert "<h1>A campaign</h1>" in get("/campaign").text
    Campaign.objects.create(name="The newer one", starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 30), message="")
    assert "<h1>The newer one</h1>" in get("/campaign").text


def test_in_another_language_its_pages_are_the_readers_own(campaign: Campaign, get: Get) -> None:
    Page.objects.create(
        slug="me", language="cy", kind="way-in", audience="self", title="Teitl", summary="S", body="B", position=0, published=True
    )
    html = get("/cy/campaign").text
    assert "Teitl" in html
    assert "Title of me" not in html
    assert "Title of someone" in html


def test_without_any_campaign_the_page_shows_the_ways_in(helpline: Organisation, get: Get) -> None:
    Campaign.objects.all().delete()
    html = get("/campaign").text
    assert "There is no campaign at the moment." in html
    assert 'href="/write"' in html
