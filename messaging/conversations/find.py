"""What the desk's interface shows a counsellor of keys and of one conversation (PROTOCOL §8.1–§8.3)."""

from datetime import datetime
from typing import Any

from messaging.conversations.read import conversation_body
from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.models import Conversation
from messaging.protocol.encoding import encode


def find_conversation(conversation_id: bytes) -> Conversation:
    """The conversation with its inbox and the counsellor who has it.

    Raises:
        Problem: not-found.
    """
    of = ("inbox", "member__counsellor", "flagged_by__counsellor", "flag_opened_by__counsellor")
    conversation = Conversation.objects.select_related(*of).filter(conversation_id=conversation_id).first()
    if conversation is None:
        raise Problem("not-found", "There is no such conversation. The person may have deleted it.")
    return conversation


def holder_name(conversation: Conversation) -> str | None:
    """The display name of the counsellor who has the conversation, or had it last."""
    return conversation.member.counsellor.display_name if conversation.member else None


def conversation_for_desk(conversation: Conversation, *, at: datetime) -> dict[str, Any]:
    """The answer of §8.3 for one conversation, which comes with its inbox and its member."""
    return {
        **conversation_body(conversation, at=at),
        "inbox_id": encode(conversation.inbox.inbox_id),
        "assigned_to": conversation_assignment(conversation)["assigned_to"],
        "snoozed_until": rfc3339_or_null(conversation.snoozed_until),
        "blocked_until": rfc3339_or_null(conversation.blocked_until),
        **flag_answer(conversation),
    }


def flag_answer(conversation: Conversation) -> dict[str, Any]:
    """The flag that is up, who raised it, and the lead who looked first and when; all null while there is none."""
    by, opened = conversation.flagged_by, conversation.flag_opened_by
    up = conversation.flagged
    return {
        "flag": conversation.flag_reason or None,
        "flag_by": by.counsellor.display_name if up and by else None,
        "flag_opened_by": opened.counsellor.display_name if up and opened else None,
        "flag_opened_at": rfc3339_or_null(conversation.flag_opened_at) if up else None,
    }


def conversation_assignment(conversation: Conversation) -> dict[str, Any]:
    """Where a conversation stands: its state, and who has it now."""
    return {
        "state": conversation.state,
        "assigned_to": None if conversation.state == Conversation.State.WAITING else holder_name(conversation),
    }
