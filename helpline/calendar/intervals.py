"""Half-open intervals of instants: [start, end), always in UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class NotAnInstant(ValueError):
    """A datetime without its offset, or one too far away for any calendar."""


class IntervalBackwards(ValueError):
    """An interval must end after it starts."""


def in_utc(at: datetime) -> datetime:
    """The instant in UTC.

    Raises:
        NotAnInstant: naive.
    """
    if at.tzinfo is UTC:  # As nearly all are: whole calendars are made of them.
        return at
    if at.utcoffset() is None:
        raise NotAnInstant(f"{at.isoformat()} has no offset from UTC, so it names no instant.")
    return at.astimezone(UTC)


def calendar_instant(at: datetime) -> datetime:
    """An instant that a calendar may be asked about, in UTC.

    Raises:
        NotAnInstant: naive, or outside the years 1970 to 2199.
    """
    at = in_utc(at)
    if not EARLIEST <= at < LATEST:
        raise NotAnInstant(f"{at.isoformat()} is outside the years 1970 to 2199.")
    return at


@dataclass(frozen=True, order=True)
class Interval:
    """[start, end): the start belongs to it, the end does not. Two that meet leave no gap and no overlap.

    Raises:
        NotAnInstant: an end is naive.
        IntervalBackwards: it is empty or runs backwards.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", in_utc(self.start))
        object.__setattr__(self, "end", in_utc(self.end))
        if self.start >= self.end:
            raise IntervalBackwards(f"An interval must end after it starts: {self.start.isoformat()} to {self.end.isoformat()}.")

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Interval") -> bool:
        """Whether some instant belongs to both."""
        return self.start < other.end and other.start < self.end


def merge_intervals(intervals: Iterable[Interval]) -> list[Interval]:
    """The same instants as few intervals, in order: those that overlap or meet become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return merged


def intersect_intervals(intervals: Iterable[Interval], others: Iterable[Interval]) -> list[Interval]:
    """The instants that are in both, merged."""
    kept = merge_intervals(others)
    both = [(one, other) for one in merge_intervals(intervals) for other in kept if one.overlaps(other)]
    return [Interval(max(one.start, other.start), min(one.end, other.end)) for one, other in both]


def subtract_intervals(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """The instants of `intervals` that are in none of `taken`, merged."""
    holes = merge_intervals(taken)
    return [rest for interval in merge_intervals(intervals) for rest in _without(interval, holes)]


def _without(interval: Interval, holes: list[Interval]) -> Iterator[Interval]:
    start = interval.start
    for hole in holes:
        if hole.end <= start:
            continue
        if hole.start >= interval.end:
            break
        if hole.start > start:
            yield Interval(start, hole.start)
        start = hole.end
    if start < interval.end:
        yield interval if start == interval.start else Interval(start, interval.end)
