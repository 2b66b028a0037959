"""Gaps and cover together are the open hours, whatever the rota; a gap is exactly where fewer are present than needed."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from helpline.calendar import Calendar, Hours, Interval
from helpline.calendar.cover import CoverGap, RequiredCover, cover_by_time, cover_gaps, shifts_without_absences, slots_of_gap, worse_gaps
from helpline.calendar.intervals import merge_intervals
from helpline.calendar.staffing import Duty
from helpline.calendar.wall_clock import at_minute

LONDON = ZoneInfo("Europe/London")
# The week of each change of the clock, and one of neither.
MONDAYS = [date(2026, 3, 23), date(2026, 10, 19), date(2026, 11, 23)]
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)


@some.composite
def spans(draw: some.DrawFn, start: datetime, longest: int) -> Interval:
    first = draw(some.integers(-8, 8 * 96))
    return Interval(start + first * QUARTER, start + (first + draw(some.integers(1, longest))) * QUARTER)


Week = tuple[list[Interval], list[Duty], list[Duty], list[RequiredCover], Interval]


@some.composite
def weeks(draw: some.DrawFn) -> Week:
    monday = draw(some.sampled_from(MONDAYS))
    within = Interval(at_minute(monday, 0, LONDON), at_minute(monday + 7 * DAY, 0, LONDON))
    hours = some.tuples(some.integers(0, 95), some.integers(1, 96)).filter(lambda ends: ends[0] < ends[1])
    as_hours = hours.map(lambda ends: Hours(ends[0] * 15, ends[1] * 15))
    calendar = Calendar(LONDON, draw(some.dictionaries(some.integers(0, 6), some.lists(as_hours, max_size=2), max_size=7)))
    openings = [opening for number in range(7) for opening in calendar.on(monday + number * DAY)]
    duties = some.builds(Duty, some.integers(1, 4), spans(within.start, 24))
    absences = some.builds(Duty, some.integers(1, 4), spans(within.start, 200))
    minimum = some.builds(RequiredCover, some.integers(0, 6), as_hours, some.integers(0, 3))
    return (
        openings,
        draw(some.lists(duties, max_size=12)),
        draw(some.lists(absences, max_size=4)),
        draw(some.lists(minimum, max_size=6)),
        within,
    )


def _instants(interval: Interval) -> list[datetime]:
    return [interval.start + number * QUARTER for number in range(int(interval.length / QUARTER))]


@given(weeks())
def test_gap_and_cover_are_the_open_hours(week: Week) -> None:
    openings, shifts, absences, minimum, within = week
    parts = cover_by_time(openings, shifts, absences, minimum, within, LONDON)
    assert merge_intervals(part.interval for part in parts) == merge_intervals(openings)
    assert all(not one.interval.overlaps(other.interval) for one, other in pairwise(parts))
    missing = cover_gaps(openings, shifts, absences, minimum, within, LONDON)
    covered = [part.interval for part in parts if not part.missing]
    assert merge_intervals([*(gap.interval for gap in missing), *covered]) == merge_intervals(openings)


@given(weeks())
def test_each_quarter_of_an_hour_counts_for_itself(week: Week) -> None:
    """A second way to the same answer: every quarter of an hour by itself, with no sweep over ends."""
    openings, shifts, absences, minimum, within = week
    found = {at: gap.missing for gap in cover_gaps(openings, shifts, absences, minimum, within, LONDON) for at in _instants(gap.interval)}
    expected = {}
    for opening in merge_intervals(openings):
        for at in _instants(opening):
            there = {shift.counsellor_id for shift in shifts if at in shift.interval}
            there -= {absence.counsellor_id for absence in absences if at in absence.interval}
            local = at.astimezone(LONDON)
            numbers = [
                row.number
                for row in minimum
                if row.weekday == local.weekday() and (own := row.hours.on(local.date(), LONDON)) is not None and at in own
            ]
            if (lacking := max(numbers, default=1) - len(there)) > 0:
                expected[at] = lacking
    assert found == expected


@given(weeks())
def test_one_person_counts_once_however_their_shifts_lie(
    week: Week,
) -> None:
    _, shifts, absences, _, _ = week
    for instant in {shift.interval.start for shift in shifts}:
        people = {shift.counsellor_id for shift in shifts if instant in shift.interval}
        away = {absence.counsellor_id for absence in absences if instant in absence.interval}
        assert sum(instant in interval for interval in shifts_without_absences(shifts, absences)) == len(people - away)


@given(weeks(), weeks())
def test_what_gets_worse_is_the_difference(
    week: Week,
    other: Week,
) -> None:
    openings, shifts, absences, minimum, within = week
    before = cover_gaps(openings, shifts, absences, minimum, within, LONDON)
    after = cover_gaps(openings, other[1], other[2], minimum, within, LONDON)

    def as_map(found: list[CoverGap]) -> dict[datetime, int]:
        return {at: gap.missing for gap in found for at in _instants(gap.interval)}

    was, becomes = as_map(before), as_map(after)
    expected = {at: more for at, number in becomes.items() if (more := number - was.get(at, 0)) > 0}
    assert as_map(worse_gaps(before, after)) == expected


@given(some.integers(1, 3_000))
def test_slots_of_a_gap_meet_and_fill_it(minutes: int) -> None:
    gap = Interval(datetime(2026, 1, 12, 9, tzinfo=UTC), datetime(2026, 1, 12, 9, tzinfo=UTC) + timedelta(minutes=minutes))
    parts = list(slots_of_gap(gap))
    assert merge_intervals(parts) == [gap]
    assert all(part.length <= timedelta(hours=4) for part in parts)
