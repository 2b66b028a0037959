"""Asked, accepted, approved: the shift changes hands at the last step alone, and each step happens once."""

import pytest

from helpline.hours.on_duty import counsellors_on_duty
from helpline.models import Absence, Account, Counsellor, Shift, ShiftOffer
from helpline.rota.consequences import Consequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.shifts import add_shift
from helpline.rota.swaps import (
    CannotOfferShift,
    NotFreeForShift,
    OfferNoLongerOpen,
    accept_swap,
    approve_swap,
    ask_swap,
    refuse_swap,
    withdraw_offer,
)
from tests.helpline.rota.times import AT, DAY, FIVE, NINE, ONE
from tests.world.instants import utc


def _state(offer: ShiftOffer) -> str:
    return ShiftOffer.objects.get(pk=offer.pk).state


def _fresh(offer: ShiftOffer) -> ShiftOffer:
    return ShiftOffer.objects.get(pk=offer.pk)


def test_from_asking_to_approval(morning: Shift, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    assert counsellors_on_duty(channel="messages", at=NINE) == [anna.pk]
    accept_swap(offer, by=ben, at=AT)
    assert counsellors_on_duty(channel="messages", at=NINE) == [anna.pk]
    approve_swap(_fresh(offer), by=lead, at=AT, known=())
    assert (counsellors_on_duty(channel="messages", at=NINE), _state(offer)) == ([ben.pk], "approved")
    with pytest.raises(OfferNoLongerOpen):
        approve_swap(_fresh(offer), by=lead, at=AT, known=())


def test_offered_to_all_the_first_accepts(morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=None, at=AT)
    accept_swap(offer, by=stella, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        accept_swap(offer, by=ben, at=AT)
    assert _fresh(offer).accepted_by == stella


def test_what_was_offered_to_somebody_is_not_for_others(morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    for person in (stella, anna):
        with pytest.raises((OfferNoLongerOpen, NotFreeForShift)):
            accept_swap(offer, by=person, at=AT)
    assert _state(offer) == "asked"


def test_whoever_works_or_is_away_then_cannot_accept(morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=None, at=AT)
    add_shift(counsellor=ben, channel="phone", starts_at=NINE, ends_at=ONE)
    Absence.objects.create(counsellor=stella, starts_at=NINE, ends_at=FIVE)
    for person, why in ((ben, "Ben has another shift"), (stella, "Stella is away")):
        with pytest.raises(NotFreeForShift, match=why):
            accept_swap(offer, by=person, at=AT)


def test_what_changed_before_the_approval_counts(morning: Shift, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    accept_swap(offer, by=ben, at=AT)
    add_shift(counsellor=ben, channel="phone", starts_at=NINE, ends_at=ONE)
    with pytest.raises(NotFreeForShift):
        approve_swap(_fresh(offer), by=lead, at=AT, known=())
    assert (_state(offer), Shift.objects.get(pk=morning.pk).counsellor) == ("accepted", anna)


def test_short_rest_is_told_and_a_lead_may_go_on(morning: Shift, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    add_shift(counsellor=ben, channel="phone", starts_at=utc("2026-11-01 19:00"), ends_at=utc("2026-11-01 23:00"))
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    accept_swap(offer, by=ben, at=AT)
    with pytest.raises(Consequences) as told:
        approve_swap(_fresh(offer), by=lead, at=AT, known=())
    assert told.value.sentences == [
        "Ben would have less than eleven hours’ rest: between Sunday 1 November, 19:00 to 23:00 and Monday 2 November, 09:00 to 13:00."
    ]
    assert _state(offer) == "accepted"
    approve_swap(_fresh(offer), by=lead, at=AT, known=told.value.sentences)
    assert Shift.objects.get(pk=morning.pk).counsellor == ben


def test_a_lead_or_the_one_who_was_asked_refuses(
    morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor, lead: Account
) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        refuse_swap(offer, by=stella.account, at=AT)
    refuse_swap(offer, by=ben.account, at=AT)
    again = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    accept_swap(again, by=ben, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        refuse_swap(again, by=ben.account, at=AT)
    refuse_swap(again, by=lead, at=AT)
    assert [_state(one) for one in (offer, again)] == ["refused", "refused"]
    assert Shift.objects.get(pk=morning.pk).counsellor == anna


def test_one_offer_at_a_time_and_it_can_be_taken_back(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    with pytest.raises(CannotOfferShift, match="already on offer"):
        offer_cover(morning, asked_by=anna, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        withdraw_offer(offer, by=ben, at=AT)
    withdraw_offer(offer, by=anna, at=AT)
    offer_cover(morning, asked_by=anna, at=AT)


@pytest.mark.parametrize("obstacle", ["somebody else's", "a draft", "begun"])
def test_only_a_coming_published_shift_of_ones_own_is_offered(morning: Shift, anna: Counsellor, ben: Counsellor, obstacle: str) -> None:
    if obstacle == "a draft":
        Shift.objects.update(state="draft")
    with pytest.raises(CannotOfferShift, match="of your own"):
        ask_swap(morning, asked_by=ben if obstacle == "somebody else's" else anna, offered_to=None, at=NINE if obstacle == "begun" else AT)
    assert not ShiftOffer.objects.exists()


def test_cover_goes_to_the_first_who_takes_it(morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    offer = offer_cover(morning, asked_by=anna, at=AT)
    assert counsellors_on_duty(channel="messages", at=NINE) == [anna.pk]
    take_cover(offer, by=stella, at=AT)
    assert counsellors_on_duty(channel="messages", at=NINE) == [stella.pk]
    with pytest.raises(OfferNoLongerOpen):
        take_cover(offer, by=ben, at=AT)


def test_cover_that_costs_the_rest_is_a_leads_to_give(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="phone", starts_at=NINE - DAY + 10 * (ONE - NINE) / 4, ends_at=NINE - 10 * (ONE - NINE) / 4)
    offer = offer_cover(morning, asked_by=anna, at=AT)
    with pytest.raises(Consequences, match="less than eleven hours"):
        take_cover(offer, by=ben, at=AT)
    assert (_state(offer), Shift.objects.get(pk=morning.pk).counsellor) == ("asked", anna)


def test_nothing_can_be_taken_that_has_begun(morning: Shift, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    cover = offer_cover(morning, asked_by=anna, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        take_cover(cover, by=ben, at=NINE)
    withdraw_offer(cover, by=anna, at=AT)
    swap = ask_swap(morning, asked_by=anna, offered_to=None, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        accept_swap(swap, by=ben, at=NINE)
    accept_swap(swap, by=ben, at=AT)
    with pytest.raises(OfferNoLongerOpen):
        approve_swap(_fresh(swap), by=lead, at=NINE, known=())
