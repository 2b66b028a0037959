"""Gives waiting conversations to counsellors on duty. It may run at any time, twice, at once, or be killed in the middle."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from helpline.hours.channels import is_channel_open
from messaging.hub.rings import ring_conversation, ring_desk
from messaging.models import Conversation, DeskMember, RoutingEvent, WeekShare
from messaging.models.assign import AssignmentChange, assign
from messaging.routing.candidates import OnDuty, desk_on_duty, routing_candidates
from messaging.routing.policy import OnDutyPool, QueuedConversation, RoutingDecision, RoutingOutcome

# So many are decided in one transaction: a claim, or another worker, waits no longer than that takes.
BATCH = 200
State, Kind = Conversation.State, RoutingEvent.Kind
Place = tuple[datetime, int]


def route_waiting(*, at: datetime) -> int:
    """How many conversations were given to someone; oldest first, and none while messages are closed or nobody is on duty."""
    if not Conversation.objects.filter(unrouted_since__isnull=False).exists():
        return 0
    if not is_channel_open(channel="messages", at=at):
        return 0
    duty = desk_on_duty(at=at)
    given = 0
    after: Place | None = None
    while duty.shifts:
        batch, after = _batch(duty, after, at)
        given += batch
        if after is None:
            break
    return given


def _batch(duty: OnDuty, after: Place | None, at: datetime) -> tuple[int, Place | None]:
    """One bounded transaction: how many were given to someone, and where the next batch begins, if there may be more.

    The lock on the members makes two routers take turns, so that each counts the other's work and caps hold. It lets foreign keys be
    checked (`no_key`): an answer that is stored in the meantime waits for nobody.
    """
    with transaction.atomic():
        locked = DeskMember.objects.select_for_update(no_key=True).filter(counsellor__in=duty.shifts)
        members = list(locked.order_by("pk"))
        # Counted over the whole desk: also over those who are not on duty just now.
        desk = OnDutyPool(routing_candidates(members, duty, at), DeskMember.newest_turn())
        rows = _unrouted(desk, after)
        decided = [decision for row in rows if (decision := desk.decide(_thread(row)))]
        done = _write(rows, decided, at)
        given = [decision for decision in done if decision.outcome == RoutingOutcome.ASSIGNED]
        _count(members, desk, given, duty)
    last = rows[-1] if len(rows) == BATCH else None
    next_place = (last.unrouted_since, last.pk) if last and last.unrouted_since else None
    return len(given), next_place


def _unrouted(desk: OnDutyPool, after: Place | None) -> list[Conversation]:
    """The next batch, oldest first. When nobody has room, only those conversations that need none are looked at.

    One in which someone is writing is left out: the writer wakes routing again.
    """
    waiting = Conversation.objects.filter(unrouted_since__isnull=False).order_by("unrouted_since", "pk")
    if after is not None:
        since, pk = after
        waiting = waiting.filter(Q(unrouted_since__gt=since) | Q(unrouted_since=since, pk__gt=pk))
    if not desk.has_room:
        waiting = waiting.filter(Q(member__in=desk.loads) | Q(state=State.ASSIGNED))
    return list(waiting.select_for_update(skip_locked=True, no_key=True)[:BATCH])


def _thread(row: Conversation) -> QueuedConversation:
    return QueuedConversation(row.pk, row.state == State.ASSIGNED, row.member_id, row.released_by_id, row.flagged)


def _write(rows: list[Conversation], decided: list[RoutingDecision], at: datetime) -> list[RoutingDecision]:
    """Those decisions that could be written: a conversation that is no longer as it was read stays as it is."""
    read = {row.pk: row for row in rows}
    done = assign(_change(read[decision.thread.id], decision) for decision in decided)
    written = [decision for decision in decided if decision.thread.id in done]
    RoutingEvent.objects.bulk_create(
        RoutingEvent(
            conversation=read[decision.thread.id],
            kind=decision.outcome,
            member_id=None if decision.outcome == RoutingOutcome.RETURNED else decision.member,
            at=at,
            why=decision.why,
        )
        for decision in written
    )
    for decision in written:
        ring_conversation(read[decision.thread.id].conversation_id)
    if written:
        ring_desk()
    return written


def _change(row: Conversation, decision: RoutingDecision) -> AssignmentChange:
    assert row.unrouted_since is not None  # noqa: S101 - `_unrouted` reads no others
    state = State.WAITING if decision.outcome == RoutingOutcome.RETURNED else State.ASSIGNED
    return AssignmentChange(row.pk, row.state, row.member_id, row.unrouted_since, state, decision.member)


def _count(members: list[DeskMember], desk: OnDutyPool, given: list[RoutingDecision], duty: OnDuty) -> None:
    """What was given, where the next router reads it; two queries at most."""
    gained: dict[int | None, int] = {}
    for decision in given:
        gained[decision.member] = gained.get(decision.member, 0) + 1
    changed, shares = [], []
    for member in members:
        load = desk.loads.get(member.pk)
        if load is None or member.pk not in gained:
            continue
        member.turn, member.given_flagged, member.shift = load.turn, load.flagged, duty.shifts[member.counsellor_id]
        changed.append(member)
        shares.append(WeekShare(member=member, monday=duty.monday, given=load.given))
    DeskMember.objects.bulk_update(changed, ["turn", "given_flagged", "shift"])
    WeekShare.objects.bulk_create(shares, update_conflicts=True, unique_fields=["member", "monday"], update_fields=["given"])
