"""A time of day means the first instant at which the clock shows it or later; see helpline/calendar/wall_clock.py."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from helpline.calendar import Calendar, Hours, Interval
from helpline.calendar.wall_clock import NoSuchMinute, at_minute
from tests.world.instants import LONDON, utc

FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "minute", "instant"),
    [
        (FORWARD, 30, "2026-03-29 00:30"),
        (FORWARD, 60, "2026-03-29 01:00"),
        (FORWARD, 90, "2026-03-29 01:00"),
        (FORWARD, 120, "2026-03-29 01:00"),
        (FORWARD, 121, "2026-03-29 01:01"),
        (FORWARD, 1440, "2026-03-29 23:00"),
        (BACK, 0, "2026-10-24 23:00"),
        (BACK, 60, "2026-10-25 00:00"),
        (BACK, 90, "2026-10-25 00:30"),
        (BACK, 119, "2026-10-25 00:59"),
        (BACK, 120, "2026-10-25 02:00"),
        (BACK, 1440, "2026-10-26 00:00"),
    ],
)
def test_london(day: date, minute: int, instant: str) -> None:
    assert at_minute(day, minute, LONDON) == utc(instant)


def test_lord_howe_skips_and_repeats_half_an_hour() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    assert at_minute(date(2026, 10, 4), 135, zone) == at_minute(date(2026, 10, 4), 150, zone) == utc("2026-10-03 15:30")
    assert at_minute(date(2026, 4, 5), 90, zone) == utc("2026-04-04 14:30")
    assert at_minute(date(2026, 4, 5), 120, zone) == utc("2026-04-04 15:30")


def test_a_midnight_that_does_not_exist_is_the_end_of_the_gap() -> None:
    zone = ZoneInfo("America/Santiago")
    assert at_minute(date(2026, 9, 6), 0, zone).astimezone(zone) == datetime(2026, 9, 6, 1, tzinfo=zone)
    assert at_minute(date(2026, 9, 5), 1440, zone) == at_minute(date(2026, 9, 6), 60, zone)


def test_hours_inside_the_gap_do_not_happen() -> None:
    calendar = Calendar(LONDON, {6: [Hours(65, 115)]})
    assert calendar.on(FORWARD) == []
    assert calendar.on(date(2026, 3, 22)) == [Interval(utc("2026-03-22 01:05"), utc("2026-03-22 01:55"))]


def test_hours_across_the_gap_are_an_hour_shorter_and_across_the_repeat_an_hour_longer() -> None:
    calendar = Calendar(LONDON, {6: [Hours(0, 240)]})
    assert calendar.on(FORWARD) == [Interval(utc("2026-03-29 00:00"), utc("2026-03-29 03:00"))]
    assert calendar.on(BACK) == [Interval(utc("2026-10-24 23:00"), utc("2026-10-25 04:00"))]


def test_hours_that_meet_in_the_repeated_hour_leave_no_gap() -> None:
    calendar = Calendar(LONDON, {6: [Hours(30, 90), Hours(90, 300)]})
    assert calendar.on(BACK) == [Interval(utc("2026-10-24 23:30"), utc("2026-10-25 05:00"))]


@pytest.mark.parametrize("minute", [-1, 1441])
def test_minutes_outside_a_day_are_refused(minute: int) -> None:
    with pytest.raises(NoSuchMinute):
        at_minute(FORWARD, minute, LONDON)
