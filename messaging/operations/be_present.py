"""Who looks at a conversation or types into it just now (PROTOCOL §8.7): a few seconds in the cache, never in the database.

Nothing depends on it: where the cache is away, or forgets, nobody is seen.
"""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from redis.exceptions import RedisError

from messaging.encoding import encode
from messaging.models import Conversation, DeskMember
from messaging.problems import Problem

log = logging.getLogger(__name__)
DOINGS = frozenset({"views", "types", "left"})
GONE_AFTER = timedelta(seconds=25)


def be_present(member: DeskMember, conversation_id: bytes, doing: str, *, at: datetime) -> list[dict[str, str]]:
    """Says what the member does here (`views`, `types`, or `left`), and tells what others do, by name.

    Raises:
        Problem: not-found.
    """
    if not Conversation.objects.filter(conversation_id=conversation_id).exists():
        raise Problem("not-found", "There is no such conversation. The person may have deleted it.")
    try:
        here = _noted(f"desk-here-{encode(conversation_id)}", member, doing, at)
    except RedisError as error:
        log.warning("The cache does not say who is here (%s).", type(error).__name__)
        return []
    return [{"name": name, "doing": does} for name, does, _ in sorted(here.values())]


def _noted(key: str, member: DeskMember, doing: str, at: datetime) -> dict[int, tuple[str, str, float]]:
    """The others. Two who write at the very same moment may miss each other until the next beat."""
    since = (at - GONE_AFTER).timestamp()
    found: dict[int, tuple[str, str, float]] = cache.get(key) or {}
    here = {pk: each for pk, each in found.items() if each[2] > since and pk != member.pk}
    own = {} if doing == "left" else {member.pk: (member.counsellor.display_name, doing, at.timestamp())}
    cache.set(key, here | own, timeout=int(GONE_AFTER.total_seconds()))
    return here
