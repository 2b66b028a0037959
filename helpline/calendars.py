"""From rows to the pure calendar's own values: a channel's hours, and when somebody is on duty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from helpline import calendar
from helpline.calendar.able import Known, Lack, OnShift, lacks
from helpline.calendar.answer import ROTA_AHEAD
from helpline.calendar.intervals import Interval
from helpline.calendar.rota import Duty, breaks, staffed
from helpline.hands import Hands
from helpline.models import Absence, Account, Closure, Counsellor, HolidayChange, OpeningInterval, Organisation, Shift, SpecialDay
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from helpline.models.select import select

# A counsellor who is switched off, or whose account is, or who has become an admin, answers nobody.
# Asked of each shift, so that the planner goes by its time, however many there are; of roles are said those that do not, which are few.
ANSWERING = (
    f"EXISTS (SELECT 1 FROM {Counsellor._meta.db_table} who JOIN {Account._meta.db_table} account"  # noqa: SLF001, S608 - documented; no value
    f" ON account.id = who.account_id WHERE who.id = {Shift._meta.db_table}.counsellor_id"  # noqa: SLF001 - documented
    f" AND who.active AND account.is_active"
    f" AND account.role NOT IN ({', '.join(f"'{role}'" for role in Account.Role if role not in Account.ANSWERING)}))"
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


@dataclass(frozen=True)
class Cover:
    """When somebody able is on duty on a channel, and the next instant at which that may change though no shift begins or ends."""

    staffed: list[Interval]
    again: datetime | None = None


def covers(channels: Sequence[str], at: datetime, hands: dict[str, Hands], *, besides: Collection[Lack] = ()) -> dict[str, Cover]:
    """For each channel, when somebody able is on duty, from `at` for as long as an answer is good; two queries.

    `hands` is what is known besides the rota, by channel; where nothing is, the rota alone counts. What is in `besides` is not asked about.
    """
    until = at + ROTA_AHEAD
    # No shift is longer than six hours, so the index is read over that much of ends, however long the rota has grown.
    current = "starts_at < %s AND ends_at > %s AND ends_at <= %s AND state = %s"
    condition = f"channel IN ({', '.join(['%s'] * len(channels))}) AND {current} AND {ANSWERING}"
    fields = ("channel", "counsellor_id", "id", "starts_at", "ends_at")
    shifts = select(Shift, fields, condition, *channels, until, at, until + LONGEST_SHIFT, Shift.State.PUBLISHED)
    absences = select(Absence, ("counsellor_id", "starts_at", "ends_at"), "starts_at < %s AND ends_at > %s", until, at)
    away = [Duty(person, Interval(*span)) for person, *span in absences]
    found = {}
    for channel in channels:
        theirs = [(person, OnShift(number, Interval(*span))) for of, person, number, *span in shifts if of == channel]
        found[channel] = _cover(theirs, away, hands.get(channel), at, besides)
    return found


def _cover(shifts: list[tuple[int, OnShift]], away: list[Duty], hands: Hands | None, at: datetime, besides: Collection[Lack]) -> Cover:
    if hands is None:
        return Cover(staffed([Duty(person, shift.interval) for person, shift in shifts], away))
    able, again = list[Duty](), set[datetime]()
    for person, shift in shifts:
        known = hands.people.get(person)
        # Breaks are cut out below: they end in the middle of a shift, or with it.
        begins = max(at, shift.interval.start)
        if lacks(known, shift, at=begins, grace=hands.grace, besides={Lack.BREAK, *besides}) is None:
            able.append(Duty(person, shift.interval))
            if _unseen(known, shift, besides):
                again.add(shift.interval.start + hands.grace)
    ends = {} if Lack.BREAK in besides else {who: known.break_ends for who, known in hands.people.items() if known.break_ends is not None}
    return Cover(staffed(able, [*away, *breaks(able, away, ends, at)]), min((each for each in again if each > at), default=None))


def _unseen(known: Known | None, shift: OnShift, besides: Collection[Lack]) -> bool:
    return known is not None and known.watched and known.seen_in != shift.number and Lack.UNSEEN not in besides


def _hours(opens: int | None, closes: int | None) -> calendar.Hours | None:
    return None if opens is None or closes is None else calendar.Hours(opens, closes)
