"""Swaps, cover and the calendar address, from page to page."""

from collections.abc import Callable
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from helpline.models import RotaFeed, Shift, ShiftOffer
from tests.helpline.rota.pages.staff import Staff, shift_of

Browser = Callable[[str], Client]


def _text(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_a_swap_from_page_to_page(staff: Staff, signed_in: Browser) -> None:
    shift = shift_of(staff.counsellor.counsellor, 3)
    ailsa, connor, lead = signed_in("counsellor"), signed_in("other"), signed_in("lead")
    ailsa.post(reverse("desk:rota-swap-ask", args=[shift.pk]), {"offered_to": str(staff.other.counsellor.pk)})
    offer = ShiftOffer.objects.get()
    assert "Ailsa asks you to take this shift." in " ".join(_text(connor.get(reverse("desk:rota-mine"))).split())
    assert "Accepted." in _text(connor.post(reverse("desk:rota-swap-accept", args=[offer.pk]), follow=True))
    assert "who has said yes" in _text(lead.get(reverse("desk:rota-swaps")))
    assert "Connor has the shift now" in _text(lead.post(reverse("desk:rota-swap-approve", args=[offer.pk]), follow=True))
    assert "already been decided or withdrawn" in _text(lead.post(reverse("desk:rota-swap-refuse", args=[offer.pk]), follow=True))
    assert Shift.objects.get(pk=shift.pk).counsellor == staff.other.counsellor


def test_an_exchange_from_page_to_page(staff: Staff, signed_in: Browser) -> None:
    mine, theirs = shift_of(staff.counsellor.counsellor, 3), shift_of(staff.other.counsellor, 5, channel="phone")
    ailsa, connor, lead = signed_in("counsellor"), signed_in("other"), signed_in("lead")
    ask = reverse("desk:rota-swap-ask", args=[mine.pk])
    assert "Connor: " in _text(ailsa.get(ask))
    wrong = ailsa.post(ask, {"offered_to": str(staff.lead.counsellor.pk), "in_return": str(theirs.pk)})
    assert "Choose a shift of Bhavna, or ask Connor instead." in _text(wrong)
    ailsa.post(ask, {"in_return": str(theirs.pk)})
    offer = ShiftOffer.objects.get()
    assert "and would take yours in return" in " ".join(_text(connor.get(reverse("desk:rota-mine"))).split())
    connor.post(reverse("desk:rota-swap-accept", args=[offer.pk]))
    assert "In return Ailsa would take" in " ".join(_text(lead.get(reverse("desk:rota-swaps"))).split())
    lead.post(reverse("desk:rota-swap-approve", args=[offer.pk]))
    owners = dict(Shift.objects.filter(pk__in=[mine.pk, theirs.pk]).values_list("pk", "counsellor__display_name"))
    assert owners == {mine.pk: "Connor", theirs.pk: "Ailsa"}


def test_saying_no(staff: Staff, signed_in: Browser) -> None:
    shift = shift_of(staff.counsellor.counsellor, 3)
    signed_in("counsellor").post(reverse("desk:rota-swap-ask", args=[shift.pk]), {"offered_to": str(staff.other.counsellor.pk)})
    offer = ShiftOffer.objects.get()
    assert "offered to everyone, so you do not need to say no" in _text(
        signed_in("lead").post(reverse("desk:rota-swap-decline", args=[offer.pk]), follow=True)
    )
    assert "You said no." in _text(signed_in("other").post(reverse("desk:rota-swap-decline", args=[offer.pk]), follow=True))


def test_cover_from_page_to_page(staff: Staff, signed_in: Browser) -> None:
    shift = shift_of(staff.counsellor.counsellor, 3)
    ailsa, connor = signed_in("counsellor"), signed_in("other")
    ailsa.post(reverse("desk:rota-cover-offer", args=[shift.pk]))
    offer = ShiftOffer.objects.get()
    assert "Ailsa wants cover for this shift." in _text(connor.get(reverse("desk:rota-mine")))
    assert "The shift is yours." in _text(connor.post(reverse("desk:rota-cover-take", args=[offer.pk]), follow=True))
    assert "has been taken or withdrawn" in _text(signed_in("lead").post(reverse("desk:rota-cover-take", args=[offer.pk]), follow=True))
    assert "has already ended" in _text(ailsa.post(reverse("desk:rota-offer-withdraw", args=[offer.pk]), follow=True))


def test_the_calendar_address_is_shown_once(staff: Staff, signed_in: Browser) -> None:
    shift_of(staff.counsellor.counsellor, 3)
    client = signed_in("counsellor")
    shown = client.post(reverse("desk:rota-feed-reset"))
    address = str(shown.context["address"])
    assert address in _text(shown)
    assert Client().get("/" + address.split("/", 3)[3]).status_code == 200
    assert "/rota/" not in _text(client.get(reverse("desk:rota-mine"))).replace("/desk/rota/", "")
    assert RotaFeed.objects.count() == 1


def _path(shown: Any) -> str:
    return "/" + str(shown.context["address"]).split("/", 3)[3]


def test_a_new_calendar_address_is_asked_about_where_there_is_one(staff: Staff, signed_in: Browser) -> None:
    client = signed_in("counsellor")
    first = _path(client.post(reverse("desk:rota-feed-reset")))
    asked = client.post(reverse("desk:rota-feed-reset"))
    assert "Make a new calendar address?" in asked.content.decode()
    assert Client().get(first).status_code == 200, "nothing has changed yet"
    second = _path(client.post(reverse("desk:rota-feed-reset"), {"sure": "yes"}))
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    client.post(reverse("desk:rota-feed-end"))
    assert Client().get(second).status_code == 404
    assert "Make an address" in client.get(reverse("desk:rota-mine")).content.decode()
