"""Who is at the desk this minute, unlocked, and would see an offer: half a minute in the cache, and no time of anything in the database.

While Redis is away only those are seen whom the same process saw: then fewer are offered a talk, and nobody is who would not see it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.cache import cache

# An unlocked desk says every five seconds that it is there, or every ten with a bell; one that missed twice has gone.
GONE_AFTER = timedelta(seconds=25)


def note_ready(member: int, *, at: datetime) -> None:
    """The unlocked desk of this member has just asked what is offered to them."""
    cache.set(_key(member), at.timestamp(), timeout=int(GONE_AFTER.total_seconds()))


def note_not_ready(member: int) -> None:
    """They take no talk for now, or have locked the desk."""
    cache.delete(_key(member))


def ready_members(members: Iterable[int], *, at: datetime) -> set[int]:
    """Which of these are at an unlocked desk; one question of the cache."""
    keys = {_key(member): member for member in members}
    if not keys:
        return set()
    found: dict[str, float] = cache.get_many(list(keys))
    since = (at - GONE_AFTER).timestamp()
    return {keys[key] for key, when in found.items() if since < when}


def _key(member: int) -> str:
    return f"desk-ready-{member}"
