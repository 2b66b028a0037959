"""JSON, iCalendar and JSON-LD tell the same hours as the pages, and nothing that the pages do not tell."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import icalendar
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from helpline.calendar import Hours
from helpline.calendar.rfc3339 import parse_rfc3339
from helpline.hours.channels import both_channels_availability, channel_availability
from helpline.hours.feeds import hours_calendar
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, Closure, Counsellor, OpeningInterval, Organisation, Shift, SpecialDay
from tests.helpline.pages.asking import WEDNESDAY, Get
from tests.parts.examples import examples

FIELDS = {"channel", "at", "state", "opens_at", "closes_at", "reason", "reply_by"}


def parts(content: bytes) -> list[Any]:
    """The events as the library reads them; its types leave open what each property is."""
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def events(content: bytes) -> list[tuple[str, datetime, datetime]]:
    return [(str(event["summary"]), event["dtstart"].dt, event["dtend"].dt) for event in parts(content)]


@pytest.mark.parametrize("at", [WEDNESDAY, WEDNESDAY.replace(hour=20), datetime(2026, 12, 25, 11, tzinfo=UTC)])
def test_the_interface_gives_what_the_command_gives(helpline: Organisation, get: Get, at: datetime) -> None:
    answer = get("/api/v1/availability", at)
    assert answer.headers["Content-Type"] == "application/json"
    body = answer.json()
    assert list(body) == ["phone", "messages"]
    for channel, told in body.items():
        assert set(told) == FIELDS
        printed = StringIO()
        call_command("availability", at=parse_rfc3339(told["at"]), channel=channel, json=True, stdout=printed)
        assert json.loads(printed.getvalue()) == told


def test_the_interface_does_not_tell_when_a_shift_ends(helpline: Organisation, get: Get) -> None:
    counsellor = Counsellor.objects.create(account=Account.objects.create(email="a@helpline.example", name="Anna"), display_name="Anna")
    Shift.objects.create(
        counsellor=counsellor, channel="phone", starts_at=WEDNESDAY - timedelta(hours=1), ends_at=WEDNESDAY + timedelta(minutes=37)
    )
    text = get("/api/v1/availability").text
    assert json.loads(text)["phone"]["state"] == "open"
    assert json.loads(text)["phone"]["closes_at"] == "2026-11-25T17:00:00Z"
    assert "11:37" not in text
    assert "Anna" not in text


def test_the_calendar_file_has_each_opening_and_no_holiday(helpline: Organisation, get: Get) -> None:
    Closure.objects.create(
        starts_at=datetime(2026, 12, 1, 11, tzinfo=UTC), ends_at=datetime(2026, 12, 1, 13, tzinfo=UTC), reason="Training"
    )
    SpecialDay.objects.create(channel="phone", date=date(2026, 12, 3), name="Short day", opens=540, closes=720)
    answer = get("/hours.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(answer.content)

    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert found[:6] == [
        ("Open", at("2026-11-25T09:00"), at("2026-11-25T17:00")),
        ("Open", at("2026-11-26T09:00"), at("2026-11-26T17:00")),
        ("Open", at("2026-11-27T09:00"), at("2026-11-27T17:00")),
        # Monday is St Andrew's Day.
        ("Open", at("2026-12-01T09:00"), at("2026-12-01T11:00")),
        ("Open", at("2026-12-01T13:00"), at("2026-12-01T17:00")),
        ("Open", at("2026-12-02T09:00"), at("2026-12-02T17:00")),
    ]
    assert ("Open (phone)", at("2026-12-03T09:00"), at("2026-12-03T12:00")) in found
    assert ("Open (messages)", at("2026-12-03T09:00"), at("2026-12-03T17:00")) in found
    days = {start.date() for _summary, start, _end in found}
    assert not days & {date(2026, 11, 30), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 4)}
    assert max(days) == date(2027, 1, 19)


def test_the_calendar_file_gives_nothing_away(helpline: Organisation, get: Get) -> None:
    Closure.objects.create(starts_at=WEDNESDAY, ends_at=WEDNESDAY + timedelta(hours=1), reason="Fault on the line")
    content = get("/hours.ics").content
    text = content.decode()
    for word in ("Helpline", "0800", "help", "Fault", "localhost", "http", "DESCRIPTION", "LOCATION", "ORGANIZER", "URL"):
        assert word not in text, word
    assert {(str(event["class"]), str(event["transp"])) for event in parts(content)} == {("PRIVATE", "TRANSPARENT")}


def test_an_opening_keeps_its_name_in_the_next_copy(helpline: Organisation, get: Get) -> None:
    def named(at: datetime) -> dict[datetime, str]:
        return {event["dtstart"].dt: str(event["uid"]) for event in parts(get("/hours.ics", at).content)}

    first, second = named(WEDNESDAY), named(WEDNESDAY + timedelta(days=2))
    assert len(set(first.values())) == len(first)
    assert all(second[start] == uid for start, uid in first.items() if start in second)


def test_an_opening_that_a_closure_shortens_has_another_name(helpline: Organisation, get: Get) -> None:
    """So no program keeps the longer one because it has that name already."""

    def ends() -> dict[str, datetime]:
        return {str(event["uid"]): event["dtend"].dt for event in parts(get("/hours.ics", WEDNESDAY).content) if event.name == "VEVENT"}

    before = ends()
    name, end = next((name, end) for name, end in before.items() if end > WEDNESDAY + timedelta(days=1))
    Closure.objects.create(starts_at=end - timedelta(hours=1), ends_at=end, reason="Training")
    assert name not in ends()


def test_a_file_without_an_opening_has_a_component_all_the_same(helpline: Organisation, get: Get) -> None:
    OpeningInterval.objects.all().delete()
    calendar = icalendar.Calendar.from_ical(get("/hours.ics", WEDNESDAY).content)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


def test_hours_that_overlap_are_told_as_one(helpline: Organisation, get: Get) -> None:
    OpeningInterval.objects.all().delete()
    for opens in (540, 545):
        OpeningInterval.objects.create(channel="phone", weekday=5, opens=opens, closes=1020)
    week = structured(get("/", WEDNESDAY).content.decode())["openingHoursSpecification"]
    assert [(each["opens"], each["closes"]) for each in week] == [("09:00", "17:00")]


def test_over_the_changes_of_clock_the_file_keeps_to_the_wall(helpline: Organisation, get: Get) -> None:
    found = events(get("/hours.ics", datetime(2026, 10, 20, 11, tzinfo=UTC)).content)
    hours = {start.date(): start.hour for _summary, start, _end in found}
    assert (hours[date(2026, 10, 23)], hours[date(2026, 10, 26)]) == (8, 9)


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(0, 55 * 24 * 60))
def test_within_an_event_it_is_open_and_outside_it_is_not(helpline: Organisation, minutes: int) -> None:
    set_opening_week(channel="messages", week={4: [Hours(1200, 1440)], 5: [Hours(0, 240)], 6: [Hours(60, 120)]})
    start = datetime(2026, 10, 20, 11, tzinfo=UTC)
    at = start + timedelta(minutes=minutes)
    found = events(hours_calendar(both_channels_availability(at=start), at=start))
    for channel in ("phone", "messages"):
        told = any(summary in {"Open", f"Open ({channel})"} and begins <= at < ends for summary, begins, ends in found)
        assert told == (channel_availability(channel=channel, at=at, calendar_only=True).state != "closed")


def structured(html: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    data: dict[str, Any] = json.loads(block)
    return data


def test_the_home_page_tells_search_engines_the_same_week_and_special_days(helpline: Organisation, get: Get) -> None:
    set_opening_week(channel="messages", week={weekday: [Hours(0, 1440)] for weekday in range(7)})
    SpecialDay.objects.create(channel="phone", date=date(2026, 12, 24), name="Christmas Eve", opens=540, closes=780)
    data = structured(get("/").text)
    assert (data["name"], data["telephone"]) == ("Helpline under test", "0800 000 0000")
    days = [f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")]
    assert data["openingHoursSpecification"] == [
        {"@type": "OpeningHoursSpecification", "opens": "09:00", "closes": "17:00", "dayOfWeek": days}
    ]
    told = [(one["validFrom"], one["opens"], one["closes"], one["name"]) for one in data["specialOpeningHoursSpecification"]]
    assert told[0] == ("2026-11-30", "00:00", "00:00", "Saint Andrew's Day")
    assert ("2026-12-24", "09:00", "13:00", "Christmas Eve") in told
    (messages,) = data["contactPoint"]
    assert (messages["hoursAvailable"][0]["opens"], messages["hoursAvailable"][0]["closes"]) == ("00:00", "23:59")


def test_nothing_that_an_admin_writes_ends_the_block_of_data(helpline: Organisation, get: Get) -> None:
    Organisation.objects.update(name="</script><b>&\u2028")
    html = get("/").text
    assert structured(html)["name"] == "</script><b>&\u2028"
    assert "</script><b>" not in html
