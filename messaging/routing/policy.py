"""Who gets a conversation: (who is on duty, with how much work) -> a choice, or wait. PURE; it knows no content, no rows and no clock.

Operations give it rows as values and write down what it decides; the simulator gives it values that it made up. Both decide with this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# A share is counted over at least so many minutes: whoever has just come on duty is not owed a whole week's work at once.
LEAST_MINUTES = 60
# Nobody is given more than so many times the share of another who has room.
UNFAIR = 2


@dataclass
class RoutingCandidate:
    """A counsellor on duty: how many conversations are open with them, how many at most, and which the last one was that they were given.

    Conversations are counted as they are given out: the smallest `turn` is the longest ago, 0 is never. No time is needed for that.
    `given` and `minutes` are this week's: what routing gave, and the time on duty until now. `flagged` is how many flagged ones routing
    gave in this shift, of at most `most_flagged`.
    """

    member: int
    open: int
    cap: int
    turn: int
    given: int = 0
    minutes: int = 0
    flagged: int = 0
    most_flagged: int = 3

    @property
    def room(self) -> int:
        return max(self.cap - self.open, 0)

    @property
    def time(self) -> int:
        """The minutes over which this week's share is counted."""
        return max(self.minutes, LEAST_MINUTES)

    def has_room(self, *, flagged: bool) -> bool:
        return self.room > 0 and not (flagged and self.flagged >= self.most_flagged)


@dataclass(frozen=True)
class RoutingChoice:
    """Who, and a sentence that says why."""

    member: int
    why: str


def choose_counsellor(
    on_duty: Iterable[RoutingCandidate], *, has_it: int | None, released_by: int | None, flagged: bool = False
) -> RoutingChoice | None:
    """The counsellor for one conversation, or None: it waits.

    The counsellor who has it keeps it while on duty, also above the cap: the person knows them. Others have to be under their cap, and for
    a flagged conversation within what they may be given of those in a shift. Of them, those come last whose share of the week would then be
    more than twice another's, counted by the hour on duty; of the rest, least open work comes first, then the longest idle. The
    counsellor who released the conversation does not get it back, unless they claim it.
    """
    loads = [load for load in on_duty if load.member != released_by]
    if has_it is not None and any(load.member == has_it for load in loads):
        return RoutingChoice(has_it, "This counsellor has the thread and is on duty.")
    free = [load for load in loads if load.has_room(flagged=flagged)]
    if not free:
        return None
    fair = fair_candidates(free)
    best = min(fair, key=lambda load: (load.open, load.turn, load.member))
    return RoutingChoice(best.member, _why(best, free, fair))


def fair_candidates(free: list[RoutingCandidate]) -> list[RoutingCandidate]:
    """Those who may get one more without having more than twice the smallest share among them. The one with the smallest always may."""
    least = min(free, key=lambda load: (load.given / load.time, load.turn, load.member))

    def may(load: RoutingCandidate) -> bool:
        # In whole numbers: given/time compared without dividing.
        equal = load.given * least.time <= least.given * load.time
        return equal or (load.given + 1) * least.time <= UNFAIR * least.given * load.time

    return [load for load in free if may(load)]


def _why(best: RoutingCandidate, free: list[RoutingCandidate], fair: list[RoutingCandidate]) -> str:
    work = f"{best.open} open of at most {best.cap}"
    if len(free) == 1:
        return f"The only counsellor on duty with room for more: {work}."
    if len(fair) < len(free) and any((load.open, load.turn) < (best.open, best.turn) for load in free if load not in fair):
        return f"Others with room have had more than their share of this week, for their hours on duty: {work}."
    if sum(load.open == best.open for load in fair) == 1:
        return f"The least open work of the {len(free)} on duty with room: {work}."
    return f"The longest without a new thread among those on duty with the least open work: {work}."


GIVEN_NEXT = "It is about to be given out."


def why_it_waits(
    on_duty: Iterable[RoutingCandidate],
    *,
    closed: bool,
    away: int,
    has_it: int | None,
    released_by: int | None,
    flagged: bool,
    unable: int = 0,
) -> str:
    """For a conversation that waits: what for, in a few words.

    `closed` says that messages are, and nothing is given out; `on_duty` are those who are here, and `away` how many more are on duty and
    take a break; `unable` are on the rota, and were not seen at the desk or cannot open what is written today. The words are those of
    `choose_counsellor`: GIVEN_NEXT just where it would choose someone.
    """
    loads = list(on_duty)
    others = [load for load in loads if load.member != released_by]
    if closed:
        return "Messages are closed."
    if choose_counsellor(loads, has_it=has_it, released_by=released_by, flagged=flagged):
        return GIVEN_NEXT
    if not loads:
        if away:
            return "Everyone on duty is on a break."
        return "Nobody on duty is at the desk and able to open it." if unable else "Nobody is on duty."
    if not others:
        return "Only the counsellor who gave it back is on duty."
    if flagged and any(load.room for load in others):
        return "It is flagged, and the counsellors with room may get no more flagged ones in this shift."
    return "Nobody on duty has room for more."


class RoutingOutcome(StrEnum):
    """What becomes of a conversation that is looked at."""

    ASSIGNED = "assigned"
    KEPT = "kept"
    RETURNED = "returned"


@dataclass(frozen=True)
class QueuedConversation:
    """A conversation that is to be routed: who has it (`assigned`) or had it last, who gave it back, and whether it is flagged."""

    id: int
    assigned: bool = False
    member: int | None = None
    released_by: int | None = None
    flagged: bool = False


@dataclass(frozen=True)
class RoutingDecision:
    """What is done with a conversation, whose it is then (or was last), and why."""

    thread: QueuedConversation
    outcome: RoutingOutcome
    member: int | None
    why: str


class OnDutyPool:
    """Everyone on duty, counted on as conversations are given out. `newest` is the highest turn of the whole desk."""

    def __init__(self, loads: Iterable[RoutingCandidate], newest: int) -> None:
        self.loads = {load.member: load for load in loads}
        self.newest = newest

    @property
    def has_room(self) -> bool:
        return any(load.room for load in self.loads.values())

    def decide(self, conversation: QueuedConversation) -> RoutingDecision | None:
        """What is done with one conversation, counted at once; None when it has to wait where it is."""
        choice = choose_counsellor(
            self.loads.values(), has_it=conversation.member, released_by=conversation.released_by, flagged=conversation.flagged
        )
        if choice is None:
            if not conversation.assigned:
                return None
            # It stands open to be claimed by anyone, and is tried again; whoever had it gets it back if they are there first.
            why = "The counsellor who had the thread is not on duty, and nobody on duty has room."
            return RoutingDecision(conversation, RoutingOutcome.RETURNED, conversation.member, why)
        if conversation.assigned and conversation.member == choice.member:
            return RoutingDecision(conversation, RoutingOutcome.KEPT, choice.member, choice.why)
        load = self.loads[choice.member]
        load.open += 1
        load.given += 1
        load.flagged += conversation.flagged
        self.newest += 1
        load.turn = self.newest
        why = choice.why if conversation.member in {None, choice.member} else f"Handed over. {choice.why}"
        return RoutingDecision(conversation, RoutingOutcome.ASSIGNED, choice.member, why)
