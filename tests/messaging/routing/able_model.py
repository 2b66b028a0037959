"""A desk at which anybody may become unable, in any way and at any time, and able again; beside it a model that knows who is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from helpline.hours.channels import both_channels_availability, channel_availability
from helpline.models import Account, ConfidentialityTerms, Counsellor, OpeningInterval, Organisation, Shift
from messaging.desk.assignment import claim_conversation
from messaging.housekeeping import sweep_up
from messaging.http.problems import Problem
from messaging.keys.desk_epochs import readable_epoch_number
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.members.capacity import begin_break, end_break
from messaging.models import Certificate, Conversation, DeskMember, Epoch, Grant, Vault
from messaging.monitoring.figures import status_figures
from messaging.routing.end_shifts import end_shifts
from messaging.routing.presence import note_seen
from tests.world.desk import NOON
from tests.world.queue import fill_queue, staff

MINUTE = timedelta(minutes=1)
GRACE = 10
BEGINS, ENDS = NOON - 5 * MINUTE, NOON + 180 * MINUTE
who = some.integers(0, 2)
KEYS = ("vault", "certificate", "grant", "role", "account")


@dataclass
class Person:
    """What the model knows of one counsellor."""

    vault: bool = True
    certificate: bool = True
    grant: bool = True
    role: bool = True
    account: bool = True
    shift: bool = True
    seen: bool = False
    back_at: int = -1000

    @property
    def reads(self) -> bool:
        return self.vault and self.certificate and self.grant and self.role and self.account

    def there(self, minute: int) -> bool:
        """On a shift that counts, whether or not it is a break: the minutes are from noon."""
        return self.reads and self.shift and minute < 180 and (self.seen or minute < GRACE - 5)


class Anybody(RuleBasedStateMachine):
    """Three counsellors on one Wednesday's shift of three hours, while the clock goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.minute = 0
        self.sent = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        return NOON + self.minute * MINUTE

    @initialize()
    def a_desk(self) -> None:
        Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", seen_minutes=GRACE)
        OpeningInterval.objects.create(channel="messages", weekday=2, opens=540, closes=1020)
        ConfidentialityTerms.objects.create(version=1, text="The words.", published_on=NOON.date())
        self.members = staff(3, cap=3, start=BEGINS, end=ENDS)
        DeskMember.objects.update(seen_in=None)
        self.people = [Person() for _ in self.members]
        self.key = True
        end_shifts(at=NOON)

    @rule(member=who, what=some.sampled_from(KEYS), has=some.sampled_from([False, False, True]))
    def keys_come_and_go(self, member: int, what: str, has: bool) -> None:
        pk = self.members[member].pk
        held = Certificate.objects.filter(member=pk)
        setattr(self.people[member], what, has)
        if what == "vault":
            Vault.objects.filter(member=pk).delete()
            if has:
                Vault.objects.create(member_id=pk, kind=Vault.Kind.PASSPHRASE, record=bytes(109))
        elif what == "certificate":
            held.update(withdrawn=not has)
        elif what == "grant":
            Grant.objects.filter(certificate__member=pk).delete()
            if has:
                Grant.objects.create(epoch_id=1, certificate=held.get(), wrapped=bytes(1168))
        elif what == "role":
            role = Account.Role.LEAD if has else Account.Role.ADMIN
            Account.objects.filter(counsellor__desk=pk).update(role=role)
        else:
            Counsellor.objects.filter(desk=pk).update(active=has)

    @rule(has=some.booleans())
    def the_key_of_today_comes_and_goes(self, has: bool) -> None:
        Epoch.objects.update(last_day=10**6 if has else 1)
        self.key = has

    @rule(member=who)
    def somebody_comes_to_the_desk(self, member: int) -> None:
        row = DeskMember.objects.get(pk=self.members[member].pk)
        note_seen(row)
        person = self.people[member]
        # Only a shift that was noticed can be come to; a sweep runs every few seconds.
        person.seen = person.seen or row.shift is not None

    @rule(member=who, minutes=some.integers(0, 40))
    def somebody_takes_a_break_or_is_back(self, member: int, minutes: int) -> None:
        row = DeskMember.objects.get(pk=self.members[member].pk)
        if minutes:
            begin_break(row, self.at + minutes * MINUTE, at=self.at)
        else:
            end_break(row, at=self.at)
        self.people[member].back_at = self.minute + minutes

    @rule(member=who)
    def a_shift_is_taken_off_the_rota(self, member: int) -> None:
        Shift.objects.filter(counsellor__desk=self.members[member].pk).delete()
        self.people[member].shift = False

    @rule(minutes=some.integers(1, 30))
    def time_goes_on(self, minutes: int) -> None:
        self.minute += minutes

    @rule()
    def somebody_writes(self) -> None:
        """As the interface takes it: the number is what a message has to be sealed for."""
        if not self.could_read:
            with pytest.raises(Problem, match="closed"):
                readable_epoch_number(desk_knowledge(self.at))
            return
        assert readable_epoch_number(desk_knowledge(self.at)) == 1
        self.sent += 1
        fill_queue(1, since=self.at, first=self.sent)

    @precondition(lambda self: self.sent)
    @rule(member=who)
    def somebody_claims(self, member: int) -> None:
        waiting = Conversation.objects.filter(state="waiting").order_by("pk").first()
        if waiting is None:
            return
        if self.people[member].reads:
            claim_conversation(self.members[member], waiting.conversation_id, at=self.at)
            return
        with pytest.raises(Problem, match="not-allowed"):
            claim_conversation(self.members[member], waiting.conversation_id, at=self.at)

    @rule()
    def the_sweep_comes(self) -> None:
        before = dict(Conversation.objects.values_list("pk", "member_id").filter(state="assigned"))
        sweep_up(at=self.at)
        for pk, holder in Conversation.objects.filter(state="assigned").values_list("pk", "member_id"):
            person = self.people[self.place(holder)]
            assert person.reads
            # A shift that a sweep has seen the end of counts for nobody; one given just now is given to somebody who is there.
            if before.get(pk) != holder:
                assert person.there(self.minute)
                assert person.back_at <= self.minute
        for number, person in enumerate(self.people):
            if not person.there(self.minute) and DeskMember.objects.get(pk=self.members[number].pk).shift is None:
                person.back_at = -1000

    def place(self, pk: int | None) -> int:
        return next(each for each, member in enumerate(self.members) if member.pk == pk)

    @property
    def could_read(self) -> bool:
        return self.key and any(person.reads for person in self.people)

    @invariant()
    def the_site_tells_the_truth(self) -> None:
        if not hasattr(self, "people"):
            return
        found = both_channels_availability(at=self.at)
        assert found.takes_messages == self.could_read
        if not self.could_read:
            assert (found.messages.state, found.messages.reply_by) == ("closed", None)
        there = [person for person in self.people if person.there(self.minute)]
        if not [person for person in there if person.back_at <= self.minute]:
            assert found.messages.state in {"unstaffed", "closed"}
            assert channel_availability(channel="messages", at=self.at).state in {"unstaffed", "closed"}
        opens = 9 * 60 <= 12 * 60 + self.minute < 17 * 60
        told = status_figures(at=self.at)
        assert told.unstaffed == (opens and not there)
        assert told.readers == sum(person.reads for person in self.people)
