"""Loads a channel's calendar: weekly hours, special days, closures and public holidays."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from helpline import calendar
from helpline.calendar.intervals import Interval
from helpline.models import Closure, HolidayChange, OpeningInterval, Organisation, SpecialDay
from helpline.models.fast_select import fast_select
from helpline.models.hours import Channel


def calendars_in_use(calendars: Mapping[str, calendar.Calendar]) -> dict[str, calendar.Calendar]:
    """Without live talk where no hour was ever given to it: then the organisation does not have it, and nothing is said of it."""
    return {channel: found for channel, found in calendars.items() if channel != Channel.LIVE or found.has_hours}


class UnknownChannel(ValueError):
    """No such way to reach a counsellor."""


def channel_calendars(
    own: Organisation, channels: Sequence[str], *, at: datetime, nation: str | None = None
) -> dict[str, calendar.Calendar]:
    """Each channel's calendar from about `at` on, in four queries however many channels are asked for.

    Raises:
        UnknownChannel, helpline.calendar.public_holidays.UnknownNation.
    """
    for channel in channels:
        if channel not in Channel.values:
            raise UnknownChannel(f"The channel must be one of {', '.join(Channel.values)}, not {channel!r}.")
    # Zones are up to fourteen hours from UTC, and an opening may have begun on the day before.
    since = at.date() - timedelta(days=2)
    asked = f"channel IN ({', '.join(['%s'] * len(channels))})"
    weekly = fast_select(OpeningInterval, ("channel", "weekday", "opens", "closes"), f"{asked} ORDER BY weekday, opens", *channels)
    dated = ("channel", "date", "name", "opens", "closes")
    special = fast_select(SpecialDay, dated, f"{asked} AND date >= %s ORDER BY date, opens", *channels, since)
    fields, condition = ("channel", "starts_at", "ends_at", "reason"), f"({asked} OR channel = '') AND ends_at > %s ORDER BY starts_at"
    closures = fast_select(Closure, fields, condition, *channels, at - timedelta(days=2))
    changes = fast_select(HolidayChange, ("date", "name", "observed"), "date >= %s ORDER BY date", since)
    holidays = calendar.PublicHolidays(
        nation or own.nation, [calendar.HolidayCorrection(row.date, row.name, row.observed) for row in changes]
    )
    zone = ZoneInfo(own.time_zone)
    found = {}
    for channel in channels:
        week: dict[int, list[calendar.Hours]] = {}
        for row in weekly:
            if row.channel == channel:
                week.setdefault(row.weekday, []).append(calendar.Hours(row.opens, row.closes))
        found[channel] = calendar.Calendar(
            zone=zone,
            week=week,
            special_days=[
                calendar.SpecialDay(row.date, row.name, _hours(row.opens, row.closes)) for row in special if row.channel == channel
            ],
            closures=[
                calendar.Closure(Interval(row.starts_at, row.ends_at), row.reason) for row in closures if row.channel in {channel, ""}
            ],
            holidays=holidays,
        )
    return found


def _hours(opens: int | None, closes: int | None) -> calendar.Hours | None:
    return None if opens is None or closes is None else calendar.Hours(opens, closes)
