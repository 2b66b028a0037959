"""A counsellor stays on for one conversation until they have answered: their shift may end, and it is not handed on."""

from datetime import datetime, timedelta

from django.db import transaction

from messaging.conversations.locking import lock_for_holder, note_routing_event
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, RoutingEvent

# Long enough for a hard answer; whoever fell asleep or was called away keeps nobody waiting for a night. It can be asked for again.
LONGEST = timedelta(hours=1)
WHY = "The counsellor stays on until they have answered."


def stay_on_conversation(member: DeskMember, conversation_id: bytes, *, at: datetime) -> Conversation:
    """The conversation, which stays with this counsellor until they have answered, for an hour at most, whatever their shift does.

    Raises:
        Problem: not-found; not-yours, also for one in which nobody waits.
    """
    with transaction.atomic():
        # The lock that the end of a shift takes first: either it is kept, or it had gone already.
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        conversation = lock_for_holder(member, conversation_id)
        if conversation.state != Conversation.State.ASSIGNED:
            raise Problem("not-yours", "Nobody is waiting for your answer here.")
        was, conversation.kept_until, conversation.unrouted_since = conversation.kept_until, at + LONGEST, None
        conversation.save(update_fields=["kept_until", "unrouted_since"])
        if was is None:
            note_routing_event(conversation, RoutingEvent.Kind.KEPT_ON, member, WHY, at=at)
    return conversation
