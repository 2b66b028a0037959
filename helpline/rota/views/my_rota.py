"""A counsellor's own page: next shifts, offers, absences, and the calendar address."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpline.calendar import Interval
from helpline.clock import now
from helpline.models import Counsellor, RotaFeed, Shift
from helpline.models.audit import Action
from helpline.rota.calendar_feed import end_feed, reset_feed
from helpline.rota.consequences import Consequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.my_rota import my_rota as own_rota
from helpline.rota.swap_forms import SwapForm
from helpline.rota.swaps import (
    CannotOfferShift,
    OfferNoLongerOpen,
    accept_swap,
    ask_swap,
    refuse_swap,
    unaccept_swap,
    withdraw_offer,
)
from helpline.rota.views.access import confirm_rota_change, counsellors_only, rota_page, rota_zone
from helpline.rota.views.audit_trail import note_offer_change, note_rota_change
from helpline.rota.views.swaps import offer_changed, offer_or_404
from helpline.rota.wording import channel_words, rota_span_words
from helpline.staff.access import account_of


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:rota-mine"))


@require_safe
@counsellors_only
def my_rota_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Everything of one's own."""
    return _shown(request, counsellor)


def _shown(request: HttpRequest, counsellor: Counsellor, address: str = "") -> HttpResponse:
    context = {
        "mine": own_rota(counsellor, at=now(), zone=rota_zone()),
        "address": address,
        "reminded": counsellor.reminded,
        "sends_email": settings.SENDS_EMAIL,
    }
    return rota_page(request, "mine", context)


@require_http_methods(["GET", "HEAD", "POST"])
@counsellors_only
def ask_swap_view(request: HttpRequest, counsellor: Counsellor, shift_id: int) -> HttpResponse:
    """Asks someone, or everyone, to take a shift."""
    own = rota_zone()
    shift = get_object_or_404(Shift, pk=shift_id, counsellor=counsellor, state=Shift.State.PUBLISHED)
    form = SwapForm(request.POST if request.method == "POST" else None, asked_by=counsellor.pk, at=now(), zone=own)
    if form.is_valid():
        whom, at = form.cleaned_data["offered_to"], now()
        try:
            with transaction.atomic():
                made = ask_swap(shift, asked_by=counsellor, offered_to=whom, at=at, in_return=form.cleaned_data["in_return"])
                note_offer_change(request, Action.ASKED, made, at=at)
        except CannotOfferShift as error:
            form.add_error("in_return" if form.cleaned_data["in_return"] else "offered_to", str(error))
        else:
            messages.success(request, f"You have asked {whom or 'everyone'}. The shift is yours until a lead approves who takes it.")
            return _back()
    when = rota_span_words(Interval(shift.starts_at, shift.ends_at), own)
    return rota_page(request, "swap_ask", {"form": form, "when": when, "channel": channel_words(shift.channel)})


@require_POST
@counsellors_only
def offer_cover_view(request: HttpRequest, counsellor: Counsellor, shift_id: int) -> HttpResponse:
    """The first to take it has it."""
    shift, at = get_object_or_404(Shift, pk=shift_id, counsellor=counsellor), now()
    try:
        with transaction.atomic():
            made = offer_cover(shift, asked_by=counsellor, at=at)
            note_offer_change(request, Action.ASKED, made, at=at)
    except CannotOfferShift as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "You have asked for cover. The shift is yours until someone takes it.")
    return _back()


@require_POST
@counsellors_only
def withdraw_offer_view(request: HttpRequest, counsellor: Counsellor, offer_id: int) -> HttpResponse:
    """Keeps the shift after all."""
    offer, at = offer_or_404(offer_id), now()
    with offer_changed(request, Action.WITHDRAWN, offer, at=at, done="Withdrawn. You keep the shift."):
        withdraw_offer(offer, by=counsellor, at=at)
    return _back()


@require_POST
@counsellors_only
def accept_swap_view(request: HttpRequest, counsellor: Counsellor, offer_id: int) -> HttpResponse:
    """Says yes to a swap."""
    offer, at = offer_or_404(offer_id), now()
    accepted = "Accepted. The shift is yours when a lead approves it."
    with offer_changed(request, Action.ACCEPTED, offer, at=at, done=accepted, not_done="Not accepted. "):
        accept_swap(offer, by=counsellor, at=at)
    return _back()


@require_POST
@counsellors_only
def decline_swap_view(request: HttpRequest, counsellor: Counsellor, offer_id: int) -> HttpResponse:
    """Says no to a swap that was offered to oneself."""
    offer, at = offer_or_404(offer_id), now()
    with offer_changed(request, Action.REFUSED, offer, at=at, done="You said no. The colleague who asked will be told."):
        if offer.offered_to_id != counsellor.pk:
            raise OfferNoLongerOpen("This swap was offered to everyone, so you do not need to say no.")
        refuse_swap(offer, by=account_of(request), at=at)
    return _back()


@require_POST
@counsellors_only
def unaccept_swap_view(request: HttpRequest, counsellor: Counsellor, offer_id: int) -> HttpResponse:
    """Takes back one's yes to a swap, while no lead has approved it."""
    offer, at = offer_or_404(offer_id), now()
    with offer_changed(request, Action.REFUSED, offer, at=at, done="Withdrawn. The colleague who asked and the leads will be told."):
        unaccept_swap(offer, by=counsellor, at=at)
    return _back()


@require_POST
@counsellors_only
def take_cover_view(request: HttpRequest, counsellor: Counsellor, offer_id: int) -> HttpResponse:
    """Takes a shift for which cover is wanted."""
    offer, at = offer_or_404(offer_id), now()
    try:
        with offer_changed(request, Action.TAKEN, offer, at=at, done="The shift is yours.", not_done="Not taken. "):
            take_cover(offer, by=counsellor, at=at)
    except Consequences as come:
        messages.error(request, f"Not taken. {' '.join(come.sentences)} Ask a lead: they can still put you on it.")
    return _back()


@require_POST
@counsellors_only
def reminders_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Emails a day before each shift: on or off."""
    wanted = request.POST.get("reminded") == "yes"
    with transaction.atomic():
        if Counsellor.objects.filter(pk=counsellor.pk, reminded=not wanted).update(reminded=wanted):
            note_rota_change(request, Action.CHANGED, "reminders", at=now())
    messages.success(request, "You will get an email a day before each shift." if wanted else "You will get no reminders of shifts.")
    return _back()


@require_POST
@counsellors_only
def reset_feed_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """A new calendar address, shown this once: only its hash is kept. It is in no other page, and the old one ends, once that was read."""
    at = now()
    if "sure" not in request.POST and RotaFeed.objects.filter(counsellor=counsellor).exists():
        return confirm_rota_change(
            request,
            heading="Make a new calendar address?",
            sentences=["Your current address stops working at once. Calendars that use it will no longer show your shifts."],
            action=reverse("desk:rota-feed-reset"),
            button="Make a new address",
            back=reverse("desk:rota-mine"),
            kept={"sure": "yes"},
        )
    with transaction.atomic():
        secret = reset_feed(counsellor, at=at)
        note_rota_change(request, Action.CHANGED, "calendar address", at=at)
    return _shown(request, counsellor, f"{settings.ORIGIN}{reverse('rota-feed', args=[secret])}")


@require_POST
@counsellors_only
def end_feed_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """No calendar address any more; one can be made again at any time."""
    at = now()
    with transaction.atomic():
        if end_feed(counsellor):
            note_rota_change(request, Action.DELETED, "calendar address", at=at)
    messages.success(request, "Your calendar address is switched off. It no longer gives anything.")
    return _back()
