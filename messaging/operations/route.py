"""Gives waiting conversations to counsellors on duty. Safe to run at any time, twice, at once, or to be killed in the middle."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from helpline.queries import availability, on_duty
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.routing import Load, choose

BATCH = 200
State = Conversation.State


def route_waiting(*, at: datetime) -> int:
    """How many conversations were given to somebody; none while messages are closed or nobody is on duty."""
    if availability(channel="messages", at=at).state in {"closed", "unstaffed"}:
        return 0
    counsellors = on_duty(channel="messages", at=at)
    total = 0
    while counsellors and (routed := _batch(counsellors, at)):
        total += routed
    return total


def _batch(counsellors: list[int], at: datetime) -> int:
    """One bounded transaction; the lock on the members puts routers in turn, so that caps hold."""
    with transaction.atomic():
        members = list(DeskMember.objects.select_for_update().filter(counsellor__in=counsellors).order_by("pk"))
        work = dict(
            Conversation.objects.filter(member__in=members, state=State.ASSIGNED).values_list("member").annotate(count=Count("pk")).order_by()
        )
        loads = {member.pk: Load(member.pk, work.get(member.pk, 0), member.cap, member.last_assigned_at) for member in members}
        free = sum(max(load.cap - load.open, 0) for load in loads.values())
        unrouted = Conversation.objects.filter(unrouted_since__isnull=False).order_by("unrouted_since", "pk")
        kept = list(unrouted.filter(member__in=loads)[:BATCH])
        others = list(unrouted.exclude(Q(member__isnull=False) & Q(member__in=loads))[: min(BATCH, free)])
        events = [event for conversation in kept + others if (event := _assign(conversation, loads, at))]
        RoutingEvent.objects.bulk_create(events)
        for member in members:
            if member.last_assigned_at != loads[member.pk].last_assigned_at:
                DeskMember.objects.filter(pk=member.pk).update(last_assigned_at=at)
    return len(events)


def _assign(conversation: Conversation, loads: dict[int, Load], at: datetime) -> RoutingEvent | None:
    """One conditional update: nothing happens when somebody else was faster."""
    choice = choose(loads.values(), has_it=conversation.member_id, released_by=conversation.released_by_id)
    if choice is None:
        return None
    same = Conversation.objects.filter(pk=conversation.pk, state=conversation.state, member=conversation.member_id, unrouted_since__isnull=False)
    if not same.update(state=State.ASSIGNED, member=choice.member, unrouted_since=None, released_by=None):
        return None
    load = loads[choice.member]
    if conversation.state != State.ASSIGNED or conversation.member_id != choice.member:
        load.open += 1
        load.last_assigned_at = at
    return RoutingEvent(conversation=conversation, kind=RoutingEvent.Kind.ASSIGNED, member_id=choice.member, at=at, why=choice.why)
