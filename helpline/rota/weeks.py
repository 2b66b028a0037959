"""Weeks of the rota: made from patterns, copied as drafts, and published."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from helpline.calendar.wall_clock import local_date
from helpline.models import Counsellor, RotaNotice, Shift, WeeklyPattern
from helpline.organisation import organisation
from helpline.rota.consequences import allow_consequences, publishing_consequences
from helpline.rota.drafts import DraftedShifts, WantedShift, draft_shifts, local_shift_minutes
from helpline.rota.locking import lock_everybody
from helpline.rota.notices import queue_rota_notices
from helpline.rota.shifts import explain_refused_shift
from helpline.rota.snapshot import load_rota_snapshot, local_days
from helpline.staff.recipients import accounts_of

ONE_DAY = timedelta(days=1)


def copy_week(source: date, target: date, *, channel: str | None = None) -> DraftedShifts:
    """From the week of one Monday to the week of another, by the clock on the wall: 09:00 stays 09:00 when the clocks have changed.

    Drafts and published shifts both give drafts. What stands in the target week stays; copying twice adds nothing.

    Raises:
        helpline.rota.shifts.ShiftOverlaps: someone changed the rota at this very moment; nothing was added.
    """
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    with explain_refused_shift():
        lock_everybody()
        wanted = []
        for work in load_rota_snapshot(local_days(source, 7, zone), own=own).shifts:
            day, starts, ends = local_shift_minutes(work.interval, zone)
            if channel in {None, work.channel} and source <= local_date(work.interval.start, zone) < source + timedelta(days=7):
                wanted.append(WantedShift(work.counsellor_id, work.channel, target + (day - source), starts, ends))
        drafted = draft_shifts(load_rota_snapshot(local_days(target, 7, zone), own=own), wanted)
        Shift.objects.bulk_create(drafted.shifts)
    return drafted


def make_shifts(first_day: date, days: int) -> DraftedShifts:
    """Drafts for `days` local days from `first_day` on, in one transaction. Doing it again changes nothing.

    A shift that a pattern made stays the pattern's when it is moved or swapped, so it is not made twice; one that was taken off is made
    again. No draft is made while the channel is closed, or for someone who is away or works then: `left_out` says so.

    Raises:
        helpline.rota.shifts.ShiftOverlaps: someone changed the rota at this very moment; nothing was added.
    """
    own = organisation()
    with explain_refused_shift():
        lock_everybody()
        last_day = first_day + (days - 1) * ONE_DAY
        patterns = list(
            WeeklyPattern.objects.filter(Counsellor.answering("counsellor__"), starts_on__lte=last_day)
            .exclude(ends_on__lt=first_day)
            .order_by("starts", "counsellor__display_name", "pk")
        )
        made = set(
            Shift.objects.filter(pattern__in=patterns, pattern_on__gte=first_day, pattern_on__lte=last_day).values_list(
                "pattern_id", "pattern_on"
            )
        )
        wanted = [one for one in _wanted(patterns, first_day, days) if (one.pattern, one.day) not in made]
        drafted = draft_shifts(load_rota_snapshot(local_days(first_day, days, ZoneInfo(own.time_zone)), own=own), wanted)
        Shift.objects.bulk_create(drafted.shifts)
    return drafted


def _wanted(patterns: list[WeeklyPattern], first_day: date, days: int) -> list[WantedShift]:
    """Day by day, on each in the patterns' order."""
    last_day = first_day + (days - 1) * ONE_DAY
    found = [
        WantedShift(pattern.counsellor_id, pattern.channel, day, pattern.starts, pattern.ends, pattern.pk)
        for pattern in patterns
        for day in pattern.dates(first_day, last_day)
    ]
    return sorted(found, key=lambda wanted: wanted.day)


def publish_week(monday: date, *, at: datetime, known: Container[str], channel: str | None = None) -> int:
    """Publishes the drafts that begin in the week, and returns how many. Each counsellor who has one is told once.

    Raises:
        helpline.rota.consequences.Consequences: gaps or short rests remain, and `known` does not have it.
    """
    own = organisation()
    week = local_days(monday, 7, ZoneInfo(own.time_zone))
    with transaction.atomic():
        lock_everybody()
        drafts = Shift.objects.filter(state=Shift.State.DRAFT, starts_at__gte=week.start, starts_at__lt=week.end)
        if channel:
            drafts = drafts.filter(channel=channel)
        found = dict(drafts.values_list("pk", "counsellor_id"))
        if found:
            allow_consequences(publishing_consequences(load_rota_snapshot(week, own=own), set(found)), known=known)
        published = Shift.objects.filter(pk__in=found, state=Shift.State.DRAFT).update(state=Shift.State.PUBLISHED, changed_at=at)
        if published:
            key = f"week:{monday.isoformat()}:{at.isoformat()}"
            queue_rota_notices(RotaNotice.Kind.PUBLISHED, key, accounts_of(*set(found.values())), at=at, interval=week)
    return published
