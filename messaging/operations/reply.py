"""Takes a counsellor's sealed answer: only from whoever has the thread, and only under their own certificate (PROTOCOL §4.3, §8.3)."""

from datetime import UTC, datetime
from functools import partial

from django.db import transaction
from django.db.models.functions import TruncDay

from messaging import nudge
from messaging.encoding import FROM_DESK, demand
from messaging.models import Certificate as CertificateRow
from messaging.models import Conversation, DeskMember, Epoch, RoutingEvent
from messaging.operations import count, store
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
            raise _not_yours(conversation, at)
        _demand_next(conversation, envelope, at)
        demand_epoch(envelope, at)
        _demand_signed(member, opening, envelope, site)
        new = store.demand_opening(conversation, opening, envelope)
        store.store(conversation, opening if new else None, envelope, at=at)
        _answered(conversation, member, at)
        transaction.on_commit(nudge.wake)  # There is room again for one that waits.
    return Accepted(conversation_id, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=True)


def _demand_next(conversation: Conversation, envelope: Envelope, at: datetime) -> None:
    """As `store.demand_next`; the second of two who answer at once is told who was first, and how long ago."""
    try:
        store.demand_next(conversation, envelope)
    except Problem as conflict:
        by, ago = _who_answered(conversation, at)
        raise Problem("conflict", head=conflict.extra["head"], by=by, ago=ago) from None


def _who_answered(conversation: Conversation, at: datetime) -> tuple[str | None, int | None]:
    """Who answered last, and how many seconds ago; None where nobody has."""
    events = RoutingEvent.objects.filter(conversation=conversation, kind=RoutingEvent.Kind.ANSWERED)
    newest = events.select_related("member__counsellor").order_by("-pk").first()
    if newest is None or newest.member is None:
        return None, None
    return newest.member.counsellor.display_name, max(int((at - newest.at).total_seconds()), 0)


def _not_yours(conversation: Conversation, at: datetime) -> Problem:
    """Somebody else has it, and may have answered: the second sender is told, and keeps what was typed."""
    name = name_of(find_thread(conversation.conversation_id))
    by, ago = _who_answered(conversation, at)
    detail = f"{name} has this conversation." if name else "Nobody has this conversation. Claim it first."
    return Problem("not-yours", detail, by=name, ago=ago if by == name else None)


def _demand_signed(member: DeskMember, opening: Opening | None, envelope: Envelope, site: bytes) -> None:
    """That envelope and opening are signed under a certificate of the member's own that covers the current epoch, §2.6.

    Raises:
        Problem: not-certified, bad-proof.
    """
    certificate = own_certificate(member, envelope.certificate_id, envelope.epoch)
    if opening is not None:
        demand(opening.certificate_id == envelope.certificate_id, "the opening is of another counsellor")
        if not opening.signed_by(site, certificate):
            raise Problem("bad-proof")
    if not envelope.signed_by(site, certificate):
        raise Problem("bad-proof")


def own_certificate(member: DeskMember, certificate_id: bytes, epoch: int) -> Certificate:
    """The member's own certificate of that id, which covers the epoch; raises Problem not-certified."""
    row = CertificateRow.objects.filter(certificate_id=certificate_id, member=member, withdrawn=False).first()
    if row is None:
        raise Problem("not-certified", "The certificate on the message is not yours, or was withdrawn.")
    certificate = Certificate.parse(row.certificate)
    if not Statement.parse(Epoch.objects.get(number=epoch).statement).covered_by(certificate):
        raise Problem("not-certified", "Your certificate does not count under the desk's present key. Ask a key-holder for a new one.")
    return certificate


def _answered(conversation: Conversation, member: DeskMember, at: datetime) -> None:
    """The person no longer waits, unless they wrote something that the counsellor was not shown before answering.

    The exact times of a person's visits end here: the thread's own, and those of why it was routed as it was.
    """
    events = RoutingEvent.objects.filter(conversation=conversation)
    conversation.seen = conversation.shown
    conversation.snoozed_until = conversation.handed_by = conversation.kept_until = None
    why = "A newer message came meanwhile and still waits."
    if conversation.seen == conversation.received:
        if conversation.waiting_since is not None:
            waited = partial(count.answered, since=conversation.waiting_since, due_at=conversation.due_at, at=at)
            transaction.on_commit(waited, robust=True)
        conversation.state = State.ANSWERED
        conversation.unrouted_since = conversation.waiting_since = conversation.due_at = None
        events.update(at=TruncDay("at", tzinfo=UTC))
        why = "The counsellor has answered what came until now."
    conversation.save(
        update_fields=[
            "state",
            "sent",
            "sent_hash",
            "seen",
            "unrouted_since",
            "waiting_since",
            "due_at",
            "snoozed_until",
            "handed_by",
            "kept_until",
            "newest_on",
        ]
    )
    RoutingEvent.objects.create(conversation=conversation, kind=RoutingEvent.Kind.ANSWERED, member=member, at=at, why=why)
