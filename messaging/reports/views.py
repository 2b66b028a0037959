"""The page of reports and the files of their tables."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from helpline.calendar.wall_clock import monday_of
from helpline.clock import now
from helpline.organisation import organisation_today
from helpline.staff.access import lead_page
from helpline.statistics.forms import DaysForm
from helpline.statistics.suppression import LEAST
from helpline.web.csv_response import csv_response
from messaging.reports import DeskReports, build_reports, read_report_data
from messaging.reports.periods import SETTLES, quarter_told_on, quarter_year, report_periods, week_told_on
from messaging.reports.tables import NAMES, ReportTable, report_tables
from messaging.reports.wording import report_day_words, report_days_words

USUAL_WEEKS = 14  # Before the present one: so many reach back into a quarter that is over, whatever day it is.


class ReportDaysForm(DaysForm):
    """The days whose reports are shown: a year and a day at most."""

    most_days = 367


@require_safe
@lead_page
def reports_view(request: HttpRequest) -> HttpResponse:
    """The weeks and quarters of the days asked for, or of the last three months."""
    at = now()
    form = _form(request, at)
    context: dict[str, Any] = {"page": "reports", "form": form, "least": LEAST, "few": LEAST - 1}
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        found = _found(first, last, at)
        context |= {"asked": f"first={first}&last={last}", "groups": [] if found is None else report_tables(found)}
        context |= _next(at)
        if found is not None and found.periods.weeks:
            context["weeks"] = report_days_words(found.periods.weeks[0], found.periods.weeks_end_on)
        if found is not None and found.periods.quarters:
            context["quarters"] = report_days_words(found.periods.quarters[0], found.periods.quarters_end_on)
    return render(request, "desk/reports.html", context)


@require_safe
@lead_page
def report_csv_view(request: HttpRequest, report: str) -> HttpResponse:
    """One report's table as a file for a spreadsheet, cell by cell as on the page."""
    if report not in NAMES:
        raise Http404
    at = now()
    form = _form(request, at)
    if not form.is_valid():
        return redirect(f"{reverse('desk:reports')}?{request.GET.urlencode()}")
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    found = _found(first, last, at)
    known = [] if found is None else [each for _, _, those in report_tables(found) for each in those]
    return csv_response(f"{report}-{first}-{last}", _lines(report, known))


def _today(at: datetime) -> date:
    """The first day that is not over, or whose sums may not all be written."""
    return organisation_today(at=at - SETTLES)


def _found(first: date, last: date, at: datetime) -> DeskReports | None:
    asked = report_periods(first, last, today=_today(at))
    return build_reports(asked, read_report_data(asked)) if asked else None


def _next(at: datetime) -> dict[str, str]:
    """When the present week and quarter will be told."""
    day = _today(at)
    return {
        "next_week": report_day_words(week_told_on(monday_of(day))),
        "next_quarter": report_day_words(quarter_told_on(quarter_year(day))),
    }


def _lines(name: str, known: list[ReportTable]) -> list[tuple[str, ...]]:
    """The named table with its head; nothing where no period is over."""
    return [row for each in known if each.name == name for row in (each.columns, *each.rows, *each.last)]


def _form(request: HttpRequest, at: datetime) -> ReportDaysForm:
    if request.GET.keys() & {"first", "last"}:
        return ReportDaysForm(request.GET)
    last = organisation_today(at=at)
    first = monday_of(last) - timedelta(weeks=USUAL_WEEKS)
    return ReportDaysForm({"first": first.isoformat(), "last": last.isoformat()})
