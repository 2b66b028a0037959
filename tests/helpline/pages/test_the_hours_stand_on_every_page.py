"""The bar below the header: for phone and for messages a sentence and one thing to do, in every state, wherever somebody is."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from helpline.models import Closure, OpeningInterval, Organisation
from tests.helpline.pages.asking import WEDNESDAY, Get

WITH_A_BAR = ["/write", "/inbox", "/confidential", "/leaving", "/read", "/nothing-here", "/confidential?version=999"]


def lines(html: str) -> dict[str, tuple[str, str, str]]:
    """For each channel of the bar: its state, the one visible action's address, and the sentence."""
    found = {}
    for channel, state, inner in re.findall(r'<p class="hours__line" data-channel="(\w+)" data-state="(\w+)">(.*?)</p>', html, re.DOTALL):
        actions = [tag for tag in re.findall(r"<a\b[^>]*>", inner) if not tag.endswith(" hidden>")]
        said = re.search(r'data-said="brief">(.*?)</span>', inner)
        assert said
        (action,) = actions
        found[channel] = (state, action.partition('href="')[2].partition('"')[0], said[1])
    return found


@pytest.mark.usefixtures("somebody_there")
@pytest.mark.parametrize(
    ("at", "phone", "messages"),
    [
        (WEDNESDAY, ("open", "tel:08000000000", "Open until 5pm"), ("open", "/write", "We are here until 5pm")),
        (
            WEDNESDAY.replace(hour=16, minute=45),
            ("closing_soon", "tel:08000000000", "Closes soon, at 5pm"),
            ("closing_soon", "/write", "We are here until 5pm"),
        ),
        (WEDNESDAY.replace(hour=17), ("closed", "/when", "Opens tomorrow at 9am"), ("closed", "/write", "Reply by tomorrow")),
        (WEDNESDAY.replace(hour=7), ("closed", "/when", "Opens today at 9am"), ("closed", "/write", "Reply by 5pm today")),
        # Thursday: nobody has a shift.
        (
            WEDNESDAY + timedelta(days=1),
            ("unstaffed", "/when", "Nobody can answer now"),
            ("unstaffed", "/write", "Reply by tomorrow"),
        ),
        (
            datetime(2026, 11, 28, 11, tzinfo=UTC),
            ("closed", "/when", "Opens Tuesday at 9am"),
            ("closed", "/write", "Reply by Tuesday"),
        ),
        (
            datetime(2026, 12, 25, 11, tzinfo=UTC),
            ("closed", "/when", "Closed: Christmas Day. Opens Tuesday at 9am"),
            ("closed", "/write", "Reply by Tuesday"),
        ),
    ],
)
def test_each_state_is_a_sentence_and_one_action(
    get: Get, at: datetime, phone: tuple[str, str, str], messages: tuple[str, str, str]
) -> None:
    assert lines(get("/leaving", at).text) == {"phone": phone, "messages": messages}


@pytest.mark.parametrize("path", WITH_A_BAR)
def test_every_page_has_it_and_pages_that_are_not_there_too(helpline: Organisation, get: Get, path: str) -> None:
    assert set(lines(get(path).text)) == {"phone", "messages"}


def test_a_closure_says_why_and_until_when(helpline: Organisation, get: Get) -> None:
    Closure.objects.create(starts_at=WEDNESDAY, ends_at=WEDNESDAY + timedelta(hours=2), reason="Fault on the line", channel="phone")
    found = lines(get("/leaving").text)
    assert found["phone"] == ("closed", "/when", "Closed: Fault on the line. Opens today at 1pm")
    assert found["messages"][0] == "unstaffed"


@pytest.mark.parametrize("path", ["/", "/when", "/leaving"])
def test_without_a_number_nobody_is_told_to_call(helpline: Organisation, get: Get, path: str) -> None:
    Organisation.objects.update(phone="", concern_phone="")
    html = get(path).text
    assert "phone" not in {*re.findall(r'data-channel="(\w+)"', html), *re.findall(r'<section class="card way" id="(\w+)"', html)}
    assert 'href="tel:"' not in html
    assert 'href="/write"' in html


def test_without_any_hours_the_site_still_says_what_is_true(helpline: Organisation, get: Get) -> None:
    OpeningInterval.objects.all().delete()
    assert lines(get("/leaving").text) == {
        "phone": ("closed", "/when", "Closed until further notice"),
        "messages": ("closed", "/write", "At any time, day or night"),
    }
    when = get("/when").text
    assert "We have no fixed hours at the moment. You can write to us at any time, day or night." in " ".join(when.split())
    assert "<table" not in when
    assert "/hours.ics" not in when


def test_before_anybody_described_the_organisation_the_pages_stand(db: None, client_build: object, get: Get) -> None:
    for path in ("/", "/when", "/leaving", "/hours", "/hours.ics", "/api/v1/availability"):
        assert get(path).status_code == 200
