"""The sums of the demonstration’s past: half a year of waits, demand and codes, so that the lead’s reports have something to tell."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from helpline.calendar.wall_clock import monday_of
from messaging.models import Action, DeskMember, DeskSum, Route, Signpost, WeekShare, WrapUpSum
from messaging.models.desk_sums import DAY_HOURS
from messaging.protocol.days import day_on
from messaging.reports.periods import quarter_told_on, quarter_year

WEEK = timedelta(weeks=1)
WEEKS = 30  # Two quarters that are over lie in them, whatever day it is.
# Closed in a week, in turn: and of twenty so many with each code.
CLOSED = (14, 17, 19, 16, 27, 33)
OF_TWENTY: Mapping[str, Mapping[str, int]] = {
    WrapUpSum.Kind.ROUTE: {Route.SELF: 11, Route.OTHER: 6, Route.YOUNG: 1, Route.PROFESSIONAL: 1, Route.UNCLEAR: 1},
    WrapUpSum.Kind.ACTION: {Action.SAFETY_PLAN: 8, Action.DEVICES: 7, Action.TELL_SOMEBODY: 4, Action.WRITE_AGAIN: 9},
    WrapUpSum.Kind.SIGNPOST: {Signpost.PHONE: 6, Signpost.SELF_HELP: 10, Signpost.GP: 3, Signpost.CRISIS: 2},
}
# Of twenty who were answered, so many by each step of the wait.
WAITED = (7, 5, 3, 2, 1, 1, 1)
# In a quarter: by the hour while closed, from midnight on, by weekday, and by the hour of a working day from nine on.
BY_NIGHT = (14, 11, 9, 5, 2, 1, 2, 6, 12, 4, 3, 3, 2, 3, 2, 4, 5, 9, 12, 15, 19, 23, 26, 21)
BY_DAY = (26, 24, 21, 25, 29, 48, 40)
WHILE_OPEN = (11, 8, 6, 5, 7, 4, 3, 6)
GIVEN = (9, 8, 7)


def seed_sums(members: Sequence[DeskMember], *, at: datetime) -> None:
    """The weeks before this one, and the quarters that are over by now."""
    today = day_on(at)
    mondays = [monday_of(today) - number * WEEK for number in range(WEEKS, 0, -1)]
    quarters = sorted({quarter_year(monday) for monday in mondays if quarter_told_on(quarter_year(monday)) <= today})
    codes = [row for number, monday in enumerate(mondays) for row in _week(monday, CLOSED[number % len(CLOSED)])]
    waits = [row for number, monday in enumerate(mondays) for row in _waits(monday, CLOSED[number % len(CLOSED)])]
    WrapUpSum.objects.bulk_create([row for row in codes if row.number], ignore_conflicts=True)
    demand = [row for quarter in quarters for row in _demand(quarter)]
    DeskSum.objects.bulk_create([row for row in [*waits, *demand] if row.number], ignore_conflicts=True)
    shares = [WeekShare(member=member, monday=mondays[-1], given=given) for member, given in zip(members, GIVEN, strict=False)]
    WeekShare.objects.bulk_create(shares, ignore_conflicts=True)


def _week(monday: date, closed: int) -> list[WrapUpSum]:
    rows = [WrapUpSum(week=monday, kind=WrapUpSum.Kind.CLOSED, number=closed)]
    for kind, codes in OF_TWENTY.items():
        rows += [WrapUpSum(week=monday, kind=kind, code=code, number=round(closed * share / 20)) for code, share in codes.items()]
    return rows


def _waits(monday: date, answered: int) -> list[DeskSum]:
    """In a busy week some are late."""
    rows = [DeskSum(kind=DeskSum.Kind.WAIT, since=monday, place=step, number=round(answered * of / 20)) for step, of in enumerate(WAITED)]
    return [*rows, DeskSum(kind=DeskSum.Kind.LATE, since=monday, place=0, number=max(0, answered - 26))]


def _demand(first: date) -> list[DeskSum]:
    rows = [DeskSum(kind=DeskSum.Kind.CLOSED_HOUR, since=first, place=hour, number=number) for hour, number in enumerate(BY_NIGHT)]
    rows += [DeskSum(kind=DeskSum.Kind.CLOSED_DAY, since=first, place=day, number=number) for day, number in enumerate(BY_DAY)]
    for weekday in range(5):
        for hour, number in enumerate(WHILE_OPEN):
            place = weekday * DAY_HOURS + 9 + hour
            rows.append(DeskSum(kind=DeskSum.Kind.OPEN, since=first, place=place, number=max(0, number + 2 - weekday)))
    return rows
