"""Who is on duty: a current shift, and not away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpline.calendar.intervals import Interval, merge_intervals, subtract_intervals


@dataclass(frozen=True)
class Duty:
    """Someone's time: a shift, or an absence."""

    counsellor_id: int
    interval: Interval


def staffed_intervals(shifts: Iterable[Duty], absences: Iterable[Duty]) -> list[Interval]:
    """When at least one person is on duty, in order, merged."""
    away = _by_person(absences)
    return merge_intervals(rest for shift in shifts for rest in subtract_intervals([shift.interval], away.get(shift.counsellor_id, ())))


def break_duties(shifts: Iterable[Duty], absences: Iterable[Duty], ends: Mapping[int, datetime], at: datetime) -> list[Duty]:
    """The breaks that last at `at`, of which only the ends are known: each until its end, or until the shift is over, if that is first.

    Shifts that follow one another without a pause are one, and an absence ends a shift.
    """
    away, found = _by_person(absences), []
    for counsellor_id, worked in _by_person(shifts).items():
        end = ends.get(counsellor_id)
        if end is not None and end > at:
            over = [rest.end for rest in merge_intervals(subtract_intervals(worked, away.get(counsellor_id, ()))) if rest.end > at]
            found.append(Duty(counsellor_id, Interval(at, min([end, *over[:1]]))))
    return found


def time_on_duty(shifts: Iterable[Duty], absences: Iterable[Duty], within: Interval) -> dict[int, timedelta]:
    """How long each person is on duty in `within`; nobody who is not at all."""
    working, away, found = _by_person(shifts), _by_person(absences), {}
    for counsellor_id, intervals in working.items():
        rests = subtract_intervals(intervals, away.get(counsellor_id, ()))
        lengths = [min(rest.end, within.end) - max(rest.start, within.start) for rest in rests if rest.overlaps(within)]
        if lengths:
            found[counsellor_id] = sum(lengths, timedelta())
    return found


def _by_person(duties: Iterable[Duty]) -> dict[int, list[Interval]]:
    people: dict[int, list[Interval]] = {}
    for duty in duties:
        people.setdefault(duty.counsellor_id, []).append(duty.interval)
    return people


def is_staffed(intervals: Iterable[Interval], at: datetime) -> bool:
    """Whether someone is on duty at `at`."""
    return any(at in interval for interval in intervals)


def next_staffing_change(intervals: Iterable[Interval], at: datetime) -> datetime | None:
    """The next instant at which the first comes on duty or the last goes off."""
    return min((end for interval in intervals for end in (interval.start, interval.end) if end > at), default=None)
