"""All reports of some days at once: the rows are read here, and nowhere else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from helpline.calendar import Interval
from helpline.counting import small
from helpline.counting.small import Shown
from helpline.queries import organisation
from helpline.rotas.picture import Picture, load, local_days
from messaging.models import Action, Conversation, DeskSum, Route, Signpost, WeekShare, WrapUpSum
from messaging.models.desk_sums import BEYOND, DAY_HOURS, WEEK_DAYS
from messaging.queries.reports.duty import PLACES, Duties
from messaging.queries.reports.load import PersonLoad, WeekFairness, fairness, loads
from messaging.queries.reports.periods import Periods, next_quarter, quarter_year
from messaging.queries.reports.told import Told, parts
from messaging.queries.reports.waits import Steps, Waits, together, waits_of

Kind = DeskSum.Kind
Sums = dict[tuple[str, date, int], int]


@dataclass(frozen=True)
class CoverHour:
    """An hour of the week in which messages were open: how many began to wait, and the time of counsellors on duty and of being open."""

    place: int
    came: Told
    covered: timedelta
    open: timedelta


@dataclass(frozen=True)
class Everything:
    """What the page shows. `overdue` wait just now beyond their promise."""

    periods: Periods
    promise: timedelta
    overdue: Shown
    waits: list[tuple[date, Waits]]
    all_waits: Waits
    closed_hours: tuple[list[Told], int]
    closed_days: tuple[list[Told], int]
    cover: list[CoverHour]
    cover_unplaced: int
    loads: list[PersonLoad]
    fairness: list[WeekFairness]
    codes: dict[str, dict[str, Told]]


def everything(periods: Periods, *, at: datetime) -> Everything | None:
    """The reports; None where there is no period."""
    if not periods.weeks:
        return None
    own = organisation()
    sums, weeks, quarters = _sums(periods), periods.weeks, periods.quarters
    ends_on = max(periods.weeks_end_on, periods.quarters_end_on)
    picture = load(local_days(periods.starts_on, (ends_on - periods.starts_on).days + 1, ZoneInfo(own.time_zone)), own=own)
    duties = Duties(picture)
    steps = {monday: (_row(sums, Kind.WAIT, monday, BEYOND + 1), sums.get((Kind.LATE, monday, 0), 0)) for monday in weeks}
    worked = duties.worked(_within(picture, weeks[0], periods.weeks_end_on, at))
    given = _given(periods)
    cover, unplaced = _cover(sums, quarters, duties, _within(picture, quarters[0], periods.quarters_end_on, at))
    return Everything(
        periods=periods,
        promise=timedelta(minutes=own.promise_minutes),
        overdue=small.shown(Conversation.objects.filter(due_at__lte=at).count()),
        waits=[(monday, waits_of(*each)) for monday, each in steps.items()],
        all_waits=together(steps),
        closed_hours=parts({first: _row(sums, Kind.CLOSED_HOUR, first, DAY_HOURS) for first in quarters}),
        closed_days=parts({first: _row(sums, Kind.CLOSED_DAY, first, WEEK_DAYS) for first in quarters}),
        cover=cover,
        cover_unplaced=unplaced,
        loads=loads(picture.names, given, worked, weeks),
        fairness=[fairness(given, worked, monday) for monday in weeks],
        codes=_codes(quarters),
    )


def _within(picture: Picture, first: date, last: date, at: datetime) -> Interval:
    """These days until now: what the rota still has ahead is no cover yet."""
    whole = local_days(first, (last - first).days + 1, picture.zone)
    return Interval(whole.start, max(min(whole.end, at), whole.start + timedelta(microseconds=1)))


def _sums(periods: Periods) -> Sums:
    weekly = Q(kind__in=[Kind.WAIT, Kind.LATE], since__gte=periods.weeks[0], since__lte=periods.weeks[-1])
    quarterly = Q(since__gte=periods.quarters[0], since__lte=periods.quarters[-1]) & ~Q(kind__in=[Kind.WAIT, Kind.LATE])
    rows = DeskSum.objects.filter(weekly | quarterly).order_by().values_list("kind", "since", "place", "number")
    return {(kind, since, place): number for kind, since, place, number in rows}


def _row(sums: Sums, kind: str, since: date, length: int) -> Steps:
    return [sums.get((kind, since, place), 0) for place in range(length)]


def _given(periods: Periods) -> dict[tuple[int, date], int]:
    """By counsellor and Monday."""
    rows = WeekShare.objects.filter(monday__gte=periods.weeks[0], monday__lte=periods.weeks[-1])
    return {(person, monday): given for person, monday, given in rows.values_list("member__counsellor_id", "monday", "given")}


def _cover(sums: Sums, quarters: Sequence[date], duties: Duties, within: Interval) -> tuple[list[CoverHour], int]:
    """Every hour of the week that was open, or in which somebody wrote while it was."""
    told, unplaced = parts({first: _row(sums, Kind.OPEN, first, PLACES) for first in quarters})
    covered, opened = duties.covered(within), duties.open(within)
    hours = [CoverHour(place, told[place], covered[place], opened[place]) for place in range(PLACES)]
    return [hour for hour in hours if hour.open or hour.came.number], unplaced


def _codes(quarters: Sequence[date]) -> dict[str, dict[str, Told]]:
    """By kind and code; the weeks of a quarter are those that begin in it."""
    kinds = {WrapUpSum.Kind.ROUTE: Route.values, WrapUpSum.Kind.ACTION: Action.values, WrapUpSum.Kind.SIGNPOST: Signpost.values}
    rows = WrapUpSum.objects.filter(kind__in=kinds, week__gte=quarters[0], week__lt=next_quarter(quarters[-1]))
    counted: Counter[tuple[str, str, date]] = Counter()
    for week, kind, code, number in rows.order_by().values_list("week", "kind", "code", "number"):
        counted[kind, code, quarter_year(week)] += number
    found: dict[str, dict[str, Told]] = {}
    for kind, codes in kinds.items():
        told, _unplaced = parts({first: [counted[kind, code, first] for code in codes] for first in quarters})
        found[kind.value] = dict(zip(codes, told, strict=True))
    return found
