"""Hands a thread to a counsellor, and remembers up to where whoever has it was shown it."""

from datetime import datetime
from typing import Any

from messaging.conversations.find import find_thread, thread_for_desk
from messaging.models import Conversation, DeskMember


def open_conversation(member: DeskMember, conversation_id: bytes, *, at: datetime) -> dict[str, Any]:
    """The answer of PROTOCOL §8.3 for one conversation.

    Raises:
        Problem: not-found.
    """
    thread = find_thread(conversation_id)
    answer = thread_for_desk(thread, at=at)
    if thread.member_id == member.pk and thread.shown < thread.received:
        # What was counted before the envelopes were read is surely among them.
        Conversation.objects.filter(pk=thread.pk, member=member, shown__lt=thread.received).update(shown=thread.received)
    return answer
