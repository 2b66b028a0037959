"""Openings are what a clock watched minute by minute says: none is missed, none is made up, none is cut in two."""

from datetime import datetime, timedelta

from hypothesis import given, settings

from helpline.calendar import Calendar, Interval, availability
from helpline.calendar.intervals import merge
from tests.helpline.calendar.by_the_minute import MINUTE, open_minutes
from tests.helpline.calendar.strategies import situations

WATCHED = timedelta(days=5)


@given(situations())
@settings(max_examples=80, deadline=None)
def test_openings_of_five_days_are_those_that_a_watched_clock_shows(situation: tuple[Calendar, datetime]) -> None:
    calendar, at = situation
    watched = merge(Interval(minute, minute + MINUTE) for minute in open_minutes(calendar, at, at + WATCHED))
    found = []
    for opening in calendar.openings(at):
        if opening.start >= at + WATCHED:
            break
        found.append(Interval(max(opening.start, at), min(opening.end, at + WATCHED)))
    assert found == watched


@given(situations())
@settings(max_examples=80, deadline=None)
def test_the_next_opening_is_open_and_nothing_before_it_is(situation: tuple[Calendar, datetime]) -> None:
    calendar, at = situation
    answer = availability(calendar, channel="phone", at=at, promise=timedelta(hours=8))
    if answer.state != "closed":
        assert answer.opens_at is None
        assert at in set(open_minutes(calendar, at, at + MINUTE))
        return
    assert answer.closes_at is None
    watched = next(open_minutes(calendar, at, at + WATCHED), None)
    if watched is not None or (answer.opens_at and answer.opens_at < at + WATCHED):
        assert answer.opens_at == watched
