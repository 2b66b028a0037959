"""Absences: a counsellor's own, or anyone's for those who make the rota."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpline.calendar import Interval
from helpline.clock import now
from helpline.models import Absence, Counsellor
from helpline.models.audit import Action
from helpline.rota.absences import note_absence, remove_absence
from helpline.rota.consequences import Consequences
from helpline.rota.forms import AbsenceForm
from helpline.rota.views.access import edited, known_consequences, may_edit_rota, own_counsellor, rota_page, rota_zone, seen_by_all
from helpline.rota.views.audit_trail import note_rota_row
from helpline.rota.wording import rota_span_words
from helpline.staff.access import account_of

SPAN = ("counsellor", "starts_at", "ends_at")


@require_safe
@edited
def absences_view(request: HttpRequest) -> HttpResponse:
    """Everyone's that are not over."""
    own = rota_zone()
    coming = Absence.objects.select_related("counsellor").filter(ends_at__gt=now())
    rows = [(absence, rota_span_words(Interval(absence.starts_at, absence.ends_at), own)) for absence in coming]
    return rota_page(request, "absences", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@seen_by_all
def add_absence_view(request: HttpRequest) -> HttpResponse:
    """A counsellor notes their own; a lead or an admin anyone's. Shifts that lie in it are said first."""
    account = account_of(request)
    edits, own = may_edit_rota(account), own_counsellor(account)
    if own is None and not edits:
        raise PermissionDenied
    initial = {"counsellor": own.pk} if own else {}
    form = AbsenceForm(request.POST if request.method == "POST" else None, only=None if edits else own, initial=initial, zone=rota_zone())
    warnings: list[str] = []
    if form.is_valid():
        interval = form.cleaned_data["interval"]
        counsellor: Counsellor = form.cleaned_data["counsellor"] if own is None or edits else own
        at = now()
        try:
            with transaction.atomic():
                left = note_absence(
                    counsellor=counsellor, starts_at=interval.start, ends_at=interval.end, at=at, known=known_consequences(request)
                )
                note_rota_row(request, Action.ADDED, Absence.objects.filter(counsellor=counsellor).latest("pk"), at=at, fields=SPAN)
        except Consequences as come:
            warnings = come.sentences
        else:
            told = " The leads have been told about the shifts." if left else ""
            messages.success(request, f"{counsellor} is away: {rota_span_words(interval, form.zone)}.{told}")
            mine = own is not None and counsellor.pk == own.pk
            return HttpResponseRedirect(reverse("desk:rota-mine" if mine else "desk:rota-absences"))
    back = reverse("desk:rota-absences" if edits else "desk:rota-mine")
    return rota_page(request, "absence", {"form": form, "warnings": warnings, "back": back})


@require_POST
@seen_by_all
def remove_absence_view(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Not away after all: one's own, or anyone's for those who make the rota."""
    account = account_of(request)
    edits, own = may_edit_rota(account), own_counsellor(account)
    if own is None and not edits:
        raise PermissionDenied
    absence = Absence.objects.select_related("counsellor").filter(pk=absence_id).first()
    mine = own is not None and absence is not None and absence.counsellor_id == own.pk
    if absence is not None:
        if not (edits or mine):
            raise PermissionDenied
        at = now()
        with transaction.atomic():
            remove_absence(absence, at=at)
            note_rota_row(request, Action.DELETED, absence, at=at)
    messages.success(request, "The absence has been removed. The shifts in that time count again.")
    return HttpResponseRedirect(reverse("desk:rota-mine" if mine or not edits else "desk:rota-absences"))
