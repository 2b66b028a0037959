"""`/` at every hour: one clear action a state, and no stored copy."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from helpline.models import Closure, Organisation
from tests.helpline.pages.asking import WEDNESDAY, Get


def section(html: str, name: str) -> str:
    found = re.search(rf'<section class="card way" id="{name}".*?</section>', html, re.DOTALL)
    assert found
    return " ".join(found[0].split())


@pytest.mark.usefixtures("somebody_there")
def test_when_somebody_answers_the_action_is_to_call(get: Get) -> None:
    phone = section(get("/").content.decode(), "phone")
    assert 'data-state="open"' in phone
    assert "Open now, until 5pm" in phone
    assert '<p data-while="answered"> <a class="govuk-button" href="tel:08000000000">Call 0800 000 0000</a></p>' in phone
    assert '<p data-while="unanswered" hidden>' in phone


@pytest.mark.parametrize(
    ("at", "state", "words"),
    [
        (WEDNESDAY, "unstaffed", "Nobody can answer the phone right now"),
        (WEDNESDAY.replace(hour=7), "closed", "Closed now. Opens today at 9am"),
        (WEDNESDAY.replace(hour=20), "closed", "Closed now. Opens tomorrow at 9am"),
        (datetime(2026, 11, 21, 11, tzinfo=UTC), "closed", "Closed now. Opens Monday at 9am"),
        # Saturday before the Monday of St Andrew, which is a holiday here.
        (datetime(2026, 11, 28, 11, tzinfo=UTC), "closed", "Closed now. Opens Tuesday at 9am"),
        (datetime(2026, 12, 25, 11, tzinfo=UTC), "closed", "We are closed: Christmas Day."),
    ],
)
def test_when_nobody_answers_the_page_never_asks_to_call_now(
    helpline: Organisation, get: Get, at: datetime, state: str, words: str
) -> None:
    phone = section(get("/", at).content.decode(), "phone")
    assert f'data-state="{state}"' in phone
    assert words in phone
    assert '<p data-while="answered" hidden>' in phone


def test_a_closure_says_its_reason(helpline: Organisation, get: Get) -> None:
    Closure.objects.create(starts_at=WEDNESDAY, ends_at=WEDNESDAY + timedelta(hours=2), reason="Staff training")
    html = get("/").content.decode()
    assert "Closed now. Opens today at 1pm" in html
    assert "We are closed: Staff training." in html


@pytest.mark.usefixtures("somebody_there")
def test_a_stored_copy_dies_before_the_state_changes(get: Get) -> None:
    boundary = WEDNESDAY.replace(hour=16, minute=45)
    assert get("/").headers["Cache-Control"] == "no-store"
    assert get("/", boundary - timedelta(seconds=20)).headers["Cache-Control"] == "no-store"
    before = get("/", boundary - timedelta(seconds=2))
    after = get("/", boundary + timedelta(seconds=2))
    assert 'data-state="open"' in section(before.content.decode(), "phone")
    assert 'data-state="closing_soon"' in section(after.content.decode(), "phone")


@pytest.mark.usefixtures("somebody_there")
def test_an_open_page_is_told_when_to_look_again_and_finds_the_same_words(get: Get) -> None:
    at = WEDNESDAY.replace(hour=16, minute=44, second=30)
    html = get("/", at).content.decode()
    found = re.search(r'data-hours-seconds="(\d+)"', html)
    assert found
    assert int(found[1]) in {29, 30}
    hours = get("/hours", at + timedelta(seconds=31)).json()
    assert hours["phone"]["state"] == "closing_soon"
    assert hours["phone"]["headline"] in section(get("/", at + timedelta(seconds=31)).content.decode(), "phone")


def test_four_readers_have_a_way_each(helpline: Organisation, get: Get) -> None:
    html = get("/").text
    ways = re.findall(r'<li class="door.*?</li>', html, re.DOTALL)
    names = ["My own thoughts", "Someone else", "I am under 18", "I’m asking because of my work"]
    assert len(ways) == len(names)
    assert all(f">{name}" in way for name, way in zip(names, ways, strict=True))
    assert ways[0].count('href="/write"') == 1
    assert '<a class="tel" href="tel:01314960000">0131 496 0000</a>' in html


def test_a_figure_stands_beside_its_source_and_date(helpline: Organisation, get: Get) -> None:
    assert "<li>Nearly 1,600 reports. <cite>The police, March 2019</cite></li>" in get("/").content.decode()


def test_a_campaign_that_is_over_is_not_shown(helpline: Organisation, get: Get) -> None:
    assert "Nearly 1,600 reports." not in get("/", datetime(2026, 12, 14, 11, tzinfo=UTC)).content.decode()
    assert "Nearly 1,600 reports." in get("/", datetime(2026, 12, 13, 23, tzinfo=UTC)).content.decode()
