"""What the reports of some periods rest on: the rows are read here, and nowhere else."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from helpline.calendar import Interval
from helpline.calendar.wall_clock import monday_of
from helpline.organisation import organisation
from helpline.rota.snapshot import RotaSnapshot, load_rota_snapshot, local_days
from messaging.models import DeskSum, WeekShare, WrapUpSum
from messaging.reports.build import CODES, Kind, ReportData
from messaging.reports.cover import PLACES, ReportedDuties
from messaging.reports.periods import ReportPeriods, next_quarter

WEEKLY = (Kind.WAIT, Kind.LATE, Kind.TALK)


def read_report_data(periods: ReportPeriods) -> ReportData:
    """In a constant number of queries; there is a period at least."""
    own = organisation()
    days = (periods.ends_on - periods.starts_on).days + 1
    picture = load_rota_snapshot(local_days(periods.starts_on, days, ZoneInfo(own.time_zone)), own=own)
    duties, nothing = ReportedDuties(picture), [timedelta()] * PLACES
    quarters = _within(picture, periods.quarters[0], periods.quarters_end_on) if periods.quarters else None
    return ReportData(
        promise=timedelta(minutes=own.promise_minutes),
        sums=_sums(periods),
        codes=_codes(periods),
        given=_given(periods),
        names=picture.names,
        worked=duties.worked(_within(picture, periods.weeks[0], periods.weeks_end_on)) if periods.weeks else {},
        covered=duties.covered(quarters) if quarters else nothing,
        opened=duties.open(quarters) if quarters else nothing,
    )


def _within(picture: RotaSnapshot, first: date, last: date) -> Interval:
    return local_days(first, (last - first).days + 1, picture.zone)


def _sums(periods: ReportPeriods) -> dict[tuple[str, date, int], int]:
    """Weeks also of the quarters: those that begin in one."""
    weekly = Q(kind__in=WEEKLY, since__gte=monday_of(periods.starts_on), since__lte=periods.ends_on)
    quarterly = Q(since__in=periods.quarters) & ~Q(kind__in=WEEKLY)
    rows = DeskSum.objects.filter(weekly | quarterly).order_by().values_list("kind", "since", "place", "number")
    return {(kind, since, place): number for kind, since, place, number in rows}


def _given(periods: ReportPeriods) -> dict[tuple[int, date], int]:
    rows = WeekShare.objects.filter(monday__in=periods.weeks)
    return {(person, monday): given for person, monday, given in rows.values_list("member__counsellor_id", "monday", "given")}


def _codes(periods: ReportPeriods) -> dict[tuple[str, str, date], int]:
    if not periods.quarters:
        return {}
    rows = WrapUpSum.objects.filter(kind__in=CODES, week__gte=periods.quarters[0], week__lt=next_quarter(periods.quarters[-1]))
    return {(kind, code, week): number for kind, code, week, number in rows.order_by().values_list("kind", "code", "week", "number")}
