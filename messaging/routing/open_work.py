"""How much is open with each counsellor, as the cap counts it: what is assigned and awake, and a live talk as two."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from messaging.models import Conversation, DeskMember, Talk
from messaging.routing.talk_policy import WEIGHT

State = Conversation.State


def open_work(members: Collection[DeskMember], at: datetime) -> dict[int, int]:
    """By their own number; who has nothing is not in it. Two queries."""
    assigned = Conversation.objects.filter(Conversation.awake(at), member__in=members, state=State.ASSIGNED)
    found = dict[int, int](assigned.order_by().values_list("member").annotate(count=Count("pk")))
    talks = Talk.objects.filter(member__in=members, state=Talk.State.TAKEN)
    for member, holder, state, snoozed in talks.values_list(
        "member", "conversation__member", "conversation__state", "conversation__snoozed_until"
    ):
        if member is not None:
            counted = holder == member and state == State.ASSIGNED and (snoozed is None or snoozed <= at)
            found[member] = found.get(member, 0) + WEIGHT - counted
    return found
