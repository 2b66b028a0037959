"""Who is on duty: by the rota, and of those on it who is able to answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar.able import Lack, OnShift, lacks
from helpline.calendar.intervals import Interval
from helpline.calendar.rota import Duty, time_on_duty
from helpline.calendar.wall_clock import at_minute, local_date, monday_of
from helpline.calendars import ANSWERING
from helpline.hands import Hands
from helpline.models import Absence, Shift
from helpline.models.rota import LONGEST_SHIFT
from helpline.models.select import select
from helpline.queries import organisation


def on_duty(*, channel: str, at: datetime) -> list[int]:
    """The primary keys of the counsellors who are on duty by the rota, whether able or not (`able`); one query."""
    return list(shifts_at(channel=channel, at=at))


def able(shifts: dict[int, OnShift], known: Hands, *, at: datetime) -> dict[int, int]:
    """Of those on a shift, who is able to answer, with the shift's number. A break ends no shift, and makes nobody unable."""
    lack = {who: lacks(known.people.get(who), shift, at=at, grace=known.grace, besides={Lack.BREAK}) for who, shift in shifts.items()}
    return {who: shift.number for who, shift in shifts.items() if lack[who] is None}


def shifts_at(*, channel: str, at: datetime) -> dict[int, OnShift]:
    """For each counsellor on duty by the rota the shift, in the counsellors' order; one query.

    On duty by the rota: a current published shift, not away, an active account that answers people.
    """
    # No shift is longer than six hours, so the index is read over six hours of ends, however long the rota has grown.
    current = "channel = %s AND state = %s AND ends_at > %s AND ends_at <= %s AND starts_at <= %s"
    away = f"SELECT counsellor_id FROM {Absence._meta.db_table} WHERE starts_at <= %s AND ends_at > %s"  # noqa: S608, SLF001 - no value
    condition = f"{current} AND {ANSWERING} AND counsellor_id NOT IN ({away}) ORDER BY counsellor_id"
    values = channel, Shift.State.PUBLISHED, at, at + LONGEST_SHIFT, at, at, at
    rows = select(Shift, ("counsellor_id", "id", "starts_at", "ends_at"), condition, *values)
    return {who: OnShift(number, Interval(*span)) for who, number, *span in rows}


@dataclass(frozen=True)
class Week:
    """The week of an instant by the organisation's clock: its Monday, and each counsellor's time on duty in it until then."""

    monday: date
    worked: dict[int, timedelta]


def week_on_duty(counsellors: list[int], *, channel: str, at: datetime) -> Week:
    """How long each of these was on duty this week until `at`: published shifts without absences, in three queries."""
    zone = ZoneInfo(organisation().time_zone)
    monday = monday_of(local_date(at, zone))
    week = Interval(at_minute(monday, 0, zone), max(at, at_minute(monday, 1, zone)))
    theirs = {"counsellor__in": counsellors, "starts_at__lt": week.end, "ends_at__gt": week.start}
    shifts = Shift.objects.filter(channel=channel, state=Shift.State.PUBLISHED, ends_at__lte=week.end + LONGEST_SHIFT, **theirs)
    absences = Absence.objects.filter(**theirs)
    spans = "counsellor_id", "starts_at", "ends_at"
    working, away = ([Duty(who, Interval(*span)) for who, *span in rows.values_list(*spans)] for rows in (shifts, absences))
    return Week(monday, time_on_duty(working, away, week))
