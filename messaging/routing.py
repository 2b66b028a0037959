"""Who gets a conversation: (who is on duty, with how much open work) -> a choice, or wait. PURE; it knows no content."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Load:
    """A counsellor on duty: how many conversations are open with them, how many at most, and which the last one was that they were given.

    Conversations are counted as they are given out: the smallest `turn` is the longest ago, 0 is never. No time is needed for that.
    """

    member: int
    open: int
    cap: int
    turn: int

    @property
    def room(self) -> int:
        return max(self.cap - self.open, 0)


@dataclass(frozen=True)
class Choice:
    """Who, and a sentence that says why."""

    member: int
    why: str


def choose(on_duty: Iterable[Load], *, has_it: int | None, released_by: int | None) -> Choice | None:
    """The counsellor for one conversation, or None: it waits.

    Whoever has the thread keeps it while on duty, also above the cap: the person knows them. Others have to be under their cap; least open
    work comes first, then the longest idle. Whoever released the thread does not get it back, unless they claim it.
    """
    loads = [load for load in on_duty if load.member != released_by]
    if has_it is not None and any(load.member == has_it for load in loads):
        return Choice(has_it, "This counsellor has the thread and is on duty.")
    free = [load for load in loads if load.room]
    if not free:
        return None
    best = min(free, key=lambda load: (load.open, load.turn, load.member))
    return Choice(best.member, _why(best, free))


def _why(best: Load, free: list[Load]) -> str:
    work = f"{best.open} open of at most {best.cap}"
    if len(free) == 1:
        return f"The only counsellor on duty with room for more: {work}."
    if sum(load.open == best.open for load in free) == 1:
        return f"The least open work of the {len(free)} on duty with room: {work}."
    return f"The longest without a new thread among those on duty with the least open work: {work}."
