"""Who looks at a conversation or types into it at the moment (PROTOCOL §8.7): a few seconds in the cache, never in the database.

One thing heeds it: at the end of a shift the conversation that someone writes in stays theirs for a while (`routing.end_shifts`).
While Redis is away only those are seen whom the same process saw, and it goes on as if nobody wrote.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from messaging import trigger
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember
from messaging.protocol.encoding import encode

DOINGS = frozenset({"views", "types", "left"})
GONE_AFTER = timedelta(seconds=25)
TYPED_FOR = timedelta(minutes=10)


def note_presence(member: DeskMember, conversation_id: bytes, doing: str, *, at: datetime) -> list[dict[str, str]]:
    """Says what the member does here (`views`, `types`, or `left`), and tells what others do, by name.

    Raises:
        Problem: not-found.
    """
    if not Conversation.objects.filter(conversation_id=conversation_id).exists():
        raise Problem("not-found", "There is no such conversation. The person may have deleted it.")
    if doing == "types":
        cache.set(_typed_key(member, conversation_id), at.timestamp(), timeout=int(TYPED_FOR.total_seconds()))
    here = _noted(f"desk-here-{encode(conversation_id)}", member, doing, at)
    return [{"name": name, "doing": does} for name, does, _ in sorted(here.values())]


def typed_lately(member: DeskMember, conversations: Iterable[bytes], *, within: timedelta, at: datetime) -> dict[bytes, datetime]:
    """In which of these the member typed within that time, and when last; `within` is ten minutes at most. One question of the cache."""
    keys = {_typed_key(member, conversation_id): conversation_id for conversation_id in conversations}
    if not keys:
        return {}
    found: dict[str, float] = cache.get_many(list(keys))
    typed = {keys[key]: datetime.fromtimestamp(when, tz=UTC) for key, when in found.items()}
    return {conversation_id: when for conversation_id, when in typed.items() if at - within < when}


def _typed_key(member: DeskMember, conversation_id: bytes) -> str:
    return f"desk-typed-{member.pk}-{encode(conversation_id)}"


def _noted(key: str, member: DeskMember, doing: str, at: datetime) -> dict[str, tuple[str, str, float]]:
    """The others. Two who write at the very same moment may miss each other until the next beat."""
    since = (at - GONE_AFTER).timestamp()
    found: dict[str, tuple[str, str, float]] = cache.get(key) or {}
    here = {pk: each for pk, each in found.items() if each[2] > since and pk != str(member.pk)}
    own = {} if doing == "left" else {str(member.pk): (member.counsellor.display_name, doing, at.timestamp())}
    cache.set(key, here | own, timeout=int(GONE_AFTER.total_seconds()))
    return here


def note_seen(member: DeskMember) -> None:
    """Once a shift something is written, and routing woken: who was given to others, or waits, may be theirs now.

    The shift is the one that `end_shifts` saw last: at the shift's start that may take it some seconds.
    """
    if member.shift is None or member.seen_in == member.shift:
        return
    with transaction.atomic():
        if DeskMember.objects.filter(pk=member.pk, shift=member.shift).update(seen_in=F("shift")):
            transaction.on_commit(trigger.request_routing)
