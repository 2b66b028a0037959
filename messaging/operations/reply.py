"""Takes a counsellor's sealed answer: only from whoever has the thread, and only under their own certificate (PROTOCOL §4.3, §8.3)."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models.functions import TruncDay

from messaging import nudge
from messaging.encoding import FROM_DESK, demand
from messaging.models import Certificate as CertificateRow
from messaging.models import Conversation, DeskMember, Epoch, RoutingEvent
from messaging.operations import store
from messaging.operations.accept import Accepted, demand_epoch
from messaging.problems import Problem
from messaging.queries.desk import find_thread, name_of
from messaging.wire import Certificate, Envelope, Opening, Statement

State = Conversation.State


def reply(
    member: DeskMember, conversation_id: bytes, opening: Opening | None, envelope: Envelope, *, site: bytes, at: datetime
) -> Accepted:
    """Adds the counsellor's envelope; the same bytes again change nothing.

    Raises:
        Malformed: parts that do not agree with each other or the rows.
        Problem: not-found, not-sealed, not-yours, not-certified, bad-proof, conflict, closed, epoch-changed, opening-exists,
            opening-missing.
    """
    store.demand_sealed(envelope, FROM_DESK)
    demand(conversation_id == envelope.conversation, "the envelope is of another conversation")
    with transaction.atomic():
        conversation = store.locked(conversation_id=conversation_id)
        if conversation is None:
            raise Problem("not-found")
        if store.stands_already(conversation, envelope):
            return Accepted(conversation_id, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=False)
        # Also when a new message has just put the thread among those that wait: until somebody takes it, it is still theirs.
        if conversation.member_id != member.pk:
            raise Problem("not-yours", _whose(conversation_id))
        store.demand_next(conversation, envelope)
        demand_epoch(envelope, at)
        _demand_signed(member, opening, envelope, site)
        new = store.demand_opening(conversation, opening, envelope)
        store.store(conversation, opening if new else None, envelope, at=at)
        _answered(conversation, member, at)
        transaction.on_commit(nudge.wake)  # There is room again for one that waits.
    return Accepted(conversation_id, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=True)


def _whose(conversation_id: bytes) -> str:
    thread = find_thread(conversation_id)
    return f"{name_of(thread)} has this conversation." if thread.member else "Nobody has this conversation. Claim it first."


def _demand_signed(member: DeskMember, opening: Opening | None, envelope: Envelope, site: bytes) -> None:
    """That envelope and opening are signed under a certificate of the member's own that covers the current epoch, §2.6.

    Raises:
        Problem: not-certified, bad-proof.
    """
    row = CertificateRow.objects.filter(certificate_id=envelope.certificate_id, member=member, withdrawn=False).first()
    if row is None:
        raise Problem("not-certified", "The certificate on the message is not yours, or was withdrawn.")
    certificate = Certificate.parse(row.certificate)
    if not Statement.parse(Epoch.objects.get(number=envelope.epoch).statement).covered_by(certificate):
        raise Problem("not-certified", "Your certificate does not count under the desk's present key. Ask a key-holder for a new one.")
    if opening is not None:
        demand(opening.certificate_id == envelope.certificate_id, "the opening is of another counsellor")
        if not opening.signed_by(site, certificate):
            raise Problem("bad-proof")
    if not envelope.signed_by(site, certificate):
        raise Problem("bad-proof")


def _answered(conversation: Conversation, member: DeskMember, at: datetime) -> None:
    """The person no longer waits, unless they wrote something that the counsellor was not shown before answering.

    The exact times of a person's visits end here: the thread's own, and those of why it was routed as it was.
    """
    events = RoutingEvent.objects.filter(conversation=conversation)
    conversation.seen = conversation.shown
    why = "A newer message came meanwhile and still waits."
    if conversation.seen == conversation.received:
        conversation.state = State.ANSWERED
        conversation.unrouted_since = conversation.waiting_since = conversation.due_at = None
        events.update(at=TruncDay("at", tzinfo=UTC))
        why = "The counsellor has answered what came until now."
    conversation.save(update_fields=["state", "sent", "sent_hash", "seen", "unrouted_since", "waiting_since", "due_at"])
    RoutingEvent.objects.create(conversation=conversation, kind=RoutingEvent.Kind.ANSWERED, member=member, at=at, why=why)
