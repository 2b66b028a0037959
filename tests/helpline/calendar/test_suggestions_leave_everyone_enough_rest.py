"""Whoever is suggested for a gap is free, not away, and rested; the fewest hours come first. What short rest is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpline.calendar import Interval
from helpline.calendar.rest import REST, hours_worked, short_rests, suggest_cover
from helpline.calendar.staffing import Duty
from tests.world.instants import utc

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
MONDAY = utc("2026-11-23 00:00")
COUNTED = Interval(MONDAY, MONDAY + timedelta(days=7))


def _span(first: float, last: float) -> Interval:
    return Interval(MONDAY + first * HOUR, MONDAY + last * HOUR)


spans = some.tuples(some.integers(0, 160), some.integers(1, 6)).map(lambda given: _span(given[0], given[0] + given[1]))
duties = some.lists(some.builds(Duty, some.integers(1, 5), spans), max_size=15)
long_spans = some.tuples(some.integers(0, 160), some.integers(1, 60)).map(lambda given: _span(given[0], given[0] + given[1]))


@given(spans, duties, some.lists(some.builds(Duty, some.integers(1, 5), long_spans), max_size=5))
def test_nobody_suggested_works_is_away_or_is_tired(slot: Interval, shifts: list[Duty], absences: list[Duty]) -> None:
    found = suggest_cover(slot, range(1, 6), shifts, absences, COUNTED)
    for one in found:
        own = [shift.interval for shift in shifts if shift.counsellor_id == one.counsellor_id]
        assert all(shift.end + REST <= slot.start or slot.end + REST <= shift.start for shift in own)
        assert not any(absence.interval.overlaps(slot) for absence in absences if absence.counsellor_id == one.counsellor_id)
        assert not [short for short in short_rests([*own, slot], LONDON) if slot in {short.earlier, short.later}]
    assert [one.worked for one in found] == sorted(one.worked for one in found)
    left_out = set(range(1, 6)) - {one.counsellor_id for one in found}
    for person in left_out:
        near = [shift for shift in shifts if shift.counsellor_id == person and shift.interval.overlaps(_around(slot))]
        assert near or any(absence.counsellor_id == person and absence.interval.overlaps(slot) for absence in absences)


def _around(slot: Interval) -> Interval:
    return Interval(slot.start - REST, slot.end + REST)


def test_between_equals_the_order_of_the_list_decides() -> None:
    assert [one.counsellor_id for one in suggest_cover(_span(9, 13), [3, 1, 2], [Duty(3, _span(50, 54))], [], COUNTED)] == [1, 2, 3]


@given(duties)
def test_hours_are_counted_inside_the_days_alone(shifts: list[Duty]) -> None:
    worked = hours_worked(shifts, COUNTED)
    for person in range(1, 6):
        inside = [min(one.interval.end, COUNTED.end) - one.interval.start for one in shifts if one.counsellor_id == person]
        assert worked.get(person, timedelta()) == sum((length for length in inside if length > timedelta()), timedelta())


@pytest.mark.parametrize(
    ("shifts", "short"),
    [
        ([_span(18, 22), _span(24 + 9, 24 + 13)], 0),  # eleven hours to the minute
        ([_span(18, 22), _span(24 + 8.5, 24 + 12)], 1),
        ([_span(9, 13), _span(13, 17)], 0),  # one day's work in two shifts
        ([_span(9, 13), _span(16, 20)], 0),
        ([_span(6, 10), _span(17, 21)], 1),  # one date, but fifteen hours of it
        ([_span(22, 26), _span(24 + 9, 24 + 13)], 1),  # after a night
        ([_span(9, 13), _span(24 + 9, 24 + 13), _span(48 + 9, 48 + 13)], 0),
    ],
)
def test_what_short_rest_is(shifts: list[Interval], short: int) -> None:
    assert len(short_rests(shifts, LONDON)) == short


def test_rest_is_counted_in_hours_that_pass_and_not_on_the_wall() -> None:
    """22:00 to 09:00 is eleven hours on the wall, and ten when the clocks go forward in between."""
    evening = Interval(datetime(2026, 3, 28, 18, tzinfo=LONDON), datetime(2026, 3, 28, 22, tzinfo=LONDON))
    morning = Interval(datetime(2026, 3, 29, 9, tzinfo=LONDON), datetime(2026, 3, 29, 13, tzinfo=LONDON))
    assert [short.length for short in short_rests([evening, morning], LONDON)] == [timedelta(hours=10)]
