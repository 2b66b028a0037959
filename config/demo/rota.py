"""The demonstration's rota: weekly patterns of its counsellors, the weeks around today made from them, and something to do."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from helpline.calendar import Interval
from helpline.calendar.wall_clock import local_date, monday_of
from helpline.models import Absence, Account, Availability, Counsellor, Shift, ShiftOffer, WeeklyPattern
from helpline.organisation import organisation
from helpline.rota.absences import note_absence
from helpline.rota.consequences import AllConsequences
from helpline.rota.open_shifts import open_shifts, request_open_shift
from helpline.rota.patterns import add_pattern
from helpline.rota.planner import plan_rota
from helpline.rota.snapshot import local_days
from helpline.rota.swaps import NotFreeForShift, accept_swap, ask_swap
from helpline.rota.weeks import make_shifts

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
WEEKS_AHEAD = 5
NINE, ONE, FIVE = 540, 780, 1020
# Whoever is there for live talk answers the messages too.
SLOTS = (("live", NINE, ONE), ("phone", NINE, ONE), ("live", ONE, FIVE), ("phone", ONE, FIVE))
WORKING_DAYS = range(5)


def seed_rota(at: datetime) -> None:
    """Brings the rota up to four weeks ahead and more. Changes nothing that stands, and leaves nobody waiting today or tomorrow."""
    zone = ZoneInfo(organisation().time_zone)
    today = local_date(at, zone)
    first = monday_of(today) - WEEK
    # The lead has no shifts of their own: they approve, step in, and take over.
    counsellors = list(Counsellor.objects.filter(active=True, account__role=Account.Role.COUNSELLOR).order_by("pk"))
    anew = not WeeklyPattern.objects.exists()
    if anew:
        _patterns(counsellors, first)
        _availability(counsellors)
    made = make_shifts(first, 7 * (WEEKS_AHEAD + 1))
    # These alone: drafts that someone made while the demonstration ran stay drafts when it is started again.
    Shift.objects.filter(pk__in=[shift.pk for shift in made.shifts]).update(state=Shift.State.PUBLISHED)
    if anew:
        _something_to_do(monday_of(today) + WEEK, at, zone)
        _asked_for(counsellors, at)
    # Whatever was moved, swapped or left: the page that someone opens first must find someone on duty.
    for channel in ("live", "messages", "phone"):
        plan_rota(counsellors, channel, today - ONE_DAY, 3)


def _patterns(counsellors: list[Counsellor], first: date) -> None:
    """Four slots a day in turn, so that each has as many as another over three days; two on a day follow one another."""
    if not counsellors:
        return
    for weekday in WORKING_DAYS:
        for number, (channel, starts, ends) in enumerate(SLOTS):
            who = counsellors[(weekday + number) % len(counsellors)]
            taken = WeeklyPattern.objects.filter(counsellor=who, weekday=weekday, starts=starts).exists()
            if not taken:
                add_pattern(counsellor=who, channel=channel, weekday=weekday, starts=starts, ends=ends, starts_on=first, ends_on=None)


def _availability(counsellors: list[Counsellor]) -> None:
    """All can work on weekdays, and each likes either half of the day."""
    for number, who in enumerate(counsellors):
        liked = (NINE, ONE) if number % 2 == 0 else (ONE, FIVE)
        for weekday in WORKING_DAYS:
            for starts, ends in ((NINE, ONE), (ONE, FIVE)):
                wish = Availability.Wish.LIKE if (starts, ends) == liked else Availability.Wish.CAN
                Availability.objects.create(counsellor=who, weekday=weekday, starts=starts, ends=ends, wish=wish)


def _asked_for(counsellors: list[Counsellor], at: datetime) -> None:
    """Someone who is free asks for the first open shift that they could take."""
    for who in counsellors:
        for one in open_shifts(who, at=at):
            if not one.why_not:
                request_open_shift(who, one.channel, one.interval, at=at)
                return


def _something_to_do(monday: date, at: datetime, zone: ZoneInfo) -> None:
    """In the week that begins on this Monday: someone is away for a day, which makes a gap; one swap is asked, one waits for the lead."""
    week = local_days(monday, 7, zone)
    shifts = list(Shift.objects.filter(channel="live", starts_at__gte=week.start, ends_at__lte=week.end).order_by("starts_at"))
    if not shifts or Absence.objects.exists() or ShiftOffer.objects.exists():
        return
    left = shifts[len(shifts) // 2]
    away: Interval = local_days(local_date(left.starts_at, zone), 1, zone)
    note_absence(counsellor=left.counsellor, starts_at=away.start, ends_at=away.end, at=at, known=AllConsequences())
    offered = next((shift for shift in reversed(shifts) if shift.counsellor_id != left.counsellor_id), None)
    if offered is not None:
        ask_swap(offered, asked_by=offered.counsellor, offered_to=None, at=at)
    for shift in shifts:
        if shift.pk not in {left.pk, offered.pk if offered else None} and _agreed(shift, at):
            return


def _agreed(shift: Shift, at: datetime) -> bool:
    """Whether a counsellor who is free then has taken this shift over, as the lead agrees."""
    others = Counsellor.objects.filter(active=True, account__role=Account.Role.COUNSELLOR).exclude(pk=shift.counsellor_id)
    for other in others:
        try:
            with transaction.atomic():
                asked = ask_swap(shift, asked_by=shift.counsellor, offered_to=other, at=at)
                accept_swap(asked, by=other, at=at)
        except NotFreeForShift:
            continue
        return True
    return False
