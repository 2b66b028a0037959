"""Takes a person's sealed message: once, whole, and marked as waiting to be routed, in one transaction (PROTOCOL §7.5–§7.7)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q

from helpline.queries import availability
from messaging import nudge
from messaging.encoding import FROM_DESK, FROM_PERSON, HASH, demand, encode
from messaging.models import Conversation, Epoch, Inbox
from messaging.models import Envelope as EnvelopeRow
from messaging.models import Opening as OpeningRow
from messaging.operations.epochs import current_epoch
from messaging.problems import Problem
from messaging.wire import Envelope, Opening, first_message_proof_holds, inbox_id_of

MOST_UNANSWERED = 50


@dataclass(frozen=True)
class FirstMessage:
    """The decoded body of `POST messages`, §7.5."""

    kem_public: bytes
    sign_public: bytes
    opening: Opening
    envelope: Envelope
    proof: bytes


@dataclass(frozen=True)
class Accepted:
    """What was taken; `new` is false when the same bytes were taken before."""

    conversation: bytes
    sequence: int
    envelope_hash: bytes
    reply_by: datetime | None
    new: bool


def _demand_sealed(envelope: Envelope) -> None:
    demand(envelope.direction == FROM_PERSON, "the envelope is not a person's")
    if not envelope.looks_sealed():
        raise Problem("not-sealed", "What was sent is not encrypted, and was not kept.")


def first_message(message: FirstMessage, *, site: bytes, origin: str, at: datetime) -> Accepted:
    """Makes inbox, conversation, opening and envelope; the same bytes again change nothing.

    Raises:
        Malformed: parts that do not agree with each other.
        Problem: not-sealed, bad-proof, closed, epoch-changed, inbox-exists.
    """
    opening, envelope = message.opening, message.envelope
    inbox_id = inbox_id_of(message.kem_public, message.sign_public)
    _demand_sealed(envelope)
    demand(opening.direction == FROM_PERSON and opening.earlier == 0 and envelope.sequence == 1, "this is not a first message")
    demand(opening.inbox_id == inbox_id, "the opening is of another inbox")
    demand((opening.conversation, opening.epoch) == (envelope.conversation, envelope.epoch), "opening and envelope do not agree")
    demand(envelope.opening_hash == opening.opening_hash, "the envelope is of another opening")
    keys = message.kem_public, message.sign_public
    if not first_message_proof_holds(site, origin, *keys, opening.raw, envelope.raw, message.proof):
        raise Problem("bad-proof")
    epoch = current_epoch(at)
    if opening.epoch != epoch.number:
        known = _known_first(inbox_id, envelope)
        if known is None:
            raise Problem("epoch-changed", epoch=epoch.number)
        return known
    reply_by = availability(channel="messages", at=at).reply_by
    try:
        with transaction.atomic():
            inbox = Inbox.objects.create(
                inbox_id=inbox_id, kem_public=message.kem_public, sign_public=message.sign_public, made_on=at.astimezone(UTC).date()
            )
            conversation = Conversation.objects.create(
                conversation_id=opening.conversation, inbox=inbox, unrouted_since=at, waiting_since=at, due_at=reply_by
            )
            store(conversation, epoch, opening, envelope, at)
            transaction.on_commit(nudge.wake)
    except IntegrityError:
        known = _known_first(inbox_id, envelope)
        if known is None:
            raise Problem("inbox-exists", "These words are in use. Ask for new ones.") from None
        return known
    return Accepted(opening.conversation, 1, envelope.envelope_hash, reply_by, new=True)


def _known_first(inbox_id: bytes, envelope: Envelope) -> Accepted | None:
    """The answer given before to the same first envelope."""
    row = (
        EnvelopeRow.objects.filter(conversation__inbox__inbox_id=inbox_id, direction=FROM_PERSON, sequence=1)
        .select_related("conversation")
        .first()
    )
    if row is None or bytes(row.envelope) != envelope.raw:
        return None
    return Accepted(bytes(row.conversation.conversation_id), 1, envelope.envelope_hash, row.conversation.due_at, new=False)


def next_message(inbox_pk: int, opening: Opening | None, envelope: Envelope, *, at: datetime) -> Accepted:
    """Adds a person's later envelope, with the epoch's opening when it is the first there.

    Raises:
        Malformed: parts that do not agree with each other or the inbox.
        Problem: not-sealed, conflict, too-many, closed, epoch-changed, opening-exists, opening-missing.
    """
    _demand_sealed(envelope)
    with transaction.atomic():
        # The lock puts a person's two windows in turn; a counsellor's reply takes it too.
        conversation = Conversation.objects.select_for_update().select_related("inbox").get(inbox=inbox_pk)
        demand(bytes(conversation.conversation_id) == envelope.conversation, "the envelope is of another conversation")
        if follow(conversation, FROM_PERSON, envelope):
            return Accepted(envelope.conversation, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=False)
        if _unanswered(conversation) >= MOST_UNANSWERED:
            raise Problem("too-many", "Many of your messages wait to be read. Please wait for an answer.")
        epoch = current_epoch(at)
        check_opening(conversation, epoch, opening, envelope)
        store(conversation, epoch, opening, envelope, at)
        conversation.unrouted_since = conversation.unrouted_since or at
        conversation.waiting_since = conversation.waiting_since or at
        conversation.due_at = conversation.due_at or availability(channel="messages", at=at).reply_by
        if conversation.state != Conversation.State.ASSIGNED:
            conversation.state = Conversation.State.WAITING
        conversation.save(update_fields=["unrouted_since", "waiting_since", "due_at", "state"])
        transaction.on_commit(nudge.wake)
    return Accepted(envelope.conversation, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=True)


def follow(conversation: Conversation, direction: int, envelope: Envelope) -> bool:
    """Whether these very bytes were taken before; raises Problem `conflict` with the head when the envelope is not the next of its direction."""
    head = (
        EnvelopeRow.objects.filter(conversation=conversation, direction=direction).order_by("-sequence").values_list("sequence", "envelope_hash").first()
    )
    sequence, last_hash = (head[0], bytes(head[1])) if head else (0, bytes(HASH))
    if (envelope.sequence, envelope.previous) == (sequence + 1, last_hash):
        return False
    same = EnvelopeRow.objects.filter(
        conversation=conversation, direction=direction, sequence=envelope.sequence, envelope_hash=envelope.envelope_hash
    )
    if same.exists():
        return True
    raise Problem("conflict", head={"sequence": sequence, "hash": encode(last_hash)})


def _unanswered(conversation: Conversation) -> int:
    """How many of the person's envelopes came after the desk's newest."""
    rows = EnvelopeRow.objects.filter(conversation=conversation)
    answered = rows.filter(direction=FROM_DESK).aggregate(newest=Max("pk"))["newest"] or 0
    return int(rows.aggregate(count=Count("pk", filter=Q(direction=FROM_PERSON, pk__gt=answered)))["count"])


def check_opening(conversation: Conversation, epoch: Epoch, opening: Opening | None, envelope: Envelope) -> None:
    """That the envelope stands in the current epoch, under the one opening there is or comes with it.

    Raises:
        Malformed: opening, envelope and inbox do not agree.
        Problem: epoch-changed, opening-exists, opening-missing.
    """
    if envelope.epoch != epoch.number:
        raise Problem("epoch-changed", epoch=epoch.number)
    openings = list(OpeningRow.objects.filter(conversation=conversation).order_by("epoch_id"))
    standing = openings[-1] if openings and openings[-1].epoch_id == epoch.number else None
    if opening is None:
        if standing is None:
            raise Problem("opening-missing")
        demand(envelope.opening_hash == bytes(standing.opening_hash), "the envelope is of another opening")
        return
    if standing is not None:
        raise Problem("opening-exists", opening=encode(bytes(standing.opening)))
    demand(opening.direction == envelope.direction, "the opening is of the other side")
    demand((opening.conversation, opening.epoch) == (envelope.conversation, envelope.epoch), "opening and envelope do not agree")
    demand(opening.inbox_id == bytes(conversation.inbox.inbox_id), "the opening is of another inbox")
    demand(opening.earlier == (openings[-1].epoch_id if openings else 0), "the opening does not continue the one before")
    demand(envelope.opening_hash == opening.opening_hash, "the envelope is of another opening")


def store(conversation: Conversation, epoch: Epoch, opening: Opening | None, envelope: Envelope, at: datetime) -> None:
    if opening is not None:
        OpeningRow.objects.create(conversation=conversation, epoch=epoch, opening=opening.raw, opening_hash=opening.opening_hash)
    EnvelopeRow.objects.create(
        conversation=conversation,
        direction=envelope.direction,
        sequence=envelope.sequence,
        epoch=epoch,
        envelope=envelope.raw,
        envelope_hash=envelope.envelope_hash,
        received_on=at.astimezone(UTC).date(),
    )


