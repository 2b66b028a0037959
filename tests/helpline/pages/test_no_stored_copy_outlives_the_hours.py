"""No page is stored anywhere; what programs fetch lives until its words stop being true, whatever the clocks do."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.hours.status import hours_status
from helpline.models import Account, Counsellor, Organisation, Shift
from helpline.public.page import public_page
from tests.helpline.pages.asking import WEDNESDAY, Get

LONDON = ZoneInfo("Europe/London")
CHANGES_OF_CLOCK = [date(2026, 3, 29), date(2026, 10, 25)]
SECOND = timedelta(seconds=1)


@pytest.fixture
def staffed_every_day(helpline: Organisation) -> None:
    """Nine to five on every day of the week, with somebody on both channels on the days asked about."""
    for number, channel in enumerate(("phone", "messages")):
        set_opening_week(channel=channel, week={weekday: [Hours(540, 1020)] for weekday in range(7)})
        account = Account.objects.create(email=f"{number}@helpline.example", name=str(number))
        counsellor = Counsellor.objects.create(account=account, display_name=str(number))
        for day in CHANGES_OF_CLOCK:
            for hour in (6, 12):
                begins = datetime.combine(day, time(hour), tzinfo=LONDON)
                Shift.objects.create(counsellor=counsellor, channel=channel, starts_at=begins, ends_at=begins + timedelta(hours=6))


def page(at: datetime) -> HttpResponse:
    return public_page(RequestFactory().get("/leaving"), "pages/leaving.html", at=at)


def kept_for(said: str) -> int:
    found = re.fullmatch(r"public, max-age=(\d+), must-revalidate", said)
    assert found
    return int(found[1])


@pytest.mark.usefixtures("staffed_every_day")
@pytest.mark.parametrize("day", CHANGES_OF_CLOCK)
@pytest.mark.parametrize(
    ("wall", "state", "sentence", "age"),
    [
        ("08:59:59", "closed", "Opens today at 9am", 1),
        ("09:00:00", "open", "Open until 5pm", 60),
        ("16:44:59", "open", "Open until 5pm", 1),
        ("16:45:00", "closing_soon", "Closes soon, at 5pm", 60),
        ("16:59:59", "closing_soon", "Closes soon, at 5pm", 1),
        ("17:00:00", "closed", "Opens tomorrow at 9am", 60),
    ],
)
def test_by_the_second_on_both_changes_of_clock(day: date, wall: str, state: str, sentence: str, age: int) -> None:
    answer = page(datetime.combine(day, time.fromisoformat(wall), tzinfo=LONDON))
    assert f'data-channel="phone" data-state="{state}"' in answer.text
    assert sentence in answer.text
    assert kept_for(hours_status(datetime.combine(day, time.fromisoformat(wall), tzinfo=LONDON)).lifetime) == age


@pytest.mark.usefixtures("staffed_every_day")
def test_no_copy_is_wrong_at_any_age() -> None:
    """Whatever was stored, until the last moment of its life: the words of a page made then are the same."""
    for day in CHANGES_OF_CLOCK:
        start = datetime.combine(day, time(), tzinfo=LONDON).astimezone(ZoneInfo("UTC"))
        for minutes in range(0, 25 * 60, 7):
            at = start + timedelta(minutes=minutes, seconds=(minutes * 13) % 60, milliseconds=250)
            made = hours_status(at)
            stale = at + made.seconds * SECOND
            later = hours_status(min(stale, at + 60 * SECOND))
            assert (later.phone, later.messages, later.brief) == (made.phone, made.messages, made.brief), at


def test_at_midnight_tomorrow_becomes_today(helpline: Organisation) -> None:
    evening = datetime(2026, 11, 25, 23, 59, 30, tzinfo=LONDON)
    before, after = page(evening), page(evening + 30 * SECOND)
    assert kept_for(hours_status(evening).lifetime) == 30
    assert "Opens tomorrow at 9am" in before.text
    assert "Opens today at 9am" in after.text


@pytest.mark.parametrize("path", ["/hours.ics", "/api/v1/availability"])
def test_what_programs_fetch_may_be_kept_for_a_minute_and_no_longer(helpline: Organisation, get: Get, path: str) -> None:
    assert 0 < kept_for(get(path).headers["Cache-Control"]) <= 60
    assert kept_for(get(path, WEDNESDAY.replace(hour=16, minute=59, second=40)).headers["Cache-Control"]) <= 20


@pytest.mark.parametrize(
    "path", ["/", "/when", "/read", "/leaving", "/confidential", "/campaign", "/write", "/inbox", "/hours", "/nothing-here"]
)
def test_no_copy_of_a_page_is_kept(helpline: Organisation, get: Get, path: str) -> None:
    assert get(path).headers["Cache-Control"] == "no-store"
