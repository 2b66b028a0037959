"""How many are on duty while a channel is open, how many must be, and where some are missing."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from helpline.calendar.intervals import Interval, merge_intervals, subtract_intervals
from helpline.calendar.opening import Hours
from helpline.calendar.staffing import Duty
from helpline.calendar.wall_clock import local_date

ONE_DAY = timedelta(days=1)
USUAL_SHIFT = timedelta(hours=4)
# What an open hour needs that no minimum names: it must not say "open" with nobody there.
AT_LEAST = 1


@dataclass(frozen=True)
class RequiredCover:
    """So many must be on duty in these hours of a weekday (Monday is 0), where the channel is open."""

    weekday: int
    hours: Hours
    number: int


@dataclass(frozen=True)
class CoverSpan:
    """Open time with the same number of people on duty, and the same number needed, from start to end."""

    interval: Interval
    present: int
    needed: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)


@dataclass(frozen=True)
class CoverGap:
    """Open time in which so many are missing."""

    interval: Interval
    missing: int


class _Count:
    """How many of some intervals an instant is in."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        found = list(intervals)
        self.starts = sorted(interval.start for interval in found)
        self.ends = sorted(interval.end for interval in found)

    def at(self, instant: datetime) -> int:
        return bisect_right(self.starts, instant) - bisect_right(self.ends, instant)


def shifts_without_absences(shifts: Iterable[Duty], absences: Iterable[Duty]) -> list[Interval]:
    """When someone is on duty: for each person, their shifts without their absences, merged. Two people make two intervals."""
    away = _by_person(absences)
    return [rest for counsellor_id, own in _by_person(shifts).items() for rest in subtract_intervals(own, away.get(counsellor_id, ()))]


def cover_by_time(
    openings: Iterable[Interval],
    shifts: Iterable[Duty],
    absences: Iterable[Duty],
    minimum: Sequence[RequiredCover],
    within: Interval,
    zone: ZoneInfo,
) -> list[CoverSpan]:
    """The open time inside `within`, in order and without overlap, each part with the counsellors present and the number required."""
    opened = _clipped(merge_intervals(openings), within)
    there = shifts_without_absences(shifts, absences)
    needs = list(_needs(minimum, within, zone))
    here, named = _Count(there), [(interval, number) for interval, number in needs]
    ends = {end for interval in (*opened, *there, *(interval for interval, _ in named)) for end in (interval.start, interval.end)}
    parts: list[CoverSpan] = []
    for opening in opened:
        inside = sorted({opening.start, opening.end, *(end for end in ends if end in opening)})
        for start, end in pairwise(inside):
            needed = max((number for interval, number in named if start in interval), default=AT_LEAST)
            parts.append(CoverSpan(Interval(start, end), here.at(start), needed))
    return _joined(parts)


def cover_gaps(
    openings: Iterable[Interval],
    shifts: Iterable[Duty],
    absences: Iterable[Duty],
    minimum: Sequence[RequiredCover],
    within: Interval,
    zone: ZoneInfo,
) -> list[CoverGap]:
    """Where, inside `within`, fewer are on duty than must be, and how many are missing."""
    return merge_gaps(cover_by_time(openings, shifts, absences, minimum, within, zone))


def merge_gaps(parts: Iterable[CoverSpan]) -> list[CoverGap]:
    """The parts in which someone is missing; neighbours that miss as many are one gap."""
    found: list[CoverGap] = []
    for part in parts:
        if not part.missing:
            continue
        if found and found[-1].interval.end == part.interval.start and found[-1].missing == part.missing:
            found[-1] = CoverGap(Interval(found[-1].interval.start, part.interval.end), part.missing)
        else:
            found.append(CoverGap(part.interval, part.missing))
    return found


def worse_gaps(before: Sequence[CoverGap], after: Sequence[CoverGap]) -> list[CoverGap]:
    """Where more are missing after a change than before it, and how many more."""
    ends = sorted({end for gap in (*before, *after) for end in (gap.interval.start, gap.interval.end)})
    parts = [
        CoverSpan(Interval(start, end), 0, more)
        for start, end in pairwise(ends)
        if (more := _missing(after, start) - _missing(before, start)) > 0
    ]
    return merge_gaps(parts)


def slots_of_gap(interval: Interval, longest: timedelta = USUAL_SHIFT) -> Iterator[Interval]:
    """Equal parts of at most the usual length, which meet at whole minutes."""
    number = math.ceil(interval.length / longest)
    minutes = interval.length // timedelta(minutes=1)
    ends = [interval.start + timedelta(minutes=minutes * part // number) for part in range(number)] + [interval.end]
    return (Interval(start, end) for start, end in pairwise(ends))


def _missing(found: Iterable[CoverGap], at: datetime) -> int:
    return next((gap.missing for gap in found if at in gap.interval), 0)


def _by_person(duties: Iterable[Duty]) -> dict[int, list[Interval]]:
    people: dict[int, list[Interval]] = {}
    for duty in duties:
        people.setdefault(duty.counsellor_id, []).append(duty.interval)
    return people


def _clipped(intervals: Iterable[Interval], within: Interval) -> list[Interval]:
    return [
        Interval(max(interval.start, within.start), min(interval.end, within.end)) for interval in intervals if interval.overlaps(within)
    ]


def _needs(minimum: Sequence[RequiredCover], within: Interval, zone: ZoneInfo) -> Iterator[tuple[Interval, int]]:
    day, last = local_date(within.start, zone), local_date(within.end, zone)
    while day <= last:
        for row in minimum:
            if row.weekday == day.weekday() and (interval := row.hours.on(day, zone)) is not None:
                yield interval, row.number
        day += ONE_DAY


def _joined(parts: Iterable[CoverSpan]) -> list[CoverSpan]:
    joined: list[CoverSpan] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.interval.end == part.interval.start and (last.present, last.needed) == (part.present, part.needed):
            joined[-1] = CoverSpan(Interval(last.interval.start, part.interval.end), part.present, part.needed)
        else:
            joined.append(part)
    return joined
