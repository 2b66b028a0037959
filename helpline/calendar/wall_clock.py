"""From a wall clock to UTC.

Hours are said by the clock on the wall ("from nine"), so they are computed in their own zone and only the result is kept in UTC: adding
hours to a UTC instant would be an hour off after each change of clock.

One rule covers both changes of clock: a time of day means *the first instant of that day at which the clock shows it or later*.

- When clocks go forward, a time that the clock skips means the end of the gap (01:30 on such a morning in London is 02:00 BST).
- When clocks go back, a time that comes twice means its first coming. Opening at 01:30 opens at the first 01:30, and closing at 01:30
  closes then.

The rule never runs backwards, so hours that meet on paper meet on such a day as well, and none overlap.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60


class NoSuchMinute(ValueError):
    """Minutes of a day run from 0 (its midnight) to 1440 (the next)."""


def at_minute(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The first instant of `day` at which the clock shows `minute` (counted from midnight) or later, in UTC.

    Raises:
        NoSuchMinute: not from 0 to 1440.
    """
    if not 0 <= minute <= DAY_MINUTES:
        raise NoSuchMinute(f"A day's minutes run from 0 to {DAY_MINUTES}, not {minute}.")
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    while True:
        # fold=0 is the first coming of a time that comes twice.
        found = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) == wall:
            return found
        wall += timedelta(minutes=1)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """The date on the wall."""
    return at.astimezone(zone).date()


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
