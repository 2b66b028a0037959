"""One channel's calendar: a week of local hours, its exceptions, and the openings that follow from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from helpline.calendar.intervals import Interval, calendar_instant, merge_intervals, subtract_intervals
from helpline.calendar.public_holidays import PublicHolidays
from helpline.calendar.wall_clock import DAY_MINUTES, at_minute, local_date

ONE_DAY = timedelta(days=1)
# How far ahead an opening is looked for: a year and a month, so that a line open on one day a year is found, and no search is endless.
HORIZON_DAYS = 400


class BadOpeningHours(ValueError):
    """Hours that no day can have."""


@dataclass(frozen=True)
class Hours:
    """[opens, closes) in minutes of the local day; 1440 is the midnight that ends it.

    Raises:
        BadOpeningHours: out of the day, or backwards.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise BadOpeningHours(f"Hours must run forwards from 0 to {DAY_MINUTES} minutes, not from {self.opens} to {self.closes}.")

    def on(self, day: date, zone: ZoneInfo) -> Interval | None:
        """These hours on one day; None if the clocks skip all of them."""
        start, end = at_minute(day, self.opens, zone), at_minute(day, self.closes, zone)
        return Interval(start, end) if start < end else None


def merge_opening_hours(hours: Iterable[Hours]) -> list[tuple[int, int]]:
    """A day's hours in minutes from its midnight, in order, those that meet or overlap as one."""
    spans: list[tuple[int, int]] = []
    for part in sorted(hours, key=lambda part: part.opens):
        if spans and part.opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], part.closes))
        else:
            spans.append((part.opens, part.closes))
    return spans


@dataclass(frozen=True)
class SpecialDay:
    """A named exception: other hours on a date, or none. It goes before the week and before public holidays."""

    day: date
    name: str
    hours: Hours | None = None


@dataclass(frozen=True)
class Closure:
    """Closed for an interval, whatever else is written."""

    interval: Interval
    reason: str


@dataclass(frozen=True)
class Calendar:
    """Everything that says when a channel is open: `week` maps a weekday (Monday is 0) to its hours."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Hours]] = field(default_factory=dict)
    special_days: Sequence[SpecialDay] = ()
    closures: Sequence[Closure] = ()
    holidays: PublicHolidays = field(default_factory=PublicHolidays)

    @cached_property
    def _special(self) -> dict[date, list[SpecialDay]]:
        days: dict[date, list[SpecialDay]] = {}
        for special in self.special_days:
            days.setdefault(special.day, []).append(special)
        return days

    @cached_property
    def _closed(self) -> list[Interval]:
        return merge_intervals(closure.interval for closure in self.closures)

    @cached_property
    def has_hours(self) -> bool:
        """Whether it has any hours at all: where it has none, no day needs a look."""
        return any(self.week.values()) or any(special.hours for special in self.special_days)

    def _hours(self, day: date) -> list[Hours]:
        if day in self._special:
            return [special.hours for special in self._special[day] if special.hours]
        if self.holidays.name(day) is not None:
            return []
        return list(self.week.get(day.weekday(), ()))

    def on(self, day: date) -> list[Interval]:
        """The day's openings, in order, merged."""
        planned = self.planned(day)
        return subtract_intervals(planned, self._closed) if planned and self._closed else planned

    def planned(self, day: date) -> list[Interval]:
        """The day's openings as week, special days and holidays say, before any closure; merged."""
        return merge_intervals(interval for hours in self._hours(day) if (interval := hours.on(day, self.zone)))

    def usual(self, day: date) -> list[Interval]:
        """What the week alone says of the day, merged."""
        return merge_intervals(self._usual(day))

    def named(self, day: date) -> list[str]:
        """What is special about the date: its special days' names, or else its public holiday's."""
        if special := self._special.get(day):
            return list(dict.fromkeys(part.name for part in special))
        holiday = self.holidays.name(day)
        return [holiday] if holiday else []

    def horizon(self, at: datetime) -> datetime:
        """Where the search from `at` ends."""
        return at_minute(local_date(at, self.zone) + HORIZON_DAYS * ONE_DAY, 0, self.zone)

    def pieces(self, at: datetime) -> Iterator[Interval]:
        """The same as `openings`, day by day: one that lasts over midnight comes in pieces, and no day is worked out unasked."""
        at = calendar_instant(at)
        first = local_date(at, self.zone) - ONE_DAY
        for number in range(HORIZON_DAYS + 1 if self.has_hours else 0):
            yield from (piece for piece in self.on(first + number * ONE_DAY) if piece.end > at)

    def openings(self, at: datetime) -> Iterator[Interval]:
        """The opening that `at` is in (from the day before at the earliest) and those after it, up to the horizon.

        Openings that meet, at midnight too, come as one. One that ends at the horizon is known to last at least so long.
        """
        at = calendar_instant(at)
        first = local_date(at, self.zone) - ONE_DAY
        run: Interval | None = None
        for number in range(HORIZON_DAYS + 1 if self.has_hours else 0):
            day = first + number * ONE_DAY
            for piece in self.on(day):
                if run is not None and piece.start <= run.end:
                    run = Interval(run.start, max(run.end, piece.end))
                    continue
                if run is not None and run.end > at:
                    yield run
                run = piece
            # Nothing of the next day can meet an opening that ends before midnight.
            if run is not None and run.end < at_minute(day, DAY_MINUTES, self.zone):
                if run.end > at:
                    yield run
                run = None
        if run is not None and run.end > at:
            yield run

    def is_open(self, at: datetime) -> bool:
        """Whether `at` is within an opening: of its own day, or of the one before, where clocks go back over midnight."""
        at = calendar_instant(at)
        today = local_date(at, self.zone)
        return any(at in piece for day in (today - ONE_DAY, today) for piece in self.on(day))

    def reason(self, at: datetime) -> str | None:
        """Why it is closed at `at`; None in ordinary closed hours."""
        at = calendar_instant(at)
        for closure in self.closures:
            if at in closure.interval:
                return closure.reason
        day = local_date(at, self.zone)
        if special := self._special.get(day):
            shut = all(part.hours is None for part in special)
            return special[0].name if shut or any(at in interval for interval in self._usual(day)) else None
        return self.holidays.name(day)

    def _usual(self, day: date) -> list[Interval]:
        """What the week alone says of the day."""
        return [interval for hours in self.week.get(day.weekday(), ()) if (interval := hours.on(day, self.zone))]

    def next_change_of_reason(self, at: datetime) -> datetime:
        """The next instant, after `at`, at which the reason may be another: midnight, or an end of a closure or of the usual hours."""
        day = local_date(at, self.zone)
        midnight = at_minute(day, DAY_MINUTES, self.zone)
        spans = [*(closure.interval for closure in self.closures), *(self._usual(day) if day in self._special else ())]
        ends: list[datetime] = [end for span in spans for end in (span.start, span.end)]
        # Where clocks go back over midnight, midnight may lie behind while yesterday's date is shown once more: then ask every hour.
        tomorrow = midnight if midnight > at else at + timedelta(hours=1)
        return min([tomorrow, *(end for end in ends if end > at)])
