"""A second, slow way to the same answers: look at the clock on the wall once a minute. It shares no code with what it checks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from helpline.calendar import Calendar, Hours

MINUTE = timedelta(minutes=1)


def open_minutes(calendar: Calendar, start: datetime, end: datetime) -> Iterator[datetime]:
    """Each whole minute of [start, end) that is open.

    A time of day counts from when the clock has first shown it, so where clocks go back the furthest that it has come is what matters.
    """
    special: dict[date, list[Hours]] = {}
    for exception in calendar.special_days:
        special.setdefault(exception.day, []).extend([exception.hours] if exception.hours else [])
    furthest = (start - timedelta(hours=4)).astimezone(calendar.zone).replace(tzinfo=None)
    at = start - timedelta(hours=4)
    while at < end:
        furthest = max(furthest, at.astimezone(calendar.zone).replace(tzinfo=None))
        if at >= start:
            day, minute = furthest.date(), furthest.hour * 60 + furthest.minute
            usual = [] if calendar.holidays.name(day) else calendar.week.get(day.weekday(), [])
            hours = special.get(day, usual)
            shut = any(closure.interval.start <= at < closure.interval.end for closure in calendar.closures)
            if not shut and any(part.opens <= minute < part.closes for part in hours):
                yield at
        at += MINUTE
