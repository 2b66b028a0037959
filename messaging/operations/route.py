"""Gives waiting conversations to counsellors on duty. It may run at any time, twice, at once, or be killed in the middle."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Count, Max, Q

from helpline.queries import availability, on_duty
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.routing import Load, choose

# So many are decided in one transaction: a claim, or another worker, waits no longer than that takes.
BATCH = 200
State, Kind = Conversation.State, RoutingEvent.Kind
Place = tuple[datetime, int]


def route_waiting(*, at: datetime) -> int:
    """How many conversations were given to somebody; oldest first, and none while messages are closed or nobody is on duty."""
    if availability(channel="messages", at=at).state in {"closed", "unstaffed"}:
        return 0
    counsellors = on_duty(channel="messages", at=at)
    given = 0
    after: Place | None = None
    while counsellors:
        batch, after = _batch(counsellors, after, at)
        given += batch
        if after is None:
            break
    return given


def _batch(counsellors: list[int], after: Place | None, at: datetime) -> tuple[int, Place | None]:
    """One bounded transaction: how many were given to somebody, and where the next batch begins, if there may be more.

    The lock on the members makes two routers take turns, so that each counts the other's work and caps hold. It lets foreign keys be
    checked (`no_key`): an answer that is stored meanwhile waits for nobody.
    """
    with transaction.atomic():
        members = list(DeskMember.objects.select_for_update(no_key=True).filter(counsellor__in=counsellors).order_by("pk"))
        loads = _loads(members)
        threads = list(_unrouted(loads, after))
        turns = _turns()
        events = [event for thread in threads for event in _decide(thread, loads, turns, at)]
        RoutingEvent.objects.bulk_create(events)
        for member in members:
            if loads[member.pk].turn != member.turn:
                DeskMember.objects.filter(pk=member.pk).update(turn=loads[member.pk].turn)
    last = threads[-1] if len(threads) == BATCH else None
    next_place = (last.unrouted_since, last.pk) if last and last.unrouted_since else None
    return sum(event.kind == Kind.ASSIGNED for event in events), next_place


def _loads(members: list[DeskMember]) -> dict[int, Load]:
    """Open work is what is assigned, counted under the lock."""
    assigned = Conversation.objects.filter(member__in=members, state=State.ASSIGNED)
    work = dict(assigned.order_by().values_list("member").annotate(count=Count("pk")))
    return {member.pk: Load(member.pk, work.get(member.pk, 0), member.cap, member.turn) for member in members}


def _turns() -> Iterator[int]:
    """The numbers of what is given out from now on, counted over the whole desk: also over those who are not on duty just now."""
    newest = DeskMember.objects.aggregate(newest=Max("turn"))["newest"]
    return count(1 + (newest or 0))


def _unrouted(loads: dict[int, Load], after: Place | None) -> Iterator[Conversation]:
    """The next batch, oldest first. When nobody has room, only those threads that need none are looked at."""
    waiting = Conversation.objects.filter(unrouted_since__isnull=False).order_by("unrouted_since", "pk")
    if after is not None:
        since, pk = after
        waiting = waiting.filter(Q(unrouted_since__gt=since) | Q(unrouted_since=since, pk__gt=pk))
    if not any(load.room for load in loads.values()):
        waiting = waiting.filter(Q(member__in=loads) | Q(state=State.ASSIGNED))
    return iter(waiting[:BATCH])


def _decide(thread: Conversation, loads: dict[int, Load], turns: Iterator[int], at: datetime) -> list[RoutingEvent]:
    """What is done with one thread: nothing when it has to wait, or when somebody else was faster."""
    choice = choose(loads.values(), has_it=thread.member_id, released_by=thread.released_by_id)
    if choice is None and thread.state == State.ASSIGNED:
        # Whoever has it is not on duty and nobody has room: it stands open to be claimed by anybody, and is tried again.
        if not _change(thread, state=State.WAITING):
            return []
        why = "The counsellor who had the thread is not on duty, and nobody on duty has room."
        return [RoutingEvent(conversation=thread, kind=Kind.RETURNED, member=None, at=at, why=why)]
    if choice is None:
        return []
    keeps = thread.state == State.ASSIGNED and thread.member_id == choice.member
    changes = {} if keeps or thread.member_id == choice.member else {"shown": thread.seen}
    if not _change(thread, state=State.ASSIGNED, member=choice.member, unrouted_since=None, released_by=None, **changes):
        return []
    if not keeps:
        loads[choice.member].open += 1
        loads[choice.member].turn = next(turns)
    return [RoutingEvent(conversation=thread, kind=Kind.KEPT if keeps else Kind.ASSIGNED, member_id=choice.member, at=at, why=choice.why)]


def _change(thread: Conversation, **changes: object) -> bool:
    """One conditional update, counted by its rows: false when the thread is no longer as it was read."""
    same = Conversation.objects.filter(pk=thread.pk, state=thread.state, member=thread.member_id, unrouted_since=thread.unrouted_since)
    return same.update(**changes) == 1
