"""Lock a conversation for the counsellor who holds it; record what was done to it."""

from datetime import UTC, datetime

from django.db.models.functions import TruncDay

from messaging.conversations import append
from messaging.conversations.find import find_conversation, holder_name
from messaging.http.problems import Problem
from messaging.hub.rings import ring_conversation, ring_desk
from messaging.models import Conversation, DeskMember, RoutingEvent


def lock_existing(conversation_id: bytes) -> Conversation:
    """The conversation, locked until the transaction ends.

    Raises:
        Problem: not-found.
    """
    conversation = append.lock_conversation(conversation_id=conversation_id)
    if conversation is None:
        raise Problem("not-found", "There is no such conversation. The person may have deleted it.")
    return conversation


def lock_for_holder(member: DeskMember, conversation_id: bytes, *, lead: bool = False) -> Conversation:
    """The conversation, locked until the transaction ends, for the counsellor who has it; for a lead, no matter who has it.

    Raises:
        Problem: not-found; not-yours.
    """
    conversation = lock_existing(conversation_id)
    if not lead and conversation.member_id != member.pk:
        name = holder_name(find_conversation(conversation_id))
        raise Problem("not-yours", f"{name} has this conversation." if name else "Nobody has this conversation. Take it first.")
    return conversation


def note_routing_event(conversation: Conversation, kind: RoutingEvent.Kind, member: DeskMember | None, why: str, *, at: datetime) -> None:
    """One line of why the conversation is where it is; open pages are told to look."""
    RoutingEvent.objects.create(conversation=conversation, kind=kind, member=member, at=at, why=why)
    ring_conversation(conversation.conversation_id)
    ring_desk()


def forget_visit_times(conversation: Conversation) -> None:
    """The person no longer waits: the exact times of their visits end, the conversation's own and those of why it was routed as it was."""
    conversation.unrouted_since = conversation.waiting_since = conversation.due_at = None
    RoutingEvent.objects.filter(conversation=conversation).update(at=TruncDay("at", tzinfo=UTC))
