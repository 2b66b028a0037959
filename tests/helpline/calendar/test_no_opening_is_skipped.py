"""Openings are what a clock watched minute by minute says: none is missed, none is made up, none is cut in two."""

from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from helpline.calendar import Calendar, Hours, Interval, compute_availability
from helpline.calendar.intervals import merge_intervals
from tests.helpline.calendar.by_the_minute import MINUTE, open_minutes
from tests.helpline.calendar.strategies import CHANGES, ZONES, situations

WATCHED = timedelta(days=5)


def _until(calendar: Calendar, at: datetime, end: datetime) -> list[Interval]:
    """What the calendar says of [at, end)."""
    started = takewhile(lambda opening: opening.start < end, calendar.openings(at))
    return [Interval(max(opening.start, at), min(opening.end, end)) for opening in started]


def _watched(calendar: Calendar, at: datetime, end: datetime) -> list[Interval]:
    return merge_intervals(Interval(minute, minute + MINUTE) for minute in open_minutes(calendar, at, end))


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_the_night_of_every_change_of_clock_from_2024_to_2030(zone: ZoneInfo) -> None:
    night = [Hours(0, 25), Hours(30, 90), Hours(95, 125), Hours(125, 135), Hours(150, 400)]
    calendar = Calendar(zone, dict.fromkeys(range(7), night))
    assert len(CHANGES[zone.key]) == 14
    for change in CHANGES[zone.key]:
        at, end = change - timedelta(hours=14), change + timedelta(hours=14)
        assert _until(calendar, at, end) == _watched(calendar, at, end), change
        watched = set(open_minutes(calendar, at, end))
        # All these hours begin and end at a multiple of five minutes.
        fives = [at + number * 5 * MINUTE for number in range(28 * 12)]
        assert [minute for minute in fives if calendar.is_open(minute)] == [minute for minute in fives if minute in watched], change


@given(situations())
def test_openings_of_five_days_are_those_that_a_watched_clock_shows(situation: tuple[Calendar, datetime]) -> None:
    calendar, at = situation
    assert _until(calendar, at, at + WATCHED) == _watched(calendar, at, at + WATCHED)


@given(situations())
def test_the_next_opening_is_open_and_nothing_before_it_is(situation: tuple[Calendar, datetime]) -> None:
    calendar, at = situation
    answer = compute_availability(calendar, channel="phone", at=at, promise=timedelta(hours=8))
    assert calendar.is_open(at) == (answer.state != "closed")
    if answer.state != "closed":
        assert answer.opens_at is None
        assert at in set(open_minutes(calendar, at, at + MINUTE))
        return
    assert answer.closes_at is None
    watched = next(open_minutes(calendar, at, at + WATCHED), None)
    if watched is not None or (answer.opens_at and answer.opens_at < at + WATCHED):
        assert answer.opens_at == watched
