"""Swaps: everyone sees them, a lead decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from helpline.calendar import Interval
from helpline.clock import now
from helpline.models import ShiftOffer
from helpline.models.audit import Action
from helpline.rota.consequences import Consequences
from helpline.rota.my_rota import exchange_words
from helpline.rota.shifts import ShiftOverlaps
from helpline.rota.swaps import NotFreeForShift, OfferNoLongerOpen, approve_swap, end_cover, refuse_swap
from helpline.rota.views.access import confirm_rota_change, known_consequences, leads_only, rota_page, rota_zone, seen_by_all, told_above
from helpline.rota.views.audit_trail import note_offer_change
from helpline.rota.wording import channel_words, rota_span_words
from helpline.staff.access import account_of


def offer_or_404(offer_id: int) -> ShiftOffer:
    """The offer with everyone in it, or 404."""
    everything = ShiftOffer.objects.select_related("shift__counsellor", "asked_by__account", "offered_to__account", "accepted_by__account")
    return get_object_or_404(everything, pk=offer_id)


@contextmanager
def offer_changed(
    request: HttpRequest, action: Action, offer: ShiftOffer, *, at: datetime, done: str, not_done: str = ""
) -> Iterator[None]:
    """Runs its block in one transaction with the entry in the audit trail, and says `done` above the next page.

    If the offer is over, or the counsellor who takes the shift is not free, nothing changes, and the page says `not_done` and why.
    The caller handles consequences that a lead has to read first.
    """
    with told_above(request, (OfferNoLongerOpen, NotFreeForShift, ShiftOverlaps), done=done, not_done=not_done):
        yield
        note_offer_change(request, action, offer, at=at)


@require_safe
@seen_by_all
def swaps_view(request: HttpRequest) -> HttpResponse:
    """What is open: those that wait for a lead first."""
    own = rota_zone()
    offers = ShiftOffer.objects.filter(state__in=ShiftOffer.OPEN, shift__starts_at__gt=now())
    rows: list[dict[str, Any]] = [
        {
            "offer": offer,
            "when": rota_span_words(Interval(offer.shift.starts_at, offer.shift.ends_at), own),
            "channel": channel_words(offer.shift.channel),
            "in_return": exchange_words(offer, own),
        }
        for offer in offers.select_related("shift", "in_return", "asked_by", "offered_to", "accepted_by")
    ]
    waiting = [row for row in rows if row["offer"].state == ShiftOffer.State.ACCEPTED]
    return rota_page(request, "swaps", {"waiting": waiting, "others": [row for row in rows if row not in waiting]})


@require_POST
@leads_only
def approve_swap_view(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The shift changes hands."""
    offer, back, at = offer_or_404(offer_id), reverse("desk:rota-swaps"), now()
    approved = f"Approved: {offer.accepted_by} has the shift now. {_told()}"
    try:
        with offer_changed(request, Action.APPROVED, offer, at=at, done=approved, not_done="Not approved. "):
            approve_swap(offer, by=account_of(request), at=at, known=known_consequences(request))
    except Consequences as come:
        when = rota_span_words(Interval(offer.shift.starts_at, offer.shift.ends_at), rota_zone())
        return confirm_rota_change(
            request,
            heading=f"Approve that {offer.accepted_by} takes {when} from {offer.asked_by}?",
            sentences=come.sentences,
            action=reverse("desk:rota-swap-approve", args=[offer_id]),
            button="Approve anyway",
            back=back,
        )
    return HttpResponseRedirect(back)


@require_POST
@leads_only
def refuse_swap_view(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The shift stays where it is."""
    offer, at = offer_or_404(offer_id), now()
    with offer_changed(request, Action.REFUSED, offer, at=at, done=f"Refused: {offer.asked_by} keeps the shift. {_told()}"):
        refuse_swap(offer, by=account_of(request), at=at)
    return HttpResponseRedirect(reverse("desk:rota-swaps"))


@require_POST
@leads_only
def end_cover_view(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Cover is looked for no longer: a lead found another way."""
    offer, at = offer_or_404(offer_id), now()
    with offer_changed(request, Action.WITHDRAWN, offer, at=at, done=f"Ended: the shift stays with {offer.shift.counsellor}."):
        end_cover(offer, by=account_of(request), at=at)
    return HttpResponseRedirect(reverse("desk:rota-swaps"))


def _told() -> str:
    return (
        "Both will be told by email."
        if settings.SENDS_EMAIL
        else "This installation does not send email, so tell them both. They can see it on “My shifts”."
    )
