"""A small model of the rota: a few dictionaries that say what its rows must be."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from helpline.calendar import Hours
from helpline.hours.on_duty import counsellors_on_duty
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, Counsellor, Organisation, Shift, ShiftOffer


@dataclass(frozen=True)
class Known:
    """A shift in the model; `offer` is None, or (kind, to, accepted by)."""

    person: int
    channel: str
    start: datetime
    end: datetime
    published: bool
    offer: tuple[str, int | None, int | None] | None = None


class Rows(RuleBasedStateMachine):
    """Three counsellors, a lead, two weeks; the model, and what it says of the database's rows."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.model: dict[int, Known] = {}
        self.away: dict[int, tuple[int, datetime, datetime]] = {}

    @initialize()
    def everybody(self) -> None:
        Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000")
        for channel in ("phone", "messages"):
            set_opening_week(channel=channel, week={weekday: [Hours(540, 1020)] for weekday in range(7)})
        names = ("Anna", "Ben", "Cora")
        accounts = [Account.objects.create(email=f"{name}@helpline.example", name=name) for name in names]
        self.people = [Counsellor.objects.create(account=account, display_name=account.name) for account in accounts]
        self.lead = Account.objects.create(email="lena@helpline.example", name="Lena", role=Account.Role.LEAD)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def free(self, person: int, start: datetime, end: datetime, but: int | None = None) -> bool:
        return not any(own.person == person and own.start < end and start < own.end for pk, own in self.model.items() if pk != but)

    def here(self, person: int, start: datetime, end: datetime) -> bool:
        return not any(who == person and begins < end and start < ends for who, begins, ends in self.away.values())

    def chosen(self, number: int) -> tuple[int, Known] | None:
        pks = sorted(self.model)
        return (pks[number % len(pks)], self.model[pks[number % len(pks)]]) if pks else None

    def offer_of(self, pk: int) -> ShiftOffer:
        related = ShiftOffer.objects.select_related("shift", "asked_by__account", "offered_to__account", "accepted_by__account")
        return related.filter(shift=pk).latest("pk")

    @invariant()
    def rows_are_the_model(self) -> None:
        if not hasattr(self, "people"):
            return
        keys = [person.pk for person in self.people]
        rows = {
            pk: (keys.index(person), channel, start, end, state == "published")
            for pk, person, channel, start, end, state in Shift.objects.values_list(
                "pk", "counsellor_id", "channel", "starts_at", "ends_at", "state"
            )
        }
        assert rows == {pk: (own.person, own.channel, own.start, own.end, own.published) for pk, own in self.model.items()}
        offers = dict(ShiftOffer.objects.filter(state__in=ShiftOffer.OPEN).values_list("shift_id", "state"))
        expected = {pk: "asked" if own.offer[2] is None else "accepted" for pk, own in self.model.items() if own.offer is not None}
        assert offers == expected

    @invariant()
    def on_duty_is_published_and_here(self) -> None:
        if not hasattr(self, "people"):
            return
        for at in sorted({own.start for own in self.model.values()})[:4]:
            for channel in ("phone", "messages"):
                there = {
                    self.people[own.person].pk
                    for own in self.model.values()
                    if own.published
                    and own.channel == channel
                    and own.start <= at < own.end
                    and not any(who == own.person and begins <= at < ends for who, begins, ends in self.away.values())
                }
                assert counsellors_on_duty(channel=channel, at=at) == sorted(there)
