"""A counsellor gives a conversation back, for somebody else to take."""

from datetime import datetime

from django.db import transaction

from helpline.models.audit import Action
from messaging import nudge
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.operations.acts import note_act
from messaging.operations.held import note_event, place_in_queue
from messaging.problems import Problem
from messaging.queries.desk import find_thread, name_of

State = Conversation.State
GIVEN_BACK = {"member": None, "handed_by": None, "snoozed_until": None, "kept_until": None}


def release(member: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, which waits again and is not given back to this counsellor; releasing it twice changes nothing.

    An answered one has nobody waiting: it is only no longer this counsellor's, and the person's next message goes to whoever is on duty.

    Raises:
        Problem: not-found; not-yours.
    """
    with transaction.atomic():
        held = Conversation.objects.filter(conversation_id=conversation_id, member=member)
        waits = held.filter(state=State.ASSIGNED).update(
            **GIVEN_BACK, state=State.WAITING, released_by=member, unrouted_since=place_in_queue(at)
        )
        if waits or held.filter(state__in=[State.ANSWERED, State.CLOSED]).update(**GIVEN_BACK, released_by=member):
            thread = find_thread(conversation_id)
            note_event(thread, RoutingEvent.Kind.RELEASED, member, "The counsellor gave it back.", at=at)
            note_act(member, Action.GIVEN_BACK, at=at)
            transaction.on_commit(nudge.wake)
            return thread
    thread = find_thread(conversation_id)
    if thread.released_by_id != member.pk:
        raise Problem("not-yours", f"{name_of(thread)} has this conversation." if thread.member else "Nobody has this conversation.")
    return thread
