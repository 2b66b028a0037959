"""What is open with someone who cannot answer it any more goes back to those that wait; the lead is told of who does not come."""

from datetime import datetime

from django.db import transaction

from helpline.calendar.able_to_answer import AnsweringLack, lack_to_answer, lack_to_read
from helpline.hours.desk_registry import DeskKnowledge
from helpline.hours.on_duty import shifts_on_duty
from helpline.staff.recipients import lead_accounts
from messaging.desk_notices import queue_desk_notice
from messaging.hub.rings import ring_conversation, ring_desk
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import Conversation, DeskMember, DeskNotice, RoutingEvent
from messaging.routing.end_shifts import RETURNED
from messaging.routing.queue import queue_position

State = Conversation.State
UNSEEN = "The counsellor who had it has not been seen at the desk in this shift."
CANNOT = "The counsellor who had it cannot open what is written today."


def hand_back_unable(*, at: datetime) -> int:
    """How many open conversations went back: of counsellors who could not read, and of those on a shift who were not seen at the desk.

    A counsellor who claimed a conversation outside any shift keeps it, as long as they can read. In a break everyone keeps theirs.
    """
    known, shifts = desk_knowledge(at), shifts_on_duty(channel="messages", at=at)
    unseen = {
        who: shift.number
        for who, shift in shifts.items()
        if lack_to_answer(known.people.get(who), shift, at=at, grace=known.grace) == AnsweringLack.UNSEEN
    }
    if unseen:
        _tell(unseen)
    return _return(_blind(known), CANNOT, at) + _return(list(unseen), UNSEEN, at)


def _blind(known: DeskKnowledge) -> list[int]:
    return [who for who, each in known.people.items() if lack_to_read(each) is not None]


def _return(counsellors: list[int], why: str, at: datetime) -> int:
    held = Conversation.objects.filter(Conversation.awake(at), member__counsellor__in=counsellors, state=State.ASSIGNED)
    if not counsellors or not held.exists():
        return 0
    with transaction.atomic():
        # Routing takes the same lock first: what it was about to give to one of them is given, and goes back with the rest.
        members = DeskMember.objects.select_for_update(no_key=True).filter(counsellor__in=counsellors).order_by("pk")
        pks = [member.pk for member in members]
        locked = Conversation.objects.select_for_update(no_key=True).filter(Conversation.awake(at), member__in=pks, state=State.ASSIGNED)
        conversations = list(locked.order_by("pk").values_list("pk", "member_id", "conversation_id"))
        back = Conversation.objects.filter(pk__in=[pk for pk, _, _ in conversations], member__in=pks, state=State.ASSIGNED).update(
            **RETURNED, unrouted_since=queue_position(at)
        )
        RoutingEvent.objects.bulk_create(
            RoutingEvent(conversation_id=pk, kind=RoutingEvent.Kind.RETURNED, member_id=member, at=at, why=why)
            for pk, member, _ in conversations
        )
        for _, _, conversation in conversations:
            ring_conversation(conversation)
        ring_desk()
    return back


def _tell(unseen: dict[int, int]) -> None:
    """Of each shift once: of two sweeps that see it at the same moment one changes the row."""
    with transaction.atomic():
        rows = DeskMember.objects.filter(counsellor__in=unseen)
        new = [
            DeskMember.objects.filter(pk=pk).exclude(missed_in=unseen[who]).update(missed_in=unseen[who])
            for pk, who, missed in rows.order_by("pk").values_list("pk", "counsellor_id", "missed_in")
            if missed != unseen[who]
        ]
        if any(new):
            queue_desk_notice(DeskNotice.Kind.UNSEEN, lead_accounts())
