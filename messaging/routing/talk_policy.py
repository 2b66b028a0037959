"""Who is offered a live talk, and when a talk is over: (who is at the desk, with how much) -> an offer, a pause or an end. PURE.

Operations give it rows as values and write down what it decides; the simulator gives it values that it made up. It knows no content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# An offer rings for so long; then it goes to the next.
OFFER = timedelta(seconds=30)
# Whoever has waited for so long is told that it has become a message.
PATIENCE = timedelta(minutes=2)
# After a talk nobody is offered another for so long.
QUIET = timedelta(minutes=5)
# Both sides are told so long before closing, and a talk may go on for so long after it.
SOON, GRACE = timedelta(minutes=10), timedelta(minutes=20)
# Nothing was written for so long: both are asked; and so long after that it becomes a message.
IDLE, LAST_WORD = timedelta(minutes=10), timedelta(minutes=2)
# A talk takes as much of a counsellor as so many messages.
WEIGHT = 2


class TalkEnding(StrEnum):
    """Why a request or a talk is over."""

    WITHDRAWN = "withdrawn"
    NOBODY = "nobody"
    NO_ROOM = "no-room"
    PERSON = "person"
    COUNSELLOR = "counsellor"
    CLOSING = "closing"
    IDLE = "idle"


# A request that nobody took, and a talk that stopped by itself: the conversation goes on as one of messages.
BECAME_MESSAGE = frozenset({TalkEnding.NOBODY, TalkEnding.NO_ROOM})


@dataclass
class TalkCandidate:
    """A counsellor who is able to answer live, at an unlocked desk and not on a break.

    `open` counts the conversations open with them, each that is talked in as WEIGHT; `talks` how many talks, of at most `most`. `offered`
    says that an offer is before them, and `free_at` when their quiet after a talk is over, where it is not. The smallest `turn` is the
    longest ago that they were given something.
    """

    member: int
    open: int
    cap: int
    talks: int
    most: int
    turn: int
    offered: bool = False
    free_at: datetime | None = None

    @property
    def has_room(self) -> bool:
        """They could hold one more, once no offer and no quiet is in the way."""
        return self.open < self.cap and self.talks < self.most

    def is_free(self, at: datetime) -> bool:
        return self.has_room and not self.offered and (self.free_at is None or self.free_at <= at)

    def is_free_by(self, end: datetime) -> bool:
        """They may be free before `end`: an offer is over in seconds."""
        return self.has_room and (self.free_at is None or self.free_at < end)


@dataclass(frozen=True)
class RequestedTalk:
    """A request: since when, to whom it is offered since when, who has let it pass, and who has the conversation."""

    id: int
    asked_at: datetime
    member: int | None = None
    offered_at: datetime | None = None
    passed: frozenset[int] = frozenset()
    has_it: int | None = None


@dataclass(frozen=True)
class TalkOffer:
    """It is offered to this counsellor from now on; who let it pass before is in `passed`."""

    member: int
    passed: frozenset[int]


@dataclass(frozen=True)
class TalkPause:
    """It waits: someone may be free in a moment."""

    passed: frozenset[int]


TalkDecision = TalkOffer | TalkPause | TalkEnding | None


def may_take(offered_at: datetime, at: datetime) -> bool:
    """Whether an offer stands: for its first thirty seconds, and not at the end of them."""
    return at < offered_at + OFFER


def decide_request(request: RequestedTalk, able: Iterable[TalkCandidate], *, is_open: bool, at: datetime) -> TalkDecision:
    """What becomes of a request at `at`; None leaves it with whom it is offered to.

    While an offer stands and its counsellor is there, nothing changes, though the two minutes end in the middle of it. After those, when
    live talk is closed, and when nobody is there who could take it in time, it is a message. Else it goes to the counsellor who has the
    conversation, if they are free; else to the one with the least open work, and of those to the longest idle. Nobody is asked twice.
    """
    candidates = {one.member: one for one in able}
    end = request.asked_at + PATIENCE
    if not is_open:
        return TalkEnding.NO_ROOM
    if _stands(request, candidates, at):
        return None
    if at >= end:
        return TalkEnding.NOBODY
    passed = request.passed if request.member is None else request.passed | {request.member}
    left = [one for one in candidates.values() if one.member not in passed]
    free = [one for one in left if one.is_free(at)]
    if free:
        best = min(free, key=lambda one: (one.member != request.has_it, one.open, one.turn, one.member))
        return TalkOffer(best.member, passed)
    if any(one.is_free_by(end) for one in left):
        return TalkPause(passed)
    return TalkEnding.NOBODY if passed else TalkEnding.NO_ROOM


def decide_requests(
    requests: Iterable[RequestedTalk], able: Iterable[TalkCandidate], *, is_open: bool, at: datetime
) -> list[tuple[int, TalkDecision]]:
    """All requests, the oldest first, each counted before the next is looked at: nobody has two offers before them."""
    candidates, known = {one.member: one for one in able}, list(requests)
    for request in known:
        if request.member is not None and _stands(request, candidates, at):
            candidates[request.member].offered = True
    decided: list[tuple[int, TalkDecision]] = []
    for request in sorted(known, key=lambda each: (each.asked_at, each.id)):
        decision = decide_request(request, candidates.values(), is_open=is_open, at=at)
        if isinstance(decision, TalkOffer):
            candidates[decision.member].offered = True
        decided.append((request.id, decision))
    return decided


def _stands(request: RequestedTalk, candidates: Mapping[int, TalkCandidate], at: datetime) -> bool:
    """The offer is good, and the counsellor before whom it rings is there."""
    return request.member in candidates and request.offered_at is not None and may_take(request.offered_at, at)


@dataclass(frozen=True)
class OngoingTalk:
    """A talk: with whom, when something was last written, when live talk closes or has closed, and who has the conversation now."""

    id: int
    member: int
    active_at: datetime
    closes_at: datetime | None
    has_it: int | None


@dataclass(frozen=True)
class TalkHandover:
    """The talk goes on with this counsellor, who has the conversation now; with nobody: it is asked for again, of the others."""

    member: int | None


def decide_talk(talk: OngoingTalk, able: Iterable[int], *, at: datetime) -> TalkHandover | TalkEnding | None:
    """Whether a talk is over at `at`, or goes on with another counsellor; None: it goes on as it is.

    `able` are those who could go on with it. It ends twenty minutes after closing, and when nothing was written for so long.
    """
    if talk.closes_at is not None and at >= talk.closes_at + GRACE:
        return TalkEnding.CLOSING
    if at >= talk.active_at + IDLE + LAST_WORD:
        return TalkEnding.IDLE
    if talk.has_it == talk.member:
        return None
    return TalkHandover(talk.has_it if talk.has_it in set(able) else None)


def is_idle(active_at: datetime, at: datetime) -> bool:
    """Both sides are asked whether they are still there."""
    return at >= active_at + IDLE


def told_closing(closes_at: datetime | None, at: datetime) -> datetime | None:
    """When the talk has to be over, once both are told: from ten minutes before closing on."""
    return closes_at + GRACE if closes_at is not None and at >= closes_at - SOON else None
