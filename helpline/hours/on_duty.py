"""Who is on duty: by the rota, and of those on it who is able to answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar.able_to_answer import AnsweringLack, KnownCounsellor, OnShift, lack_to_answer
from helpline.calendar.availability import ROTA_AHEAD
from helpline.calendar.intervals import Interval
from helpline.calendar.staffing import Duty, break_duties, staffed_intervals, time_on_duty
from helpline.calendar.wall_clock import at_minute, local_date, monday_of
from helpline.hours.desk_registry import DeskKnowledge
from helpline.models import Absence, Account, Counsellor, Shift
from helpline.models.fast_select import fast_select
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from helpline.organisation import organisation

# A counsellor who is switched off, or whose account is, or who has become an admin, answers nobody.
# Asked of each shift, so that the planner goes by its time, however many there are; of roles are said those that do not, which are few.
ANSWERING = (
    f"EXISTS (SELECT 1 FROM {Counsellor._meta.db_table} who JOIN {Account._meta.db_table} account"  # noqa: SLF001, S608 - documented; no value
    f" ON account.id = who.account_id WHERE who.id = {Shift._meta.db_table}.counsellor_id"  # noqa: SLF001 - documented
    f" AND who.active AND account.is_active"
    f" AND account.role NOT IN ({', '.join(f"'{role}'" for role in Account.Role if role not in Account.ANSWERING)}))"
)


def counsellors_on_duty(*, channel: str, at: datetime) -> list[int]:
    """The primary keys of the counsellors who are on duty by the rota, whether able or not (`able_shifts`); one query."""
    return list(shifts_on_duty(channel=channel, at=at))


def able_shifts(shifts: dict[int, OnShift], known: DeskKnowledge, *, at: datetime) -> dict[int, int]:
    """Of those on a shift, who is able to answer, with the shift's number. A break ends no shift, and makes nobody unable."""
    lack = {
        who: lack_to_answer(known.people.get(who), shift, at=at, grace=known.grace, besides={AnsweringLack.BREAK})
        for who, shift in shifts.items()
    }
    return {who: shift.number for who, shift in shifts.items() if lack[who] is None}


def shifts_on_duty(*, channel: str, at: datetime) -> dict[int, OnShift]:
    """For each counsellor on duty by the rota the shift, in the counsellors' order; one query.

    On duty by the rota: a current published shift, not away, an active account that answers people.
    """
    # No shift is longer than six hours, so the index is read over six hours of ends, however long the rota has grown.
    serving = Channel.served_by(channel)
    current = f"channel IN ({', '.join(['%s'] * len(serving))}) AND state = %s AND ends_at > %s AND ends_at <= %s AND starts_at <= %s"
    away = f"SELECT counsellor_id FROM {Absence._meta.db_table} WHERE starts_at <= %s AND ends_at > %s"  # noqa: S608, SLF001 - no value
    condition = f"{current} AND {ANSWERING} AND counsellor_id NOT IN ({away}) ORDER BY counsellor_id"
    values = *serving, Shift.State.PUBLISHED, at, at + LONGEST_SHIFT, at, at, at
    rows = fast_select(Shift, ("counsellor_id", "id", "starts_at", "ends_at"), condition, *values)
    return {row.counsellor_id: OnShift(row.id, Interval(row.starts_at, row.ends_at)) for row in rows}


@dataclass(frozen=True)
class WeekOnDuty:
    """The week of an instant by the organisation's clock: its Monday, and each counsellor's time on duty in it until then."""

    monday: date
    worked: dict[int, timedelta]


def time_on_duty_this_week(counsellors: list[int], *, channel: str, at: datetime) -> WeekOnDuty:
    """How long each of these was on duty this week until `at`: published shifts without absences, in three queries."""
    zone = ZoneInfo(organisation().time_zone)
    monday = monday_of(local_date(at, zone))
    week = Interval(at_minute(monday, 0, zone), max(at, at_minute(monday, 1, zone)))
    theirs = {"counsellor__in": counsellors, "starts_at__lt": week.end, "ends_at__gt": week.start}
    serving = {"channel__in": Channel.served_by(channel), "state": Shift.State.PUBLISHED}
    shifts = Shift.objects.filter(**serving, ends_at__lte=week.end + LONGEST_SHIFT, **theirs)
    absences = Absence.objects.filter(**theirs)
    spans = "counsellor_id", "starts_at", "ends_at"
    working, away = ([Duty(who, Interval(*span)) for who, *span in rows.values_list(*spans)] for rows in (shifts, absences))
    return WeekOnDuty(monday, time_on_duty(working, away, week))


@dataclass(frozen=True)
class AbleCover:
    """When someone able is on duty on a channel, and the next instant at which that may change though no shift begins or ends."""

    staffed: list[Interval]
    again: datetime | None = None


def able_cover(
    channels: Sequence[str], at: datetime, hands: dict[str, DeskKnowledge], *, besides: Collection[AnsweringLack] = ()
) -> dict[str, AbleCover]:
    """For each channel, when someone able is on duty, from `at` for as long as an answer is good; two queries.

    `hands` is what is known besides the rota, by channel; where nothing is, the rota alone counts. What is in `besides` is not asked about.
    """
    until = at + ROTA_AHEAD
    # No shift is longer than six hours, so the index is read over that much of ends, however long the rota has grown.
    current = "starts_at < %s AND ends_at > %s AND ends_at <= %s AND state = %s"
    serving = list(dict.fromkeys(each for channel in channels for each in Channel.served_by(channel)))
    condition = f"channel IN ({', '.join(['%s'] * len(serving))}) AND {current} AND {ANSWERING}"
    fields = ("channel", "counsellor_id", "id", "starts_at", "ends_at")
    shifts = fast_select(Shift, fields, condition, *serving, until, at, until + LONGEST_SHIFT, Shift.State.PUBLISHED)
    absences = fast_select(Absence, ("counsellor_id", "starts_at", "ends_at"), "starts_at < %s AND ends_at > %s", until, at)
    away = [Duty(row.counsellor_id, Interval(row.starts_at, row.ends_at)) for row in absences]
    found = {}
    for channel in channels:
        own = [row for row in shifts if row.channel in Channel.served_by(channel)]
        theirs = [(row.counsellor_id, OnShift(row.id, Interval(row.starts_at, row.ends_at))) for row in own]
        found[channel] = _cover(theirs, away, hands.get(channel), at, besides)
    return found


def _cover(
    shifts: list[tuple[int, OnShift]], away: list[Duty], hands: DeskKnowledge | None, at: datetime, besides: Collection[AnsweringLack]
) -> AbleCover:
    if hands is None:
        return AbleCover(staffed_intervals([Duty(counsellor_id, shift.interval) for counsellor_id, shift in shifts], away))
    able, again = list[Duty](), set[datetime]()
    for counsellor_id, shift in shifts:
        known = hands.people.get(counsellor_id)
        # Breaks are cut out below: they end in the middle of a shift, or with it.
        begins = max(at, shift.interval.start)
        if lack_to_answer(known, shift, at=begins, grace=hands.grace, besides={AnsweringLack.BREAK, *besides}) is None:
            able.append(Duty(counsellor_id, shift.interval))
            if _unseen(known, shift, besides):
                again.add(shift.interval.start + hands.grace)
    ends = (
        {}
        if AnsweringLack.BREAK in besides
        else {who: known.break_ends for who, known in hands.people.items() if known.break_ends is not None}
    )
    return AbleCover(
        staffed_intervals(able, [*away, *break_duties(able, away, ends, at)]), min((each for each in again if each > at), default=None)
    )


def _unseen(known: KnownCounsellor | None, shift: OnShift, besides: Collection[AnsweringLack]) -> bool:
    return known is not None and known.watched and known.seen_in != shift.number and AnsweringLack.UNSEEN not in besides
