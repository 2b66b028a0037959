"""What is read again may only continue what was read (PROTOCOL §5.4)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from messaging.protocol.peer.desk import Desk, OpenDesk
from messaging.protocol.peer.errors import BadContinuation

if TYPE_CHECKING:
    from messaging.protocol.peer.threads import Thread


def demand_continuation(before: "Thread", after: "Thread") -> None:
    """Raises BadContinuation unless the thread that was read again goes on from the one that was read."""
    if (before.inbox_id, before.answer.conversation) != (after.inbox_id, after.answer.conversation):
        raise BadContinuation("another conversation")
    _demand_prefix(before.answer.openings, after.answer.openings, "openings")
    for direction in (FROM_PERSON, FROM_DESK):
        _demand_prefix(_of(before, direction), _of(after, direction), "envelopes")
    known = after.statements
    if any(number in known and known[number].raw != statement.raw for number, statement in before.statements.items()):
        raise BadContinuation("another statement of the same number")
    if before.desk is None or after.desk is None:
        return
    stands = known.get(before.desk.epoch)
    if stands is None or stands.raw != before.desk.statement.raw or after.desk.epoch < before.desk.epoch:
        raise BadContinuation("the desk does not follow the one before")


def desk_follows(before: Desk, after: Desk) -> bool:
    """Whether a desk of §7.2 is the one before, or the very next; False where what lies between is not known.

    Raises:
        BadContinuation: an older one, another of the same number, or a next one that does not name the one before.
    """
    one, other = before.statement, after.statement
    if one.raw == other.raw:
        return True
    if other.number <= one.number:
        raise BadContinuation("an older desk, or another of the same number")
    if other.number > one.number + 1:
        return False
    if other.previous != one.statement_hash:
        raise BadContinuation("it does not follow the desk before")
    return True


def demand_chain_goes_on(before: OpenDesk, after: OpenDesk) -> None:
    """Raises BadContinuation unless every epoch that a counsellor's desk had stands in the one looked up again (§8.1)."""
    for number, statement in before.chain.items():
        if number not in after.chain or after.chain[number].raw != statement.raw:
            raise BadContinuation("an epoch is gone, or is another")
    if before.desk is not None and after.desk is not None and after.desk.epoch < before.desk.epoch:
        raise BadContinuation("the current epoch is older than before")


def _of(thread: "Thread", direction: int) -> list[bytes]:
    """The envelopes of a direction as they stand in the answer; what cannot be told counts as the desk's, §5.1."""
    return [raw for raw in thread.answer.envelopes if (raw[2:3] == b"\1") == (direction == FROM_PERSON)]


def _demand_prefix(before: Sequence[bytes], after: Sequence[bytes], what: str) -> None:
    if list(after[: len(before)]) != list(before):
        raise BadContinuation(f"its {what} do not begin with those that were read")
