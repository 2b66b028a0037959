"""An exchange: two people's shifts change hands together, when a lead approves, or not at all."""

from datetime import timedelta

import pytest

from helpline.models import Absence, Account, Counsellor, Shift, ShiftOffer
from helpline.rota.consequences import AllConsequences, Consequences
from helpline.rota.shifts import add_shift, put_shift, remove_shift
from helpline.rota.swaps import CannotOfferShift, NotFreeForShift, OfferNoLongerOpen, accept_swap, approve_swap, ask_swap
from tests.helpline.rota.times import AT, DAY, FIVE, NINE, ONE


@pytest.fixture
def bens(ben: Counsellor) -> Shift:
    """Ben's Tuesday afternoon on the phone."""
    return add_shift(counsellor=ben, channel="phone", starts_at=ONE + DAY, ends_at=FIVE + DAY)


@pytest.fixture
def offer(morning: Shift, bens: Shift, anna: Counsellor, ben: Counsellor) -> ShiftOffer:
    return ask_swap(morning, asked_by=anna, offered_to=ben, at=AT, in_return=bens)


def _owners() -> list[str]:
    return list(Shift.objects.order_by("starts_at").values_list("counsellor__display_name", flat=True))


def _state(offer: ShiftOffer) -> str:
    return ShiftOffer.objects.get(pk=offer.pk).state


def test_both_change_hands_at_the_last_step(offer: ShiftOffer, ben: Counsellor, lead: Account) -> None:
    accept_swap(offer, by=ben, at=AT)
    assert _owners() == ["Anna", "Ben"]
    approve_swap(ShiftOffer.objects.get(), by=lead, at=AT, known=AllConsequences())
    assert _owners() == ["Ben", "Anna"]
    assert set(Shift.objects.values_list("sequence", flat=True)) == {1}


def test_what_each_gives_away_does_not_stand_in_their_way(morning: Shift, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    """Half of the time is the same, so each is free only because their own shift goes."""
    later = add_shift(counsellor=ben, channel="messages", starts_at=ONE, ends_at=FIVE)
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT, in_return=later)
    accept_swap(offer, by=ben, at=AT)
    approve_swap(ShiftOffer.objects.get(), by=lead, at=AT, known=())
    assert _owners() == ["Ben", "Anna"]


def test_neither_moves_when_one_of_them_is_not_free(
    offer: ShiftOffer, bens: Shift, anna: Counsellor, ben: Counsellor, lead: Account
) -> None:
    accept_swap(offer, by=ben, at=AT)
    Absence.objects.create(counsellor=anna, starts_at=bens.starts_at, ends_at=bens.ends_at)
    with pytest.raises(NotFreeForShift, match="Anna is away"):
        approve_swap(ShiftOffer.objects.get(), by=lead, at=AT, known=AllConsequences())
    assert (_owners(), _state(offer)) == (["Anna", "Ben"], "accepted")


def test_a_lead_reads_first_what_it_brings(offer: ShiftOffer, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    night = FIVE + DAY + timedelta(hours=10)
    add_shift(counsellor=anna, channel="messages", starts_at=night, ends_at=night + timedelta(hours=2))
    accept_swap(offer, by=ben, at=AT)
    with pytest.raises(Consequences, match="less than eleven hours"):
        approve_swap(ShiftOffer.objects.get(), by=lead, at=AT, known=())
    assert _owners()[:2] == ["Anna", "Ben"]


def test_only_a_shift_of_whoever_is_asked_can_come_back(
    morning: Shift, bens: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor
) -> None:
    for whom in (stella, None):
        with pytest.raises(CannotOfferShift, match="not theirs any more"):
            ask_swap(morning, asked_by=anna, offered_to=whom, at=AT, in_return=bens)
    same = add_shift(counsellor=ben, channel="phone", starts_at=NINE, ends_at=ONE)
    with pytest.raises(CannotOfferShift, match="at the same time"):
        ask_swap(morning, asked_by=anna, offered_to=ben, at=AT, in_return=same)
    Shift.objects.filter(pk=bens.pk).update(state="draft")
    with pytest.raises(CannotOfferShift):
        ask_swap(morning, asked_by=anna, offered_to=ben, at=AT, in_return=bens)


def test_it_ends_when_what_comes_back_moves_or_goes(offer: ShiftOffer, bens: Shift, ben: Counsellor, lead: Account) -> None:
    put_shift(
        bens,
        counsellor=ben,
        channel="phone",
        starts_at=bens.starts_at + timedelta(hours=1),
        ends_at=bens.ends_at,
        published=True,
        at=AT,
        known=AllConsequences(),
    )
    assert _state(offer) == "withdrawn"
    remove_shift(Shift.objects.get(pk=bens.pk), at=AT, known=AllConsequences())
    assert not ShiftOffer.objects.exists()
    assert _owners() == ["Anna"]


def test_it_ends_when_what_comes_back_has_changed_hands(
    offer: ShiftOffer, bens: Shift, ben: Counsellor, stella: Counsellor, lead: Account
) -> None:
    other = ask_swap(bens, asked_by=ben, offered_to=stella, at=AT)
    accept_swap(other, by=stella, at=AT)
    approve_swap(ShiftOffer.objects.get(pk=other.pk), by=lead, at=AT, known=AllConsequences())
    assert _state(offer) == "withdrawn"
    with pytest.raises(OfferNoLongerOpen):
        accept_swap(offer, by=ben, at=AT)
    assert _owners() == ["Anna", "Stella"]
