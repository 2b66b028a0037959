"""Sees who has come on duty and whose shift is over; what is open with those who have gone goes back to those that wait."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from helpline.queries import current_shifts
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.operations.held import place_in_queue

State = Conversation.State
# What a thread is that goes back to those that wait: nobody has put it off, and nobody had it before.
RETURNED = {"state": State.WAITING, "snoozed_until": None, "handed_by": None}
WHY = "The shift of the counsellor who had it is over."


def end_shifts(*, at: datetime) -> int:
    """How many open threads went back, for routing to hand to the next on duty with room.

    Whether a shift is over is asked of the rota, and remembered on the member: so a shift that ended while no worker ran is seen later,
    one that was taken off the rota or cut short by an absence is over too, and whoever claimed a thread outside any shift keeps it.
    """
    shifts = current_shifts(channel="messages", at=at)
    returned = 0
    for member in DeskMember.objects.filter(Q(counsellor__in=shifts) | Q(shift__isnull=False)).order_by("pk"):
        now = shifts.get(member.counsellor_id)
        if now == member.shift:
            continue
        if now is None:
            returned += hand_back(member, at=at)
        else:
            # Also straight from one shift to the next: nothing is handed over, and what is counted by the shift begins anew.
            DeskMember.objects.filter(pk=member.pk, shift=member.shift).update(shift=now, given_flagged=0)
    return returned


def hand_back(member: DeskMember, *, at: datetime, why: str = WHY) -> int:
    """Ends what the member's shift was: how many open threads went back. Once, however many see the end at the same moment.

    Those that are snoozed sleep on (`operations.wake` sees to them). The others keep their place in the queue, and the counsellor gets
    those back that still wait when they are on duty again. What they chose for this shift, less work or a break, is over with it. The
    next counsellor's browser offers a signed handover note (PROTOCOL §4.4).
    """
    with transaction.atomic():
        # Routing takes the same lock first: what it was about to give to this member is given, and goes back with the rest.
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        DeskMember.objects.filter(pk=member.pk).update(shift=None, given_flagged=0, capacity=None, away_until=None)
        held = Conversation.objects.select_for_update(no_key=True).filter(Conversation.awake(at), member=member.pk, state=State.ASSIGNED)
        threads = list(held.order_by("pk").values_list("pk", flat=True))
        back = Conversation.objects.filter(pk__in=threads, member=member.pk, state=State.ASSIGNED).update(
            **RETURNED, unrouted_since=place_in_queue(at)
        )
        RoutingEvent.objects.bulk_create(
            RoutingEvent(conversation_id=pk, kind=RoutingEvent.Kind.RETURNED, member_id=member.pk, at=at, why=why) for pk in threads
        )
    return back
