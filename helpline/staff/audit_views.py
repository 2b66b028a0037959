"""The audit trail: who changed what of the helpline, and when. For leads and admins; a page of it, or a file of all of it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from helpline.calendar.wall_clock import DAY_MINUTES, at_minute
from helpline.models import AuditEntry
from helpline.organisation import organisation
from helpline.staff.access import lead_page
from helpline.staff.forms import AuditForm
from helpline.web.csv_response import csv_response

A_PAGE = 50
COLUMNS = ("When", "Who", "Did", "What", "Number", "About", "Fields", "Kind", "Before", "After")


@require_safe
@lead_page
def audit_trail_view(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    form = AuditForm(request.GET or None)
    pages = Paginator(_found(form), A_PAGE)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": "audit",
        "form": form,
        "entries": pages.get_page(request.GET.get("page")),
        "zone": organisation().time_zone,
        "asked": asked.urlencode(),
    }
    return render(request, "desk/audit.html", context)


@require_safe
@lead_page
def audit_csv_view(request: HttpRequest) -> HttpResponse:
    """The same choice, all of it, for a spreadsheet; times in UTC."""
    form = AuditForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return redirect(f"/desk/audit/?{request.GET.urlencode()}")
    return csv_response("changes", _lines(_found(form)))


def _found(form: AuditForm) -> QuerySet[AuditEntry]:
    """What the form asks for; nothing when it cannot be understood."""
    entries = AuditEntry.objects.select_related("account", "about")
    if not form.is_bound:
        return entries
    if not form.is_valid():
        return entries.none()
    kind, by, first, last = (form.cleaned_data.get(name) for name in ("kind", "by", "first", "last"))
    zone = ZoneInfo(organisation().time_zone)
    if kind:
        entries = entries.filter(kind=kind)
    if by:
        entries = entries.filter(account=by)
    if first:
        entries = entries.filter(at__gte=at_minute(first, 0, zone))
    if last:
        entries = entries.filter(at__lt=at_minute(last, DAY_MINUTES, zone))
    return entries


def _lines(entries: QuerySet[AuditEntry]) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for each in entries.iterator(chunk_size=500):
        about = each.about.name if each.about else ""
        told = (each.row, about, each.fields, each.kind, each.before, each.after)
        yield (each.at.isoformat(timespec="seconds"), each.who, each.action, each.what, *told)
