"""Who is on duty: a current shift, and not away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from helpline.calendar.intervals import Interval, merge, subtract


@dataclass(frozen=True)
class Duty:
    """Somebody's time: a shift, or an absence."""

    person: int
    interval: Interval


def staffed(shifts: Iterable[Duty], absences: Iterable[Duty]) -> list[Interval]:
    """When at least one person is on duty, in order, merged."""
    away: dict[int, list[Interval]] = {}
    for absence in absences:
        away.setdefault(absence.person, []).append(absence.interval)
    return merge(rest for shift in shifts for rest in subtract([shift.interval], away.get(shift.person, ())))


def is_staffed(intervals: Iterable[Interval], at: datetime) -> bool:
    """Whether somebody is on duty at `at`."""
    return any(at in interval for interval in intervals)


def next_flip(intervals: Iterable[Interval], at: datetime) -> datetime | None:
    """The next instant at which the first comes on duty or the last goes off."""
    return min((end for interval in intervals for end in (interval.start, interval.end) if end > at), default=None)
