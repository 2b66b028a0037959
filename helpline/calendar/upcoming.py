"""The coming days: what a calendar says of each, and which of them depart from its week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from helpline.calendar.intervals import Interval
from helpline.calendar.opening import Calendar
from helpline.calendar.wall_clock import DAY_MINUTES, at_minute

ONE_DAY = timedelta(days=1)
WEEKS_AHEAD = 8
DAYS_AHEAD = 7 * WEEKS_AHEAD


@dataclass(frozen=True)
class CalendarDay:
    """One date: when it is open, when the week alone would have it open, and what is special about it."""

    day: date
    open: tuple[Interval, ...]
    usual: tuple[Interval, ...]
    reasons: tuple[str, ...]

    @property
    def departs(self) -> bool:
        """The week alone would have other hours."""
        return self.open != self.usual


def calendar_day(calendar: Calendar, day: date) -> CalendarDay:
    """The calendar's word on one date; a closure is a reason where it takes hours away."""
    planned = calendar.planned(day)
    closed = [closure.reason for closure in calendar.closures if any(closure.interval.overlaps(hours) for hours in planned)]
    reasons = tuple(dict.fromkeys([*calendar.named(day), *closed]))
    return CalendarDay(day, tuple(calendar.on(day)), tuple(calendar.usual(day)), reasons)


def calendar_days(calendar: Calendar, first: date, number: int = DAYS_AHEAD) -> list[CalendarDay]:
    """So many dates from `first` on."""
    return [calendar_day(calendar, first + count * ONE_DAY) for count in range(number)]


def exceptional_days(calendar: Calendar, first: date, number: int = DAYS_AHEAD) -> list[CalendarDay]:
    """Those of the dates on which the hours are not the week's. Only dates that have an exception are worked out."""
    return [found for day in _exceptional(calendar, first, number) if (found := calendar_day(calendar, day)).departs]


def _exceptional(calendar: Calendar, first: date, number: int) -> Iterator[date]:
    for count in range(number):
        day = first + count * ONE_DAY
        if calendar.named(day):
            yield day
        elif calendar.closures:
            start, end = at_minute(day, 0, calendar.zone), at_minute(day, DAY_MINUTES, calendar.zone)
            if any(closure.interval.start < end and closure.interval.end > start for closure in calendar.closures):
                yield day


def clock_changes(zone: ZoneInfo, first: date, number: int = DAYS_AHEAD) -> list[tuple[date, timedelta]]:
    """The dates on which the clock on the wall changes, and by how much: an hour more is forward."""
    middays = [datetime.combine(first + count * ONE_DAY, time(12), zone) for count in range(-1, number)]
    offsets = [(midday.date(), midday.utcoffset() or timedelta()) for midday in middays]
    return [(day, now - before) for (_, before), (day, now) in pairwise(offsets) if now != before]
