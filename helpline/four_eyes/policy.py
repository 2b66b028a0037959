"""Who may propose, confirm and stop which change, and when it is done. PURE.

The rules, in one place. Nobody confirms what they proposed. Everyone who is told may stop it. A pause begins when everyone is told, and
that is when it is proposed. A confirmation never makes it shorter than the pause.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEAD, ADMIN = "lead", "admin"
SECOND = frozenset({LEAD, ADMIN})
DAY = timedelta(days=1)
# Where nobody else could confirm: everyone on the staff is told, and any of them may stop it.
ALONE = timedelta(days=7)
# So long a change waits for a second person once its pause is over.
PATIENCE = timedelta(days=14)


@dataclass(frozen=True)
class Rule:
    """Who may propose a kind of change, its pause, and whether the one concerned may stop it.

    Of someone who has left the helpline nobody asks whether they agree.
    """

    proposers: frozenset[str] = frozenset({ADMIN})
    pause: timedelta = DAY
    concerned_may_stop: bool = True


RULES = {
    "vault": Rule(),
    "vault-back": Rule(proposers=SECOND, pause=timedelta()),
    "invite": Rule(),
    "invite-again": Rule(),
    "account": Rule(),
    "leave": Rule(pause=timedelta(), concerned_may_stop=False),
    "numbers": Rule(),
    "crisis": Rule(),
    "terms": Rule(),
    "retention": Rule(),
}


@dataclass(frozen=True)
class Hand:
    """Someone who wants to do something with a change: their account's role, and what they have to do with it.

    able: they may enter the desk, and are who they say: switched on, with a second step, and not waiting to be heard by a lead.
    """

    role: str
    proposer: bool = False
    concerned: bool = False
    able: bool = True


def may_propose(kind: str, role: str) -> bool:
    """Whether the role may propose changes of this kind."""
    return role in RULES[kind].proposers


def may_confirm(hand: Hand) -> bool:
    """Whether this hand is a second one: another lead or admin."""
    return hand.able and hand.role in SECOND and not hand.proposer


def may_stop(kind: str, hand: Hand, *, alone: bool) -> bool:
    """Whether this hand may stop a change before it is done: the proposer, a lead, an admin, the one concerned; anyone, if `alone`."""
    if not hand.able:
        return False
    if hand.concerned and not RULES[kind].concerned_may_stop and not hand.proposer:
        return False
    return hand.proposer or hand.concerned or alone or hand.role in SECOND


def due(kind: str, proposed_at: datetime, *, alone: bool, at_once: bool = False) -> datetime:
    """When a change is done at the earliest. `at_once`: two people need no pause; someone alone still waits."""
    if alone:
        return proposed_at + ALONE
    return proposed_at if at_once else proposed_at + RULES[kind].pause


def expires(due_at: datetime) -> datetime:
    """Until when someone may confirm it."""
    return due_at + PATIENCE


def is_ready(*, confirmed: bool, alone: bool, due_at: datetime, at: datetime) -> bool:
    """Whether it is to be done now."""
    return (confirmed or alone) and at >= due_at
