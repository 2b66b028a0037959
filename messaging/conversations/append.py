"""Puts an envelope at the end of a conversation, for either side: the checks of PROTOCOL §7.7 against the rows, and the rows themselves.

The caller holds the conversation's lock (`lock_conversation`), so that a head which was read is still the head when it is advanced.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from messaging.http.problems import Problem
from messaging.hub.rings import ring_conversation, ring_desk_of
from messaging.installation import installation_site
from messaging.keys.desk_epochs import demand_epoch_number
from messaging.models import Conversation, Epoch
from messaging.models import Envelope as EnvelopeRow
from messaging.models import Opening as OpeningRow
from messaging.models.insert import insert
from messaging.protocol.days import day_on
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, demand, encode, within
from messaging.protocol.wire import Envelope, Opening, Statement

# In an epoch of a conversation, §3.2: the person's bytes are fixed; a counsellor may need a second where the first failed.
MOST_OPENINGS = {FROM_PERSON: 1, FROM_DESK: 2}


def lock_conversation(**which: Any) -> Conversation | None:
    """Returns the conversation with its inbox, locked until the transaction ends, so that writers to one conversation take turns."""
    # Not the inbox as well: its row never changes, and `of` keeps it free for a new session's foreign key.
    return Conversation.objects.select_for_update(of=("self",)).select_related("inbox").filter(**which).first()


def demand_sealed_envelope(envelope: Envelope, direction: int) -> None:
    """Raises Malformed for the other side's direction, and Problem not-sealed."""
    with within("envelope"):
        demand(envelope.direction == direction, "the envelope is of the other side")
    if not envelope.looks_sealed():
        raise Problem("not-sealed", "What arrived is not encrypted. It was not stored.")


def demand_opening_agrees(opening: Opening, envelope: Envelope, inbox_id: bytes) -> None:
    """That opening, envelope and inbox belong to each other; raises Malformed."""
    with within("opening"):
        demand(opening.direction == envelope.direction, "the opening is of the other side")
        demand(opening.inbox_id == inbox_id, "the opening is of another inbox")
    with within("envelope"):
        demand((opening.conversation, opening.epoch) == (envelope.conversation, envelope.epoch), "opening and envelope do not agree")
        demand(opening.opening_hash == envelope.opening_hash, "the envelope is of another opening")


def envelope_stands_already(conversation: Conversation, envelope: Envelope) -> bool:
    """Whether these very bytes were taken before."""
    with within("envelope"):
        demand(conversation.conversation_id == envelope.conversation, "the envelope is of another conversation")
    if envelope.sequence > newest_envelope(conversation, envelope.direction)[0]:
        return False
    place = {"conversation": conversation, "direction": envelope.direction, "sequence": envelope.sequence}
    kept = EnvelopeRow.objects.filter(**place).values_list("envelope", flat=True).first()
    return kept is not None and hmac.compare_digest(kept, envelope.raw)


def newest_envelope(conversation: Conversation, direction: int) -> tuple[int, bytes]:
    """Sequence and hash of the newest envelope of a direction; 0 and zeros when there is none."""
    if direction == FROM_PERSON:
        return conversation.received, conversation.received_hash
    return conversation.sent, conversation.sent_hash


def _demand_next(conversation: Conversation, envelope: Envelope) -> None:
    """Raises Problem conflict, with the head, unless the envelope follows it."""
    sequence, newest = newest_envelope(conversation, envelope.direction)
    if (envelope.sequence, envelope.previous) != (sequence + 1, newest):
        raise Problem("conflict", head={"sequence": sequence, "hash": encode(newest)})


def append_envelope(
    conversation: Conversation,
    opening: Opening | None,
    envelope: Envelope,
    *,
    epoch: Callable[[], int],
    at: datetime,
    demand_signed: Callable[[], None] | None = None,
) -> None:
    """Adds an envelope, and its opening when that is new. The caller saves the conversation, whose head is advanced.

    `epoch` answers with the number of the desk's present one, or raises Problem closed; it is asked once the envelope is known to be the
    next. `demand_signed` is the desk's own check, made before the opening is looked at.

    Raises:
        Malformed: opening, envelope, inbox and epoch do not agree.
        Problem: conflict, closed, epoch-changed, bad-proof, opening-exists, opening-missing; whatever `demand_signed` raises.
    """
    _demand_next(conversation, envelope)
    demand_epoch_number(envelope, epoch())
    if envelope.direction == FROM_PERSON:
        demand_places(envelope, _statement(envelope.epoch))
    if demand_signed is not None:
        demand_signed()
    new = _is_new(conversation, opening, envelope)
    add_envelope_rows(conversation, opening if new else None, envelope, at=at)


def _is_new(conversation: Conversation, opening: Opening | None, envelope: Envelope) -> bool:
    """Whether to keep the opening that came. If not, the envelope names one that the conversation has.

    Raises:
        Malformed: opening, envelope, inbox and epoch do not agree.
        Problem: bad-proof, opening-exists, opening-missing.
    """
    if opening is not None:
        demand_opening_agrees(opening, envelope, conversation.inbox.inbox_id)
    standing = OpeningRow.objects.filter(conversation=conversation, epoch=envelope.epoch)
    if standing.filter(opening_hash=envelope.opening_hash).exists():
        return False
    if opening is None:
        raise Problem("opening-missing")
    demand_statement(opening)
    if opening.direction == FROM_PERSON and not opening.signed_by(installation_site(), conversation.inbox.sign_public):
        raise Problem("bad-proof")
    writer = opening.direction, opening.certificate_id
    writers = [(each.direction, each.certificate_id) for each in map(Opening.parse, standing.values_list("opening", flat=True))]
    if writers.count(writer) >= MOST_OPENINGS[opening.direction]:
        raise Problem("opening-exists")
    return True


def demand_statement(opening: Opening) -> Statement:
    """The statement that the opening is under; raises Malformed where it is not that of its epoch."""
    statement = _statement(opening.epoch)
    with within("opening"):
        demand(statement.statement_hash == opening.statement_hash, "the opening is under another statement")
    return statement


def demand_places(envelope: Envelope, statement: Statement) -> None:
    """That nothing stands where nobody on the roster has a tag; raises Malformed."""
    with within("envelope"):
        envelope.demand_places(len(statement.roster))


def _statement(epoch: int) -> Statement:
    raw = Epoch.objects.filter(pk=epoch).values_list("statement", flat=True).first()
    return Statement.parse(bytes(raw or b""))


def add_envelope_rows(conversation: Conversation, opening: Opening | None, envelope: Envelope, *, at: datetime) -> None:
    """Adds the rows unchecked, as for the first message of all, and advances the head of the conversation, which the caller saves."""
    if opening is not None:
        insert(OpeningRow(conversation=conversation, epoch_id=opening.epoch, opening=opening.raw, opening_hash=opening.opening_hash))
    envelope_hash = envelope.envelope_hash
    insert(
        EnvelopeRow(
            conversation=conversation,
            direction=envelope.direction,
            sequence=envelope.sequence,
            epoch_id=envelope.epoch,
            envelope=envelope.raw,
            envelope_hash=envelope_hash,
            received_on=day_on(at),
        )
    )
    if envelope.direction == FROM_PERSON:
        conversation.received, conversation.received_hash = envelope.sequence, envelope_hash
    else:
        conversation.sent, conversation.sent_hash = envelope.sequence, envelope_hash
    # A clock that ran back moves nothing nearer to its end.
    conversation.newest_on = max(conversation.newest_on, day_on(at))
    ring_conversation(conversation.conversation_id)
    ring_desk_of(lambda: _alone_with(conversation))


def _alone_with(conversation: Conversation) -> int | None:
    """The counsellor in whose lists alone it stands, as it is now that the caller has changed it; None where it stands in others' too."""
    seen_by_others = conversation.state == Conversation.State.WAITING or conversation.flagged or conversation.handed_by_id is not None
    return None if seen_by_others else conversation.member_id


@dataclass(frozen=True)
class AcceptedEnvelope:
    """What was taken; `new` is false when the same bytes were taken before."""

    conversation: bytes
    sequence: int
    envelope_hash: bytes
    reply_by: datetime | None
    new: bool
