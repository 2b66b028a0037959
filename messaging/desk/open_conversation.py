"""Returns a conversation to a counsellor's browser, and records how far its holder has now been shown it."""

from datetime import datetime
from typing import Any

from messaging.conversations.audit_trail import note_opened
from messaging.conversations.find import conversation_for_desk, find_conversation
from messaging.models import Conversation, DeskMember


def open_conversation(member: DeskMember, conversation_id: bytes, *, at: datetime) -> dict[str, Any]:
    """The answer of PROTOCOL §8.3 for one conversation.

    Raises:
        Problem: not-found.
    """
    conversation = find_conversation(conversation_id)
    answer = conversation_for_desk(conversation, at=at)
    note_opened(conversation, member, at=at)
    if conversation.member_id == member.pk and conversation.shown < conversation.received:
        # What was counted before the envelopes were read is surely among them.
        Conversation.objects.filter(pk=conversation.pk, member=member, shown__lt=conversation.received).update(shown=conversation.received)
    return answer
