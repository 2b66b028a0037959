"""What the rota is made from: weekly patterns, and how many each hour needs."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from helpline.calendar import Hours
from helpline.calendar.wall_clock import local_date
from helpline.clock import now
from helpline.models import MinimumCover, WeeklyPattern
from helpline.models.audit import Action
from helpline.rota.forms import MinimumCoverForm, PatternForm
from helpline.rota.patterns import PatternOverlaps, add_pattern, end_pattern, set_minimum_cover
from helpline.rota.views.access import edited, rota_page, rota_zone
from helpline.rota.views.audit_trail import note_rota_change, note_rota_row

PATTERN = ("counsellor", "channel", "weekday", "every", "starts", "ends", "starts_on", "ends_on")


def pattern_time_words(minute: int) -> str:
    """09:00; 24:00 for the midnight that ends a day."""
    return "24:00" if minute == 1440 else f"{minute // 60 % 24:02}:{minute % 60:02}"


@require_http_methods(["GET", "HEAD", "POST"])
@edited
def patterns_view(request: HttpRequest) -> HttpResponse:
    """Everyone's patterns, and a form for one more."""
    own = rota_zone()
    today = local_date(now(), own)
    form = PatternForm(request.POST or None, initial={"starts_on": today}, zone=own)
    if form.is_valid():
        try:
            with transaction.atomic():
                made = add_pattern(**form.cleaned_data)
                note_rota_row(request, Action.ADDED, made, at=now(), fields=PATTERN)
        except PatternOverlaps as error:
            form.add_error("starts", str(error))
        else:
            messages.success(request, f"Added: {made}. Make shifts from it on the page of a week.")
            return HttpResponseRedirect(reverse("desk:rota-patterns"))
    current = WeeklyPattern.objects.select_related("counsellor").exclude(ends_on__lt=today)
    rows = [
        {"pattern": pattern, "times": f"{pattern_time_words(pattern.starts)}–{pattern_time_words(pattern.ends)}"}
        for pattern in current.order_by("counsellor__display_name", "weekday", "starts")
    ]
    return rota_page(request, "patterns", {"form": form, "rows": rows})


@require_POST
@edited
def end_pattern_view(request: HttpRequest, pattern_id: int) -> HttpResponse:
    """From today on it makes no shifts."""
    pattern = get_object_or_404(WeeklyPattern.objects.select_related("counsellor"), pk=pattern_id)
    at = now()
    with transaction.atomic():
        note_rota_row(request, Action.ENDED, pattern, at=at)
        end_pattern(pattern, today=local_date(at, rota_zone()))
    messages.success(request, f"Ended: {pattern}. Shifts already made from it stay on the rota.")
    return HttpResponseRedirect(reverse("desk:rota-patterns"))


@require_http_methods(["GET", "HEAD", "POST"])
@edited
def minimum_cover_view(request: HttpRequest) -> HttpResponse:
    """How many must be on duty, and a form that changes it for some hours."""
    form = MinimumCoverForm(request.POST or None, zone=rota_zone())
    if form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            set_minimum_cover(channel=given["channel"], weekdays=given["weekdays"], hours=given["hours"], number=given["number"])
            # One form may make, cut and replace many rows.
            note_rota_change(request, Action.CHANGED, "minimum cover", at=now(), fields=("opens", "closes", "number"))
        messages.success(request, "Saved. Gaps are now counted with this minimum.")
        return HttpResponseRedirect(reverse("desk:rota-minimum"))
    rows = [
        {"row": row, "times": f"{pattern_time_words(row.opens)}–{pattern_time_words(row.closes)}"} for row in MinimumCover.objects.all()
    ]
    return rota_page(request, "minimum", {"form": form, "rows": rows})


@require_POST
@edited
def remove_minimum_cover_view(request: HttpRequest, minimum_id: int) -> HttpResponse:
    """One person is needed in these hours, as in any that nothing is said of."""
    row = get_object_or_404(MinimumCover, pk=minimum_id)
    with transaction.atomic():
        note_rota_row(request, Action.DELETED, row, at=now())
        set_minimum_cover(channel=row.channel, weekdays=[row.weekday], hours=Hours(row.opens, row.closes), number=None)
    messages.success(request, f"Removed: {row}. One person is needed in these hours.")
    return HttpResponseRedirect(reverse("desk:rota-minimum"))
