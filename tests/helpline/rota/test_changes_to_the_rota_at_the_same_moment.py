"""Sixteen threads on a real Postgres: a shift has one taker, and nobody gets a shift for a time that they were noted away for unseen."""

from datetime import timedelta
from itertools import pairwise

import pytest

from helpline.calendar import Interval
from helpline.models import Absence, Account, Counsellor, OpeningInterval, Organisation, Shift, ShiftOffer
from helpline.rota.absences import note_absence
from helpline.rota.consequences import AllConsequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.open_shifts import ShiftNotOpen, take_open_shift
from helpline.rota.patterns import add_pattern
from helpline.rota.shifts import ShiftOverlaps, add_shift, put_shift
from helpline.rota.swaps import CannotOfferShift, NotFreeForShift, OfferNoLongerOpen, accept_swap, approve_swap, ask_swap
from helpline.rota.weeks import make_shifts
from tests.helpline.rota.times import AT, DAY, NINE, ONE
from tests.world.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS, ROUNDS = 16, 8


def _people(number: int) -> list[Counsellor]:
    accounts = [Account.objects.create(email=f"c{each}@helpline.example", name=f"C{each}") for each in range(number)]
    return [Counsellor.objects.create(account=account, display_name=account.name) for account in accounts]


@pytest.fixture
def crowd(transactional_db: None) -> list[Counsellor]:
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000")
    return _people(THREADS)


@pytest.fixture
def lead(transactional_db: None) -> Account:
    return Account.objects.create(email="lena@helpline.example", name="Lena", role=Account.Role.LEAD)


@pytest.fixture
def giver(transactional_db: None) -> Counsellor:
    account = Account.objects.create(email="gwen@helpline.example", name="Gwen")
    return Counsellor.objects.create(account=account, display_name="Gwen")


def _succeeds(act: object, *expected: type[Exception]) -> bool:
    try:
        act()  # type: ignore[operator]
    except expected:
        return False
    return True


def test_cover_that_all_take_at_once_goes_to_one(crowd: list[Counsellor], giver: Counsellor) -> None:
    shift = add_shift(counsellor=giver, channel="messages", starts_at=NINE, ends_at=ONE)
    offer = offer_cover(shift, asked_by=giver, at=AT)
    took = together(lambda who: _succeeds(lambda: take_cover(offer, by=who, at=AT), OfferNoLongerOpen), crowd)
    assert took.count(True) == 1
    taken = ShiftOffer.objects.get()
    assert (taken.state, taken.accepted_by, Shift.objects.get().counsellor) == ("taken", crowd[took.index(True)], crowd[took.index(True)])


def test_a_swap_that_all_accept_at_once_is_accepted_by_one(crowd: list[Counsellor], giver: Counsellor) -> None:
    shift = add_shift(counsellor=giver, channel="messages", starts_at=NINE, ends_at=ONE)
    offer = ask_swap(shift, asked_by=giver, offered_to=None, at=AT)
    accepted = together(lambda who: _succeeds(lambda: accept_swap(offer, by=who, at=AT), OfferNoLongerOpen), crowd)
    assert (accepted.count(True), ShiftOffer.objects.get().accepted_by) == (1, crowd[accepted.index(True)])


def test_a_shift_is_offered_once(giver: Counsellor) -> None:
    shift = add_shift(counsellor=giver, channel="messages", starts_at=NINE, ends_at=ONE)
    made = together(lambda _: _succeeds(lambda: offer_cover(shift, asked_by=giver, at=AT), CannotOfferShift), range(THREADS))
    assert (made.count(True), ShiftOffer.objects.count()) == (1, 1)


def test_an_absence_and_a_swap_at_once_do_not_miss_each_other(crowd: list[Counsellor], giver: Counsellor, lead: Account) -> None:
    """Each of eight takes a shift over while noted away for its time: either the shift is refused, or the absence was told of it."""
    for number in range(ROUNDS):
        start = NINE + number * DAY
        takers = crowd[:8]
        shifts = []
        for hour, taker in enumerate(takers):
            begins = start + hour * timedelta(hours=1)
            shift = add_shift(counsellor=giver, channel="messages", starts_at=begins, ends_at=begins + timedelta(minutes=30))
            offer = ask_swap(shift, asked_by=giver, offered_to=taker, at=AT)
            accept_swap(offer, by=taker, at=AT)
            shifts.append(ShiftOffer.objects.select_related("shift", "accepted_by", "asked_by").get(pk=offer.pk))
        told: dict[int, list[str]] = {}

        def act(each: tuple[str, ShiftOffer], told: dict[int, list[str]] = told) -> bool:
            what, offer = each
            taker, shift = offer.accepted_by, offer.shift
            assert taker is not None
            if what == "approve":
                return _succeeds(lambda: approve_swap(offer, by=lead, at=AT, known=AllConsequences()), NotFreeForShift, OfferNoLongerOpen)
            told[shift.pk] = note_absence(
                counsellor=taker, starts_at=shift.starts_at, ends_at=shift.ends_at, at=AT, known=AllConsequences()
            )
            return True

        together(act, [(what, offer) for offer in shifts for what in ("approve", "away")])
        for offer in shifts:
            shift = Shift.objects.get(pk=offer.shift_id)
            changed_hands = shift.counsellor_id == offer.accepted_by_id
            assert Absence.objects.filter(counsellor=offer.accepted_by, starts_at=shift.starts_at).exists()
            assert changed_hands == any("has a shift on messages" in sentence for sentence in told[shift.pk])
            assert (ShiftOffer.objects.get(pk=offer.pk).state == "approved") == changed_hands


def test_many_leads_put_one_person_on_many_shifts_and_none_overlap(crowd: list[Counsellor]) -> None:
    anna = crowd[0]

    def put(number: int) -> bool:
        starts = NINE + number % 4 * timedelta(minutes=30)
        channel = "phone" if number % 2 else "messages"
        return _succeeds(
            lambda: put_shift(
                None,
                counsellor=anna,
                channel=channel,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                published=bool(number % 3),
                at=AT,
                known=AllConsequences(),
            ),
            ShiftOverlaps,
        )

    put_in = together(put, range(THREADS)).count(True)
    shifts = list(Shift.objects.order_by("starts_at"))
    assert put_in == len(shifts) in {1, 2}
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(shifts))


def test_of_many_who_take_the_last_open_shift_one_has_it(crowd: list[Counsellor]) -> None:
    OpeningInterval.objects.create(channel="messages", weekday=0, opens=540, closes=780)
    Organisation.objects.update(open_shifts="take")
    slot = Interval(NINE, NINE + timedelta(hours=4))
    took = together(lambda who: _succeeds(lambda: take_open_shift(who, "messages", slot, at=AT), ShiftNotOpen), crowd)
    assert (took.count(True), Shift.objects.count()) == (1, 1)


def test_patterns_that_several_leads_make_at_once_are_made_once(crowd: list[Counsellor]) -> None:
    OpeningInterval.objects.create(channel="messages", weekday=0, opens=540, closes=1020)
    for person in crowd:
        add_pattern(counsellor=person, channel="messages", weekday=0, starts=540, ends=780, starts_on=AT.date(), ends_on=None)
    made = together(lambda _: len(make_shifts(NINE.date(), 7).shifts), range(8))
    assert sorted(made) == [0] * 7 + [THREADS]
    assert Shift.objects.count() == THREADS
