"""A counsellor's own work, as routing counts it."""

from datetime import datetime
from typing import Any

from messaging.models import Conversation, DeskMember
from messaging.queries.threads import rfc3339


def work_of(member: DeskMember, *, at: datetime) -> dict[str, Any]:
    """How much is open, how much they take just now and at most, and until when they are away."""
    return {
        "open": Conversation.objects.filter(Conversation.awake(at), member=member, state=Conversation.State.ASSIGNED).count(),
        "takes": member.takes,
        "cap": member.cap,
        "away_until": rfc3339(member.away_until) if member.is_away(at) else None,
    }
