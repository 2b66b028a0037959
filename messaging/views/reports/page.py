"""The page of reports and the files of their tables."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from helpline.calendar.wall_clock import monday_of
from helpline.clock import now
from helpline.counting.small import LEAST
from helpline.queries import today
from messaging.forms import ReportDaysForm
from messaging.queries.reports import everything
from messaging.queries.reports.periods import periods
from messaging.views.access import lead_page
from messaging.views.reports.tables import NAMES, Report, reports_of
from messaging.views.reports.words import days_in_words, shown_words
from messaging.views.spreadsheet import spreadsheet

USUAL_WEEKS = 12  # Before the present one.


@require_safe
@lead_page
def reports(request: HttpRequest) -> HttpResponse:
    """The weeks and quarters of the days asked for, or of the last three months."""
    at = now()
    form = _form(request, at)
    context: dict[str, Any] = {"page": "reports", "form": form, "least": LEAST, "few": LEAST - 1}
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        asked = periods(first, last, today=today(at=at))
        found = everything(asked, at=at)
        context |= {"asked": f"first={first}&last={last}", "found": found}
        if found is not None:
            context |= {
                "groups": reports_of(found),
                "weeks": days_in_words(asked.weeks[0], asked.weeks_end_on),
                "quarters": days_in_words(asked.quarters[0], asked.quarters_end_on),
                "overdue": shown_words(found.overdue),
            }
    return render(request, "desk/reports.html", context)


@require_safe
@lead_page
def table(request: HttpRequest, report: str) -> HttpResponse:
    """One report's table as a file for a spreadsheet, cell by cell as on the page."""
    if report not in NAMES:
        raise Http404
    at = now()
    form = _form(request, at)
    if not form.is_valid():
        return redirect(f"{reverse('desk:reports')}?{request.GET.urlencode()}")
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    found = everything(periods(first, last, today=today(at=at)), at=at)
    known = [] if found is None else [each for _, _, those in reports_of(found) for each in those]
    return spreadsheet(f"{report}-{first}-{last}", _lines(report, known))


def _lines(name: str, known: list[Report]) -> list[tuple[str, ...]]:
    """The named table with its head; nothing where no period has begun."""
    return [row for each in known if each.name == name for row in (each.columns, *each.rows, *each.last)]


def _form(request: HttpRequest, at: Any) -> ReportDaysForm:
    if request.GET.keys() & {"first", "last"}:
        return ReportDaysForm(request.GET)
    last = today(at=at)
    first = monday_of(last) - timedelta(weeks=USUAL_WEEKS)
    return ReportDaysForm({"first": first.isoformat(), "last": last.isoformat()})
