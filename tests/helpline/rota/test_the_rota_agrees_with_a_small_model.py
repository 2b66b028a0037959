"""Whatever order the rota's operations come in, it agrees with a model of a few sets and keeps its promises.

Twenty-five runs by day, five hundred by night (tests/parts/examples.py).
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as some
from hypothesis.stateful import rule, run_state_machine_as_test

from helpline.models import Absence, Shift
from helpline.rota.absences import note_absence, remove_absence
from helpline.rota.consequences import AllConsequences, Consequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.shifts import ShiftOverlaps, put_shift, remove_shift
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
from helpline.rota.weeks import copy_week, publish_week
from tests.helpline.rota.model import Known, Rows
from tests.parts.examples import OF_A_MODEL, examples
from tests.world.instants import utc

AT = utc("2026-11-01 18:00")
MONDAY = utc("2026-11-02 00:00")
HOUR = timedelta(hours=1)
KNOWN = AllConsequences()

people = some.integers(0, 2)
channels = some.sampled_from(["phone", "messages"])
starts = some.integers(0, 27).map(lambda slot: MONDAY + slot // 4 * timedelta(days=1) + (8 + slot % 4 * 3) * HOUR)
lengths = some.integers(1, 6)
which = some.integers(0, 30)


class Rota(Rows):
    """Every operation of the rota, in any order; what cannot be is refused, and the rows stay the model's."""

    @rule(person=people, channel=channels, start=starts, length=lengths, published=some.booleans())
    def add(self, person: int, channel: str, start: datetime, length: int, published: bool) -> None:
        end = start + length * HOUR
        given = {"channel": channel, "starts_at": start, "ends_at": end, "published": published, "at": AT, "known": KNOWN}
        if self.free(person, start, end):
            shift = put_shift(None, counsellor=self.people[person], **given)  # type: ignore[arg-type]
            self.model[shift.pk] = Known(person, channel, start, end, published)
        else:
            with pytest.raises(ShiftOverlaps):
                put_shift(None, counsellor=self.people[person], **given)  # type: ignore[arg-type]

    @rule(number=which, person=people, start=starts, length=lengths)
    def move(self, number: int, person: int, start: datetime, length: int) -> None:
        if (found := self.chosen(number)) is None:
            return
        pk, own = found
        end, shift = start + length * HOUR, Shift.objects.get(pk=pk)
        given = {"channel": own.channel, "starts_at": start, "ends_at": end, "published": False, "at": AT, "known": KNOWN}
        if self.free(person, start, end, but=pk):
            put_shift(shift, counsellor=self.people[person], **given)  # type: ignore[arg-type]
            self.model[pk] = Known(person, own.channel, start, end, own.published)
        else:
            with pytest.raises(ShiftOverlaps):
                put_shift(shift, counsellor=self.people[person], **given)  # type: ignore[arg-type]

    @rule(number=which)
    def remove(self, number: int) -> None:
        if (found := self.chosen(number)) is not None:
            remove_shift(Shift.objects.get(pk=found[0]), at=AT, known=KNOWN)
            del self.model[found[0]]

    @rule()
    def publish(self) -> None:
        week = {pk for pk, own in self.model.items() if not own.published and own.start < MONDAY + timedelta(days=7)}
        assert publish_week(MONDAY.date(), at=AT, known=KNOWN) == len(week)
        for pk in week:
            self.model[pk] = replace(self.model[pk], published=True)

    @rule()
    def copy(self) -> None:
        made = copy_week(MONDAY.date(), MONDAY.date() + timedelta(days=7))
        for shift in made.shifts:
            person = [one.pk for one in self.people].index(shift.counsellor_id)
            assert self.free(person, shift.starts_at, shift.ends_at)
            self.model[shift.pk] = Known(person, shift.channel, shift.starts_at, shift.ends_at, published=False)

    @rule(number=which, to=some.one_of(some.none(), people), cover=some.booleans(), by=people)
    def offer(self, number: int, to: int | None, cover: bool, by: int) -> None:
        if (found := self.chosen(number)) is None:
            return
        pk, own = found
        shift, asked_by = Shift.objects.get(pk=pk), self.people[by]
        possible = own.published and own.person == by and own.offer is None and (cover or to != by)

        def act() -> None:
            if cover:
                offer_cover(shift, asked_by=asked_by, at=AT)
            else:
                ask_swap(shift, asked_by=asked_by, offered_to=None if to is None else self.people[to], at=AT)

        if possible:
            act()
            self.model[pk] = replace(own, offer=("cover", None, None) if cover else ("swap", to, None))
        else:
            with pytest.raises(CannotOfferShift):
                act()

    @rule(number=which, by=people)
    def accept_or_take(self, number: int, by: int) -> None:
        found = self.chosen(number)
        if found is None or found[1].offer is None:
            return
        pk, own = found
        kind, to, accepted = found[1].offer
        offer, who = self.offer_of(pk), self.people[by]
        open_to_them = accepted is None and by != own.person and to in {None, by}
        free = self.free(by, own.start, own.end, but=pk) and self.here(by, own.start, own.end)
        if kind == "swap" and open_to_them and free:
            accept_swap(offer, by=who, at=AT)
            self.model[pk] = replace(own, offer=(kind, to, by))
        elif kind == "cover" and open_to_them and free:
            try:
                take_cover(offer, by=who, at=AT)
            except Consequences:
                return  # Their rest would be too short: nothing has changed, as the invariant sees.
            self.model[pk] = replace(own, person=by, offer=None)
        else:
            with pytest.raises((OfferNoLongerOpen, NotFreeForShift)):
                (accept_swap if kind == "swap" else take_cover)(offer, by=who, at=AT)

    @rule(number=which, approve=some.booleans())
    def decide(self, number: int, approve: bool) -> None:
        found = self.chosen(number)
        if found is None or found[1].offer is None or found[1].offer[0] != "swap":
            return
        pk, own = found
        assert own.offer is not None
        accepted, offer = own.offer[2], self.offer_of(pk)
        if not approve:
            refuse_swap(offer, by=self.lead, at=AT)
            self.model[pk] = replace(own, offer=None)
        elif accepted is not None and self.free(accepted, own.start, own.end, but=pk) and self.here(accepted, own.start, own.end):
            approve_swap(offer, by=self.lead, at=AT, known=KNOWN)
            self.model[pk] = replace(own, person=accepted, offer=None)
        else:
            with pytest.raises((OfferNoLongerOpen, NotFreeForShift)):
                approve_swap(offer, by=self.lead, at=AT, known=KNOWN)

    @rule(number=which)
    def withdraw(self, number: int) -> None:
        found = self.chosen(number)
        if found is not None and found[1].offer is not None:
            withdraw_offer(self.offer_of(found[0]), by=self.people[found[1].person], at=AT)
            self.model[found[0]] = replace(found[1], offer=None)

    @rule(person=people, start=starts, length=some.integers(1, 40))
    def be_away(self, person: int, start: datetime, length: int) -> None:
        end = start + length * HOUR
        told = note_absence(counsellor=self.people[person], starts_at=start, ends_at=end, at=AT, known=KNOWN)
        then = [own for own in self.model.values() if own.person == person and own.start < end and start < own.end]
        assert sum(" then: " in sentence for sentence in told) == len(then)
        self.away[Absence.objects.latest("pk").pk] = (person, start, end)

    @rule(number=which)
    def be_back(self, number: int) -> None:
        if self.away:
            pk = sorted(self.away)[number % len(self.away)]
            remove_absence(Absence.objects.get(pk=pk), at=AT)
            del self.away[pk]


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.timeout(OF_A_MODEL)
def test_the_rota_agrees_with_the_model() -> None:
    slow_is_fine = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run = examples(stateful_step_count=25, suppress_health_check=slow_is_fine)
    run_state_machine_as_test(Rota, settings=run)
