"""Wakes the snoozed conversations whose instant has come: they are open work again, and someone's who is there."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from messaging.hub.rings import ring_desk
from messaging.models import Conversation, RoutingEvent
from messaging.routing.candidates import able_desk_shifts
from messaging.routing.end_shifts import RETURNED
from messaging.routing.queue import queue_position

BATCH = 200
State, Kind = Conversation.State, RoutingEvent.Kind
HAS_IT = "Its time has come; its counsellor has it back."
NOBODY = "Its time has come, and the counsellor who had it is not on duty."


def wake_snoozed(*, at: datetime) -> int:
    """How many woke of those in which a person waits. Whose counsellor is off duty then goes back to those that wait.

    The counsellor who has it keeps it, also above the cap, and is given nothing new until there is room again. An answered one stays as
    it is: the
    clock alone shows it again (`desk.lists`), and nobody waits in it.
    """
    on_shift = set(able_desk_shifts(at))
    woken = 0
    while True:
        batch = _batch(on_shift, at)
        woken += batch
        if batch < BATCH:
            return woken


def _batch(on_shift: set[int], at: datetime) -> int:
    """One bounded transaction; of two sweeps each conversation is one's."""
    with transaction.atomic():
        due = Conversation.objects.filter(state=State.ASSIGNED, snoozed_until__lte=at)
        locked = due.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("snoozed_until", "pk")
        found = list(locked.annotate(who=F("member__counsellor")).values_list("pk", "member", "who")[:BATCH])
        here = [pk for pk, _, who in found if who in on_shift]
        gone = [pk for pk, _, who in found if who not in on_shift]
        # The same condition again: what makes it once, on any database.
        due.filter(pk__in=here).update(snoozed_until=None)
        due.filter(pk__in=gone).update(**RETURNED, unrouted_since=queue_position(at))
        RoutingEvent.objects.bulk_create(
            RoutingEvent(conversation_id=pk, kind=kind, member_id=member, at=at, why=why)
            for pk, member, who in found
            for kind, why in [(Kind.WOKEN, HAS_IT) if who in on_shift else (Kind.RETURNED, NOBODY)]
        )
        if found:
            ring_desk()
    return len(found)
