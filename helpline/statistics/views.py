"""The campaign owner's page: how often, never who. Plots, the same numbers in tables, and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.hours.wording import clock_time_words
from helpline.models.visits import BAND_HOURS, WHOLE_DAY
from helpline.organisation import organisation_today
from helpline.staff.access import lead_page
from helpline.statistics.charts import day_chart, day_part_chart
from helpline.statistics.forms import DaysForm
from helpline.statistics.report import CountSeries, ReportDay, StatisticsReport, counted_page_address, statistics_report, usual_report_days
from helpline.statistics.suppression import LEAST, DayPartSums, Shown
from helpline.web.charts import ChartDrawing
from helpline.web.csv_response import csv_response


@dataclass(frozen=True)
class CountFigure:
    """A plot and the table beside it."""

    id: str
    heading: str
    plot: ChartDrawing
    says: str
    rows: list[tuple[Any, ...]]
    total: int
    hides: bool


@dataclass(frozen=True)
class PageRow:
    """One page's visits, and how long its bar is beside the longest."""

    label: str
    address: str
    number: Shown
    hides: bool
    share: int


@require_safe
@lead_page
def statistics_view(request: HttpRequest) -> HttpResponse:
    """The days asked for, or the running campaign's."""
    form = _form(request)
    context: dict[str, Any] = {"page": "counts", "form": form, "least": LEAST, "few": LEAST - 1}
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        context |= _figures(statistics_report(first, last))
        context |= {"first": first, "last": last, "table": f"{reverse('desk:counts-table')}?first={first}&last={last}"}
    return render(request, "desk/counts.html", context)


@require_safe
@lead_page
def statistics_csv_view(request: HttpRequest) -> HttpResponse:
    """The same numbers as a file for a spreadsheet, with the same ones hidden."""
    form = _form(request)
    if not form.is_valid():
        return redirect(f"{reverse('desk:counts')}?{request.GET.urlencode()}")
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    return csv_response(f"counts-{first}-{last}", _lines(statistics_report(first, last)))


def _form(request: HttpRequest) -> DaysForm:
    if request.GET.keys() & {"first", "last"}:
        return DaysForm(request.GET)
    first, last = usual_report_days(organisation_today(at=now()))
    return DaysForm({"first": first.isoformat(), "last": last.isoformat()})


def _figures(found: StatisticsReport) -> dict[str, Any]:
    """Everything on the page. All adverts are drawn to one height, so that they can be compared."""
    highest = max((number or 0 for series in found.adverts for number in series.numbers), default=0)
    most = max((series.total for series in found.pages), default=0)
    return {
        "report": found,
        "advert_figures": [_figure(f"advert-{series.name}", series, found.days, highest) for series in found.adverts],
        "bands": [
            _band_figure("advert-bands", _("Visits by advert, by time of day"), found.advert_bands),
            _band_figure("page-bands", _("Visits of pages, by time of day"), found.page_bands),
        ],
        "pages": [_page_row(series, most) for series in found.pages],
        "writing": [_figure(series.name, series, found.days, _highest(series)) for series in (found.starts, found.sent)],
    }


def _highest(series: CountSeries) -> int:
    return max(number or 0 for number in series.numbers)


def _figure(name: str, series: CountSeries, days: Sequence[ReportDay], highest: int) -> CountFigure:
    says = _("%(what)s by day. Highest: %(number)s. The table has every number.") % {"what": series.label, "number": _highest(series)}
    rows = list(zip(days, series.numbers, strict=True))
    return CountFigure(name, series.label, day_chart(series.numbers, days, highest), says, rows, series.total, series.hides)


def _band_figure(name: str, heading: str, bands: DayPartSums) -> CountFigure:
    hours = [str(BAND_HOURS * part) for part in range(WHOLE_DAY + 1)]
    says = _("%(what)s. The table has every number.") % {"what": heading}
    rows = list(zip(day_part_names(), bands.numbers, strict=True))
    return CountFigure(name, heading, day_part_chart(bands.numbers, hours), says, rows, bands.unplaced, hides=bands.unplaced > 0)


def day_part_names() -> list[str]:
    """ "midnight to 3am", and so on."""
    ends = [clock_time_words(datetime.combine(date.min, time(BAND_HOURS * part % 24))) for part in range(WHOLE_DAY + 1)]
    return [_("%(start)s to %(end)s") % {"start": ends[part], "end": ends[part + 1]} for part in range(WHOLE_DAY)]


def _page_row(series: CountSeries, most: int) -> PageRow:
    number = series.total or (None if series.hides else 0)
    share = round(100 * series.total / most) if most else 0
    return PageRow(series.label, counted_page_address(series.name), number, series.hides and bool(series.total), share)


def _lines(found: StatisticsReport) -> Iterator[Sequence[Any]]:
    """The head, and each number that may be shown; days without any are left out."""
    yield _("Counted"), _("Name"), _("Short address or page"), _("Day"), _("Part of the day"), _("Number")
    by_advert, by_page, few = _("Visits by advert"), _("Visits of pages"), _("fewer than %(number)s") % {"number": LEAST}
    groups = [(by_advert, series, f"/c/{series.name}") for series in found.adverts]
    groups += [(by_page, series, counted_page_address(series.name)) for series in found.pages]
    groups += [(series.label, series, "") for series in (found.starts, found.sent)]
    for what, series, address in groups:
        for day, number in zip(found.days, series.numbers, strict=True):
            if number != 0:
                yield what, series.label, address, day.day, "", few if number is None else number
    for what, bands in ((by_advert, found.advert_bands), (by_page, found.page_bands)):
        for name, number in zip(day_part_names(), bands.numbers, strict=True):
            yield what, "", "", "", name, number
        yield what, "", "", "", _("not shown by time of day"), bands.unplaced
