"""Routing's promises in a few dictionaries, and the desk's operations in any order: whatever is decided must be what the model expects."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from helpline.models import OpeningInterval, Organisation, Shift
from messaging.desk.assignment import claim_conversation, give_back_conversation
from messaging.housekeeping import sweep_up
from messaging.http.problems import Problem
from messaging.members.capacity import begin_break, choose_capacity, end_break
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.routing.end_shifts import end_shifts
from messaging.routing.reply_deadlines import remind_of_deadlines
from messaging.routing.route import route_waiting
from tests.messaging.conversations.known_threads import Known, tell
from tests.world.desk import NOON
from tests.world.queue import fill_queue, on_shift, staff

CAP, MOST_FLAGGED = 2, 1
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
START, END = NOON - 2 * HOUR, NOON + 4 * HOUR
who = some.integers(0, 2)
which = some.integers(0, 50)


class Desk(RuleBasedStateMachine):
    """Three counsellors on a Wednesday from ten to five, while the clock goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at = NOON
        self.threads: dict[int, Known] = {}
        self.names: dict[int, bytes] = {}

    @initialize()
    def everybody(self) -> None:
        Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", promise_minutes=120)
        OpeningInterval.objects.create(channel="messages", weekday=2, opens=540, closes=1020)
        self.members = staff(3, cap=CAP, start=START, end=END)
        DeskMember.objects.update(most_flagged=MOST_FLAGGED)
        self.takes = dict.fromkeys(range(3), CAP)
        self.here = dict.fromkeys(range(3), True)
        self.away = dict.fromkeys(range(3), START)
        self.exposed = dict.fromkeys(range(3), 0)
        # What routing gave this week, and when last: all three are on duty for as long, so a share is a number of threads.
        self.given = dict.fromkeys(range(3), 0)
        self.turn = dict.fromkeys(range(3), 0)
        end_shifts(at=self.at)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def place(self, pk: int | None) -> int | None:
        return next((each for each, member in enumerate(self.members) if member.pk == pk), None)

    def chosen(self, number: int, *, opened: bool = False) -> tuple[int, Known] | None:
        """Any thread; `opened`: one that somebody has, for acts that would seldom meet one by chance."""
        pks = [pk for pk, known in sorted(self.threads.items()) if known.open or not opened]
        return (pks[number % len(pks)], self.threads[pks[number % len(pks)]]) if pks else None

    def load(self, member: int) -> int:
        return sum(known.open and known.holder == member for known in self.threads.values())

    @rule(number=some.integers(1, 7), flagged=some.booleans(), again=some.lists(which, max_size=3), at_once=some.booleans())
    def messages_come(self, number: int, flagged: bool, again: list[int], at_once: bool) -> None:
        for each in again:
            self.the_person_writes_again(each, at_once=False)
        before = set(self.threads)
        fill_queue(number, since=self.at, first=len(self.threads) + 1)
        rows = Conversation.objects.exclude(pk__in=before)
        rows.update(flagged=flagged, flag_reason="limit" if flagged else "", due_at=self.at + 2 * HOUR)
        for pk, name in rows.values_list("pk", "conversation_id"):
            self.threads[pk], self.names[pk] = Known(flagged=flagged), bytes(name)
        if at_once:
            self.routing()

    @rule(number=which, at_once=some.booleans())
    def the_person_writes_again(self, number: int, at_once: bool) -> None:
        if (found := self.chosen(number)) is None:
            return
        pk, known = found
        row = Conversation.objects.get(pk=pk)
        state = "assigned" if known.open else "waiting"
        since = row.waiting_since or self.at
        again = {"reminded": 0, "due_at": self.at + 2 * HOUR} if row.waiting_since is None else {}
        Conversation.objects.filter(pk=pk).update(state=state, unrouted_since=row.unrouted_since or self.at, waiting_since=since, **again)
        known.answered, known.reminded = False, 0 if again else known.reminded
        if at_once:
            self.routing()

    @rule(number=which)
    def it_is_answered(self, number: int) -> None:
        if (found := self.chosen(number, opened=True)) is not None:
            self.answer([found[0]])

    @rule(member=who, at_once=some.booleans())
    def somebody_answers_all_of_theirs(self, member: int, at_once: bool) -> None:
        self.answer([pk for pk, known in self.threads.items() if known.open and known.holder == member])
        if at_once:
            self.routing()

    def answer(self, pks: list[int]) -> None:
        none = dict.fromkeys(("unrouted_since", "waiting_since", "due_at"))
        Conversation.objects.filter(pk__in=pks).update(state="answered", **none)
        for pk in pks:
            self.threads[pk].open, self.threads[pk].answered = False, True

    def expected(self, known: Known, working: list[int], loads: dict[int, int]) -> int | None:
        """Who is to have a thread that is routed: whoever had it, else by share, open work and idleness; None: it waits."""
        others = [member for member in working if member != known.released_by]
        if known.holder in others:
            return known.holder
        room = [member for member in others if loads[member] < self.takes[member]]
        if not (free := [member for member in room if not known.flagged or self.exposed[member] < MOST_FLAGGED]):
            return None
        least = min(self.given[member] for member in free)
        fair = [member for member in free if self.given[member] in {least, *range(2 * least)}]
        return min(fair, key=lambda member: (loads[member], self.turn[member], member))

    @rule()
    def routing(self) -> None:
        before = {pk: (known.holder, known.open) for pk, known in self.threads.items()}
        loads = {member: self.load(member) for member in range(3)}
        # In routing's own order: one that goes back to whoever had it may bring them above what they take, later.
        queue = Conversation.objects.filter(unrouted_since__isnull=False).order_by("unrouted_since", "pk")
        waits = list(queue.values_list("pk", flat=True))
        route_waiting(at=self.at)
        working = [member for member in range(3) if self.here[member] and self.away[member] <= self.at]
        rows = Conversation.objects.in_bulk(waits)
        for row in (rows[pk] for pk in waits):
            known, now = self.threads[row.pk], self.place(row.member_id)
            had, was_open = before[row.pk]
            expected = self.expected(known, working, loads)
            known.open = row.state == "assigned"
            # Where nobody at all has a shift, nothing is looked at.
            assert (now if known.open else None) == expected or not any(self.here.values())
            if known.open and now is not None:
                assert now in working or (was_open and not working)
                assert now != known.released_by or had == now
                # Whoever had it keeps it while there, also above what they take; others only within it.
                if had in working and had is not None:
                    assert now == had
                kept = was_open and now == had
                self.exposed[now] += known.flagged and not kept
                loads[now] += not kept
                self.given[now] += not kept
                self.turn[now] = self.turn[now] if kept else max(self.turn.values()) + 1
                known.holder, known.released_by = now, known.released_by if kept and not row.released_by_id else None
                assert had == now or loads[now] <= self.takes[now]
                assert had == now or not known.flagged or self.exposed[now] <= MOST_FLAGGED
        # Nobody waits for whom there is room: by whoever did not give it back, and may be given a flagged one.
        for row in Conversation.objects.filter(state="waiting", unrouted_since__isnull=False):
            known = self.threads[row.pk]
            free = [member for member in working if self.load(member) < self.takes[member] and member != known.released_by]
            assert not [member for member in free if not known.flagged or self.exposed[member] < MOST_FLAGGED]

    @rule(member=who, number=which)
    def somebody_claims(self, member: int, number: int) -> None:
        if (found := self.chosen(number)) is None:
            return
        pk, known = found
        mine = known.open and known.holder == member
        if (not known.open and not known.answered) or mine or (known.answered and known.holder == member):
            claim_conversation(self.members[member], self.names[pk], at=self.at)
            if not known.answered:
                known.holder, known.open = member, True
                known.released_by = None if not mine else known.released_by
        else:
            with pytest.raises(Problem):
                claim_conversation(self.members[member], self.names[pk], at=self.at)

    @rule(number=which, at_once=some.booleans())
    def whoever_has_it_gives_it_back(self, number: int, at_once: bool) -> None:
        if (found := self.chosen(number, opened=True)) is None:
            return
        pk, known = found
        assert known.holder is not None
        give_back_conversation(self.members[known.holder], self.names[pk], at=self.at)
        known.holder, known.open, known.released_by = None, False, known.holder
        if at_once:
            self.routing()

    @rule(member=who, number=some.integers(0, CAP))
    def somebody_takes_less_or_more(self, member: int, number: int) -> None:
        choose_capacity(self.members[member], number)
        self.takes[member] = number

    @rule(member=who, minutes=some.integers(1, 60))
    def somebody_has_a_break(self, member: int, minutes: int) -> None:
        self.away[member] = self.at + minutes * MINUTE
        begin_break(self.members[member], self.away[member], at=self.at)
        self.messages_come(1, flagged=False, again=[], at_once=True)

    @rule(member=who)
    def somebody_is_back(self, member: int) -> None:
        end_break(self.members[member], at=self.at)
        self.away[member] = START

    @rule(member=who)
    def a_shift_ends_or_begins(self, member: int) -> None:
        mine = Shift.objects.filter(counsellor=self.members[member].counsellor)
        if self.here[member]:
            mine.delete()
            end_shifts(at=self.at)
            self.takes[member], self.away[member] = CAP, START
            for known in self.threads.values():
                known.open &= known.holder != member
        else:
            on_shift(self.members[member], START, END)
            end_shifts(at=self.at)
        self.here[member] = not self.here[member]
        self.exposed[member] = 0

    @rule(minutes=some.integers(1, 10))
    def time_goes_on(self, minutes: int) -> None:
        self.at = min(self.at + minutes * MINUTE, END - MINUTE)

    @rule()
    def reminders(self) -> None:
        half = self.at - HOUR
        rows = Conversation.objects.filter(waiting_since__isnull=False)
        due = {row.pk for row in rows if row.waiting_since and row.waiting_since <= half and row.reminded == 0}
        over = {row.pk for row in rows if row.due_at and row.due_at <= self.at and (row.reminded == 1 or row.pk in due)}
        assert remind_of_deadlines(at=self.at) == (len(due), len(over))
        for pk in due | over:
            self.threads[pk].reminded = 2 if pk in over else 1

    @rule()
    def the_same_task_again(self) -> None:
        self.routing()
        events = RoutingEvent.objects.count() + tell(self.threads.values(), at=self.at)
        sweep_up(at=self.at)
        sweep_up(at=self.at)
        assert RoutingEvent.objects.count() == events

    @invariant()
    def rows_are_the_model(self) -> None:
        rows = Conversation.objects.values_list("pk", "member", "state", "reminded", "flag_told")
        found = {pk: (self.place(member), state == "assigned", state == "answered", *more) for pk, member, state, *more in rows}
        assert found == {pk: (known.holder, known.open, known.answered, known.reminded, known.told) for pk, known in self.threads.items()}
