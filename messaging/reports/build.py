"""All reports of some days at once, worked out from what was read (`rows`). PURE."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from messaging.models import Action, DeskSum, Route, Signpost, WrapUpSum
from messaging.models.desk_sums import BEYOND, DAY_HOURS, WEEK_DAYS, TalkCount
from messaging.reports.banding import Fives, banded_in_fives
from messaging.reports.cover import PLACES
from messaging.reports.fairness import PersonLoad, WeekFairness, counsellor_loads, fairness_of_week
from messaging.reports.periods import ReportPeriods, quarter_year
from messaging.reports.waits import Steps, Waits, waits_by_quarter, waits_in_week, waits_together

Kind = DeskSum.Kind
# Each request is one of these: how long someone waited who talked, or what else became of it.
TALKS = (
    TalkCount.TAKEN_AT_ONCE,
    TalkCount.TAKEN_WITHIN_A_MINUTE,
    TalkCount.TAKEN_LATER,
    TalkCount.WITHDRAWN,
    TalkCount.BECAME_MESSAGE,
)
CODES = {WrapUpSum.Kind.ROUTE: Route.values, WrapUpSum.Kind.ACTION: Action.values, WrapUpSum.Kind.SIGNPOST: Signpost.values}


@dataclass(frozen=True)
class ReportData:
    """What the database and the rota have of some periods, small numbers and all; shown to nobody as it is."""

    promise: timedelta
    sums: Mapping[tuple[str, date, int], int] = field(default_factory=dict)  # By kind, first day of the period, and place.
    codes: Mapping[tuple[str, str, date], int] = field(default_factory=dict)  # By kind, code and Monday.
    given: Mapping[tuple[int, date], int] = field(default_factory=dict)  # By counsellor and Monday.
    names: Mapping[int, str] = field(default_factory=dict)
    worked: Mapping[tuple[int, date], timedelta] = field(default_factory=dict)  # By counsellor and Monday.
    covered: Sequence[timedelta] = (timedelta(),) * PLACES  # By hour of the week.
    opened: Sequence[timedelta] = (timedelta(),) * PLACES

    def row(self, kind: str, since: date, length: int) -> Steps:
        return [self.sums.get((kind, since, place), 0) for place in range(length)]


@dataclass(frozen=True)
class CoverHour:
    """An hour of the week in which messages were open: how often someone began to wait, and the time of counsellors and of being open."""

    place: int
    came: Fives
    covered: timedelta
    open: timedelta


@dataclass(frozen=True)
class DeskReports:
    """What the page shows."""

    periods: ReportPeriods
    promise: timedelta
    waits: list[tuple[date, Waits]]
    all_waits: Waits
    quarter_waits: list[tuple[date, Waits]]
    closed_hours: list[Fives]
    closed_days: list[Fives]
    cover: list[CoverHour]
    loads: list[PersonLoad]
    fairness: list[WeekFairness]
    codes: dict[str, dict[str, Fives]]
    talks: list[Fives]


def build_reports(periods: ReportPeriods, read: ReportData) -> DeskReports:
    """The reports of these periods: nothing else of what was read is in them."""
    weeks, quarters = periods.weeks, periods.quarters
    mondays = sorted({monday for kind, monday, _place in read.sums if kind == Kind.WAIT and quarter_year(monday) in quarters} | set(weeks))
    answered = [(monday, read.row(Kind.WAIT, monday, BEYOND + 1), read.sums.get((Kind.LATE, monday, 0), 0)) for monday in mondays]
    asked = [week for week in answered if week[0] in weeks]
    cover = banded_in_fives({first: read.row(Kind.OPEN, first, PLACES) for first in quarters}, PLACES)
    hours = [CoverHour(place, cover[place], read.covered[place], read.opened[place]) for place in range(PLACES)]
    return DeskReports(
        periods=periods,
        promise=read.promise,
        waits=[(monday, waits_in_week(steps, late)) for monday, steps, late in asked],
        all_waits=waits_together(asked),
        quarter_waits=waits_by_quarter(answered, quarters),
        closed_hours=banded_in_fives({first: read.row(Kind.CLOSED_HOUR, first, DAY_HOURS) for first in quarters}, DAY_HOURS),
        closed_days=banded_in_fives({first: read.row(Kind.CLOSED_DAY, first, WEEK_DAYS) for first in quarters}, WEEK_DAYS),
        cover=[hour for hour in hours if hour.open or hour.came.least],
        loads=counsellor_loads(read.names, read.given, read.worked, weeks),
        fairness=[fairness_of_week(read.given, read.worked, monday) for monday in weeks],
        codes=_codes(read, quarters),
        talks=_talks(read, quarters),
    )


def _talks(read: ReportData, quarters: Sequence[date]) -> list[Fives]:
    """What became of requests for a live talk, in TALKS' order. Their total is not told: with it, a small part could be reckoned."""
    counted: Counter[tuple[int, date]] = Counter()
    for (kind, week, place), number in read.sums.items():
        if kind == Kind.TALK:
            counted[place, quarter_year(week)] += number
    return banded_in_fives({first: [counted[place, first] for place in TALKS] for first in quarters}, len(TALKS))


def _codes(read: ReportData, quarters: Sequence[date]) -> dict[str, dict[str, Fives]]:
    """By kind and code; the weeks of a quarter are those that begin in it."""
    counted: Counter[tuple[str, str, date]] = Counter()
    for (kind, code, week), number in read.codes.items():
        counted[kind, code, quarter_year(week)] += number
    found: dict[str, dict[str, Fives]] = {}
    for kind, codes in CODES.items():
        told = banded_in_fives({first: [counted[kind, code, first] for code in codes] for first in quarters}, len(codes))
        found[kind.value] = dict(zip(codes, told, strict=True))
    return found
