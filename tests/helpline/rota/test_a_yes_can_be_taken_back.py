"""Whoever said yes to a swap may say no until a lead has approved; whoever has the shift, or a lead, ends any offer of it."""

import pytest
from django.core import mail
from pytest_django import Settings

from helpline.models import Account, Counsellor, Shift, ShiftOffer
from helpline.rota.cover_offers import offer_cover
from helpline.rota.notices import send_rota_notices
from helpline.rota.swaps import OfferNoLongerOpen, accept_swap, approve_swap, ask_swap, end_cover, unaccept_swap, withdraw_offer
from tests.helpline.rota.times import AT, DAY


@pytest.fixture(autouse=True)
def with_email(settings: Settings) -> None:
    settings.SENDS_EMAIL = True


def told() -> list[tuple[str, str]]:
    mail.outbox.clear()
    send_rota_notices(at=AT + DAY)
    return sorted((message.to[0].partition("@")[0], str(message.subject)) for message in mail.outbox)


def test_it_is_asked_for_as_before_and_may_be_accepted_again(
    morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor, lead: Account
) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=None, at=AT)
    accept_swap(offer, by=ben, at=AT)
    told()
    unaccept_swap(offer, by=ben, at=AT)
    offer.refresh_from_db()
    assert (offer.state, offer.accepted_by) == ("asked", None)
    assert told() == [("anna", "Rota: a yes was withdrawn"), ("lena", "Rota: a yes was withdrawn")]
    accept_swap(offer, by=stella, at=AT + DAY / 24)
    assert told() == [("anna", "Rota: a swap is waiting for a lead"), ("lena", "Rota: a swap is waiting for a lead")], "each yes is told"
    offer.refresh_from_db()
    approve_swap(offer, by=lead, at=AT + DAY / 24, known=())
    morning.refresh_from_db()
    assert morning.counsellor == stella


def test_nobody_else_takes_it_back_and_nobody_once_it_is_approved(
    morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor, lead: Account
) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=None, at=AT)
    accept_swap(offer, by=ben, at=AT)
    for other in (anna, stella):
        with pytest.raises(OfferNoLongerOpen):
            unaccept_swap(offer, by=other, at=AT)
    offer.refresh_from_db()
    approve_swap(offer, by=lead, at=AT, known=())
    with pytest.raises(OfferNoLongerOpen):
        unaccept_swap(offer, by=ben, at=AT)


def test_whoever_has_the_shift_ends_an_offer_that_came_with_it(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    offer = offer_cover(morning, asked_by=anna, at=AT)
    Shift.objects.filter(pk=morning.pk).update(counsellor=ben)
    withdraw_offer(offer, by=ben, at=AT)
    morning.refresh_from_db()
    assert offer_cover(morning, asked_by=ben, at=AT).state == ShiftOffer.State.ASKED


def test_a_lead_ends_the_search_for_cover_once(morning: Shift, anna: Counsellor, lead: Account) -> None:
    offer = offer_cover(morning, asked_by=anna, at=AT)
    told()
    end_cover(offer, by=lead, at=AT)
    assert told() == [("anna", "Rota: cover is no longer wanted")]
    with pytest.raises(OfferNoLongerOpen):
        end_cover(offer, by=lead, at=AT)
