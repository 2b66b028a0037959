"""Who gets a conversation (product rule: continuity, then least open work, then longest idle). PURE."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Load:
    """A counsellor on duty: how many conversations are open with them, at most how many, and when they were last given one."""

    member: int
    open: int
    cap: int
    last_assigned_at: datetime | None


@dataclass(frozen=True)
class Choice:
    member: int
    why: str


def choose(loads: Iterable[Load], *, has_it: int | None, released_by: int | None) -> Choice | None:
    """The counsellor for one conversation among those on duty, or None to wait.

    The one who has the thread keeps it, also above the cap: the person knows them. Whoever released it does not get it back.
    """
    on_duty = list(loads)
    if has_it is not None and has_it != released_by and any(load.member == has_it for load in on_duty):
        return Choice(has_it, "has this conversation and is on duty")
    free = [load for load in on_duty if load.open < load.cap and load.member != released_by]
    if not free:
        return None
    best = min(free, key=lambda load: (load.open, load.last_assigned_at or NEVER, load.member))
    return Choice(best.member, f"on duty with the least open work ({best.open} of {best.cap}), then longest without a new one")
