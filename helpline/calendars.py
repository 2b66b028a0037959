"""From rows to the pure calendar's own values: a channel's hours, and when somebody is on duty."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from helpline import calendar
from helpline.breaks import Breaks, breaks_of
from helpline.calendar.answer import ROTA_AHEAD
from helpline.calendar.intervals import Interval
from helpline.calendar.rota import Duty, breaks, staffed
from helpline.models import Absence, Account, Closure, Counsellor, HolidayChange, OpeningInterval, Organisation, Shift, SpecialDay
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from helpline.models.select import select

# A counsellor who is switched off, or whose account is, answers nobody.
ANSWERING = (
    f"counsellor_id IN (SELECT id FROM {Counsellor._meta.db_table} WHERE active"  # noqa: SLF001, S608 - documented; no value
    f" AND account_id IN (SELECT id FROM {Account._meta.db_table} WHERE is_active))"  # noqa: SLF001 - documented
)


class UnknownChannel(ValueError):
    """No such way to reach a counsellor."""


def calendars_of(own: Organisation, channels: Sequence[str], *, at: datetime, nation: str | None = None) -> dict[str, calendar.Calendar]:
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
    weekly = select(OpeningInterval, ("channel", "weekday", "opens", "closes"), f"{asked} ORDER BY weekday, opens", *channels)
    dated = ("channel", "date", "name", "opens", "closes")
    special = select(SpecialDay, dated, f"{asked} AND date >= %s ORDER BY date, opens", *channels, since)
    fields, condition = ("channel", "starts_at", "ends_at", "reason"), f"({asked} OR channel = '') AND ends_at > %s ORDER BY starts_at"
    closures = select(Closure, fields, condition, *channels, at - timedelta(days=2))
    changes = select(HolidayChange, ("date", "name", "observed"), "date >= %s ORDER BY date", since)
    holidays = calendar.Holidays(nation or own.nation, [calendar.Change(*change) for change in changes])
    zone = ZoneInfo(own.time_zone)
    found = {}
    for channel in channels:
        week: dict[int, list[calendar.Hours]] = {}
        for weekday, opens, closes in (row[1:] for row in weekly if row[0] == channel):
            week.setdefault(weekday, []).append(calendar.Hours(opens, closes))
        found[channel] = calendar.Calendar(
            zone=zone,
            week=week,
            special_days=[calendar.SpecialDay(day, name, _hours(*hours)) for of, day, name, *hours in special if of == channel],
            closures=[calendar.Closure(Interval(starts, ends), why) for of, starts, ends, why in closures if of in {channel, ""}],
            holidays=holidays,
        )
    return found


def duties(channels: Sequence[str], at: datetime, *, with_breaks: bool = True) -> dict[str, list[Interval]]:
    """For each channel, when somebody is on duty, from `at` for as long as an answer is good; two queries.

    Who has a break at `at` is not on duty until it ends, unless `with_breaks` is False: then only the rota counts.
    """
    until = at + ROTA_AHEAD
    # No shift is longer than six hours, so the index is read over that much of ends, however long the rota has grown.
    current = "starts_at < %s AND ends_at > %s AND ends_at <= %s AND state = %s"
    condition = f"channel IN ({', '.join(['%s'] * len(channels))}) AND {current} AND {ANSWERING}"
    fields = ("channel", "counsellor_id", "starts_at", "ends_at")
    shifts = select(Shift, fields, condition, *channels, until, at, until + LONGEST_SHIFT, Shift.State.PUBLISHED)
    away, ends = _away(at, until, breaks_of(channels) if with_breaks else None)
    working: dict[str, list[Duty]] = {channel: [] for channel in channels}
    for channel, person, starts_at, ends_at in shifts:
        working[channel].append(Duty(person, Interval(starts_at, ends_at)))
    return {channel: staffed(own, [*away, *breaks(own, away, ends.get(channel, {}), at)]) for channel, own in working.items()}


def _away(at: datetime, until: datetime, taken: Breaks | None) -> tuple[list[Duty], dict[str, dict[int, datetime]]]:
    """Absences, and by channel when each person's break ends; one query, in which a break is a row without a beginning."""
    condition, values = "starts_at < %s AND ends_at > %s", [until, at]
    if taken is not None:
        # Names of a table and its columns, as models have them; the instant is a parameter.
        condition += f" UNION ALL SELECT {taken.counsellor}, NULL, {taken.ends_at} FROM {taken.table} WHERE {taken.ends_at} > %s"  # noqa: S608
        values.append(at)
    away, ends = list[Duty](), dict[int, datetime]()
    for person, starts_at, ends_at in select(Absence, ("counsellor_id", "starts_at", "ends_at"), condition, *values):
        if starts_at is None:
            ends[person] = ends_at
        else:
            away.append(Duty(person, Interval(starts_at, ends_at)))
    return away, {taken.channel: ends} if taken else {}


def _hours(opens: int | None, closes: int | None) -> calendar.Hours | None:
    return None if opens is None or closes is None else calendar.Hours(opens, closes)
