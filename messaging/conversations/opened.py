"""Who opened which conversation, on which day: for leads, as long as the conversation is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from messaging.models import ConversationRead

# As the desk's own list writes a conversation's short name (`conversation_lines.ts`).
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class OpenedCount:
    """How many different conversations one member opened on one day."""

    read_on: date
    name: str
    number: int


def opened_counts(*, at: datetime) -> list[OpenedCount]:
    """Of the last thirty days, the newest first; one query."""
    rows = ConversationRead.objects.filter(read_on__gt=at.date() - SHOWN_FOR).order_by()
    counted = rows.values("read_on", "member__counsellor__display_name").annotate(number=Count("pk"))
    found = [OpenedCount(row["read_on"], row["member__counsellor__display_name"], row["number"]) for row in counted]
    return sorted(found, key=lambda each: (-each.read_on.toordinal(), -each.number, each.name))


def thread_name(conversation_id: bytes) -> str:
    """What the desk calls the conversation."""
    letters = "".join(ALPHABET[each % 32] for each in conversation_id[:6])
    return f"{letters[:3]}-{letters[3:]}"


def opened_by(name: str) -> list[tuple[date, str]]:
    """Who opened the conversation of this short name, and on which days, the newest first."""
    rows = ConversationRead.objects.order_by("-read_on", "member__counsellor__display_name")
    values = rows.values_list("conversation__conversation_id", "read_on", "member__counsellor__display_name")
    wanted = name.strip().upper()
    return [(day, who) for conversation, day, who in values.iterator(chunk_size=1_000) if thread_name(bytes(conversation)) == wanted]
