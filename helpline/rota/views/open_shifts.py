"""Open shifts: counsellors take them or ask for them, and a lead decides on what is asked for."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from helpline.calendar import Interval
from helpline.clock import now
from helpline.models import Counsellor, Organisation, ShiftRequest
from helpline.models.audit import Action
from helpline.models.hours import Channel
from helpline.organisation import organisation
from helpline.rota.consequences import Consequences
from helpline.rota.forms import instant_in_address
from helpline.rota.gaps import snapshot_ahead
from helpline.rota.open_shifts import (
    RequestNoLongerOpen,
    ShiftNotOpen,
    approve_shift_request,
    ask_all_who_are_free,
    open_shifts,
    refuse_shift_request,
    request_open_shift,
    take_open_shift,
    withdraw_shift_request,
)
from helpline.rota.shifts import ShiftOverlaps
from helpline.rota.swaps import NotFreeForShift
from helpline.rota.views.access import (
    confirm_rota_change,
    counsellors_only,
    edited,
    known_consequences,
    leads_only,
    own_counsellor,
    rota_page,
    rota_zone,
    seen_by_all,
    told_above,
)
from helpline.rota.views.audit_trail import note_rota_change, note_rota_row, note_shift_change
from helpline.rota.wording import channel_words, number_words, rota_span_words
from helpline.staff.access import account_of

REFUSED = (ShiftNotOpen, RequestNoLongerOpen, NotFreeForShift, ShiftOverlaps)


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:rota-open"))


@require_safe
@seen_by_all
def open_shifts_view(request: HttpRequest) -> HttpResponse:
    """Those of four weeks, with what this account may do about each, and the requests that wait for a lead."""
    at, own = now(), organisation()
    picture = snapshot_ahead(at=at, own=own)
    who = own_counsellor(account_of(request))
    waiting = ShiftRequest.objects.filter(state=ShiftRequest.State.ASKED, starts_at__gt=at).select_related("counsellor")
    context: dict[str, Any] = {
        "way": own.open_shifts,
        "shifts": [
            {
                "open": each,
                "when": rota_span_words(each.interval, picture.zone),
                "channel": channel_words(each.channel),
                "missing": f"{number_words(each.missing)} more {'person' if each.missing == 1 else 'people'}",
            }
            for each in open_shifts(who, at=at, picture=picture)
        ],
        "requests": [
            {
                "request": each,
                "when": rota_span_words(Interval(each.starts_at, each.ends_at), picture.zone),
                "channel": channel_words(each.channel),
            }
            for each in waiting
        ],
    }
    return rota_page(request, "open", context)


@require_POST
@counsellors_only
def take_open_shift_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Takes it, or asks for it: as the organisation has it."""
    at = now()
    try:
        channel, interval = _posted(request)
        when = rota_span_words(interval, rota_zone())
        with transaction.atomic():
            if organisation().open_shifts == Organisation.OpenShifts.TAKE:
                note_shift_change(request, None, take_open_shift(counsellor, channel, interval, at=at), at=at)
                done = f"The shift is yours: {channel_words(channel)}, {when}."
            else:
                note_rota_row(request, Action.ASKED, request_open_shift(counsellor, channel, interval, at=at), at=at)
                done = f"You have asked for {channel_words(channel)}, {when}. A lead decides."
    except REFUSED as error:
        messages.error(request, f"Not done. {error}")
    except Consequences as come:
        messages.error(request, f"Not done. {' '.join(come.sentences)} Ask a lead: they can still put you on it.")
    else:
        messages.success(request, done)
    return _back()


@require_POST
@counsellors_only
def withdraw_shift_request_view(request: HttpRequest, counsellor: Counsellor, shift_request_id: int) -> HttpResponse:
    """Asks for it no longer."""
    found, at = _request_or_404(shift_request_id), now()
    with told_above(request, REFUSED, done="Withdrawn. You no longer ask for this shift."):
        withdraw_shift_request(found, by=counsellor, at=at)
        note_rota_row(request, Action.WITHDRAWN, found, at=at)
    return _back()


@require_POST
@leads_only
def approve_shift_request_view(request: HttpRequest, shift_request_id: int) -> HttpResponse:
    """The shift is theirs."""
    found, at = _request_or_404(shift_request_id), now()
    try:
        with told_above(request, REFUSED, done=f"Approved: {found.counsellor} has the shift.", not_done="Not approved. "):
            approve_shift_request(found, by=account_of(request), at=at, known=known_consequences(request))
            note_rota_row(request, Action.APPROVED, found, at=at)
    except Consequences as come:
        when = rota_span_words(Interval(found.starts_at, found.ends_at), rota_zone())
        return confirm_rota_change(
            request,
            heading=f"Give {found.counsellor} the shift on {when}?",
            sentences=come.sentences,
            action=reverse("desk:rota-request-approve", args=[shift_request_id]),
            button="Approve anyway",
            back=reverse("desk:rota-open"),
        )
    return _back()


@require_POST
@leads_only
def refuse_shift_request_view(request: HttpRequest, shift_request_id: int) -> HttpResponse:
    """The shift stays open."""
    found, at = _request_or_404(shift_request_id), now()
    with told_above(request, REFUSED, done=f"Refused. {found.counsellor} sees it on this page."):
        refuse_shift_request(found, by=account_of(request), at=at)
        note_rota_row(request, Action.REFUSED, found, at=at)
    return _back()


@require_POST
@edited
def ask_all_view(request: HttpRequest) -> HttpResponse:
    """An email to everyone who is free, not away and rested then."""
    at = now()
    try:
        channel, interval = _posted(request)
    except ShiftNotOpen as error:
        messages.error(request, str(error))
        return _back()
    with transaction.atomic():
        number = ask_all_who_are_free(channel, interval, at=at)
        note_rota_change(request, Action.ASKED, "open shift", at=at)
    if number:
        messages.success(request, f"{number_words(number).capitalize()} {'person' if number == 1 else 'people'} will be asked by email.")
    else:
        messages.error(request, "Nobody is free, present and rested for all of it.")
    return _back()


def _request_or_404(shift_request_id: int) -> ShiftRequest:
    return get_object_or_404(ShiftRequest.objects.select_related("counsellor__account"), pk=shift_request_id)


def _posted(request: HttpRequest) -> tuple[str, Interval]:
    """The channel and the time of the button that was pressed.

    Raises:
        ShiftNotOpen: no page sends such a one.
    """
    channel, start, end = (
        request.POST.get("channel", ""),
        instant_in_address(request.POST.get("start", "")),
        instant_in_address(request.POST.get("end", "")),
    )
    if channel not in Channel.values or start is None or end is None or start >= end:
        raise ShiftNotOpen("This shift is no longer open. Load the page again to see which are.")
    return channel, Interval(start, end)
