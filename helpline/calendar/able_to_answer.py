"""Who is able to answer: one question, asked by the site, by what is taken and promised, by routing and by the status page alike."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helpline.calendar.intervals import Interval


class AnsweringLack(StrEnum):
    """What someone lacks to answer, in the order in which it is looked for."""

    ROLE = "role"
    ACCOUNT = "account"
    VAULT = "vault"
    CERTIFICATE = "certificate"
    GRANT = "grant"
    SHIFT = "shift"
    UNSEEN = "unseen"
    BREAK = "break"
    ROOM = "room"


# Without one of these nobody could read a message, on a shift or not.
TO_READ = frozenset({AnsweringLack.ROLE, AnsweringLack.ACCOUNT, AnsweringLack.VAULT, AnsweringLack.CERTIFICATE, AnsweringLack.GRANT})
# These pass by themselves, or by coming to the desk: they say nothing of another instant.
OF_NOW = frozenset({AnsweringLack.UNSEEN, AnsweringLack.BREAK, AnsweringLack.ROOM})
# With none of these asked about, the rota alone counts.
BY_THE_ROTA = TO_READ | OF_NOW


@dataclass(frozen=True)
class KnownCounsellor:
    """What is known of a counsellor. What a channel does not ask for stands as it is here: the phone needs no keys and no desk.

    seen_in: the number of the last shift in which they were seen at the desk, where that is asked for (`watched`).
    break_ends: when the break ends that they take; it may be over.
    room: they could take one more, where that is asked for: a talk cannot wait for someone who has as many as they can hold.
    """

    role: bool = True
    account: bool = True
    vault: bool = True
    certificate: bool = True
    grant: bool = True
    watched: bool = False
    seen_in: int | None = None
    break_ends: datetime | None = None
    room: bool = True


@dataclass(frozen=True)
class OnShift:
    """A published shift that nothing takes away at the instant: its number, and its time."""

    number: int
    interval: Interval


def lack_to_read(known: KnownCounsellor | None) -> AnsweringLack | None:
    """What someone lacks to read what people write; None when nothing. Of whom nothing is known, they have no keys."""
    if known is None:
        return AnsweringLack.VAULT
    had = {
        AnsweringLack.ROLE: known.role,
        AnsweringLack.ACCOUNT: known.account,
        AnsweringLack.VAULT: known.vault,
        AnsweringLack.CERTIFICATE: known.certificate,
        AnsweringLack.GRANT: known.grant,
    }
    return next((lack for lack, has in had.items() if not has), None)


def lack_to_answer(
    known: KnownCounsellor | None, shift: OnShift | None, *, at: datetime, grace: timedelta, besides: Container[AnsweringLack] = ()
) -> AnsweringLack | None:
    """Returns the first thing that someone lacks to answer at `at`, or None if they are able. It does not ask about what is in `besides`.

    A counsellor on a shift counts as there for its first `grace`, seen or not: a shift that has just begun is no absence. After that they
    must have been seen at the desk during the shift.
    """
    could = lack_to_read(known)
    if could is not None and could not in besides:
        return could
    if shift is None or at not in shift.interval:
        return None if AnsweringLack.SHIFT in besides else AnsweringLack.SHIFT
    if known is None:
        return None
    if known.watched and known.seen_in != shift.number and at >= shift.interval.start + grace and AnsweringLack.UNSEEN not in besides:
        return AnsweringLack.UNSEEN
    if known.break_ends is not None and known.break_ends > at and AnsweringLack.BREAK not in besides:
        return AnsweringLack.BREAK
    return None if known.room or AnsweringLack.ROOM in besides else AnsweringLack.ROOM
