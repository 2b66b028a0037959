"""One shift: seen by all, added, changed and taken off by those who make the rota."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from helpline.calendar import Interval
from helpline.calendar.wall_clock import local_date, monday_of
from helpline.clock import now
from helpline.models import Shift
from helpline.models.audit import Action
from helpline.rota.consequences import Consequences
from helpline.rota.drafts import local_shift_minutes
from helpline.rota.forms import ShiftForm
from helpline.rota.shifts import ShiftOverlaps, ShiftTooLong, put_shift, remove_shift
from helpline.rota.views.access import confirm_rota_change, edited, known_consequences, may_edit_rota, rota_page, rota_zone, seen_by_all
from helpline.rota.views.audit_trail import note_rota_row, note_shift_change
from helpline.rota.views.week import week_address
from helpline.rota.wording import channel_words, rota_span_words
from helpline.staff.access import account_of


@require_http_methods(["GET", "HEAD", "POST"])
@edited
def add_shift_view(request: HttpRequest) -> HttpResponse:
    """A form for one more; the address may say for whom, on which day, and for which times."""
    form = ShiftForm(request.POST or None, initial=_asked_for(request), zone=rota_zone())
    return _edit(request, form, None)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What a link of the grid or of a gap fills in. What makes no sense is left empty."""
    given = {name: request.GET.get(name, "") for name in ("counsellor", "channel", "day", "starts", "ends", "published")}
    return {name: value for name, value in given.items() if value}


@require_http_methods(["GET", "HEAD", "POST"])
@seen_by_all
def shift_view(request: HttpRequest, shift_id: int) -> HttpResponse:
    """What there is to know of a shift; for those who make the rota, as a form. A draft is theirs alone."""
    edits = may_edit_rota(account_of(request))
    shown = Shift.objects.all() if edits else Shift.objects.filter(state=Shift.State.PUBLISHED)
    found = get_object_or_404(shown.select_related("counsellor"), pk=shift_id)
    own = rota_zone()
    interval = Interval(found.starts_at, found.ends_at)
    if not edits:
        if request.method == "POST":
            return HttpResponse(status=403)
        return rota_page(
            request, "shift_seen", {"shift": found, "when": rota_span_words(interval, own), "channel": channel_words(found.channel)}
        )
    day, starts, ends = local_shift_minutes(interval, own)
    initial = {"counsellor": found.counsellor_id, "channel": found.channel, "day": day, "starts": starts, "ends": ends}
    form = ShiftForm(request.POST or None, initial=initial, original=interval, counsellor_id=found.counsellor_id, zone=own)
    return _edit(request, form, found)


def _edit(request: HttpRequest, form: ShiftForm, found: Shift | None) -> HttpResponse:
    warnings: list[str] = []
    if form.is_valid():
        given, at = form.cleaned_data, now()
        try:
            with transaction.atomic():
                saved = put_shift(
                    found,
                    counsellor=given["counsellor"],
                    channel=given["channel"],
                    starts_at=given["interval"].start,
                    ends_at=given["interval"].end,
                    published=given["published"],
                    at=at,
                    known=known_consequences(request),
                )
                note_shift_change(request, found, saved, at=at)
        except ShiftOverlaps as error:
            form.add_error("starts", str(error))
        except ShiftTooLong as error:
            form.add_error("ends", str(error))
        except Shift.DoesNotExist as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(week_address(monday_of(given["day"])))
        except Consequences as come:
            warnings = come.sentences
        else:
            state = "a draft: publish the week when it is ready" if saved.state == Shift.State.DRAFT else "on the rota"
            when = rota_span_words(Interval(saved.starts_at, saved.ends_at), form.zone)
            messages.success(request, f"{saved.counsellor}, {channel_words(saved.channel)}, {when} is {state}.")
            return HttpResponseRedirect(week_address(monday_of(local_date(saved.starts_at, form.zone))))
    context = {"form": form, "shift": found, "warnings": warnings, "back": _back(form)}
    return rota_page(request, "shift", context)


def _back(form: ShiftForm) -> str:
    day = form.initial.get("day")
    try:
        return week_address(monday_of(day if isinstance(day, date) else date.fromisoformat(str(day))))
    except ValueError:
        return reverse("desk:rota-week")


@require_POST
@edited
def remove_shift_view(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Takes it off the rota; a gap that this makes is said first."""
    found = Shift.objects.select_related("counsellor").filter(pk=shift_id).first()
    if found is None:
        messages.error(request, "This shift has already been taken off the rota.")
        return HttpResponseRedirect(reverse("desk:rota-week"))
    own = rota_zone()
    when = f"{found.counsellor}, {channel_words(found.channel)}, {rota_span_words(Interval(found.starts_at, found.ends_at), own)}"
    back = week_address(monday_of(local_date(found.starts_at, own)))
    at = now()
    try:
        with transaction.atomic():
            note_rota_row(request, Action.DELETED, found, at=at)
            remove_shift(found, at=at, known=known_consequences(request))
    except Consequences as come:
        action = reverse("desk:rota-shift-remove", args=[shift_id])
        return confirm_rota_change(
            request,
            heading=f"Take off {when}?",
            sentences=come.sentences,
            action=action,
            button="Take it off anyway",
            back=reverse("desk:rota-shift", args=[shift_id]),
        )
    messages.success(request, f"Taken off the rota: {when}.")
    return HttpResponseRedirect(back)
