"""Takes a counsellor's sealed answer, if they have the conversation and sign under their own certificate (PROTOCOL §4.3, §8.3)."""

from datetime import UTC, datetime
from functools import partial

from django.db import transaction
from django.db.models.functions import TruncDay

from messaging import trigger
from messaging.conversations import append
from messaging.conversations.append import AcceptedEnvelope
from messaging.conversations.find import find_conversation, holder_name
from messaging.http.problems import Problem
from messaging.keys.desk_epochs import current_epoch_number
from messaging.keys.note_checks import own_certificate
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import FROM_DESK, demand, within
from messaging.protocol.wire import Envelope, Opening
from messaging.reports import record
from messaging.talks.asking import note_written

State = Conversation.State


def reply_from_desk(
    member: DeskMember, conversation_id: bytes, opening: Opening | None, envelope: Envelope, *, site: bytes, at: datetime
) -> AcceptedEnvelope:
    """Adds the counsellor's envelope; the same bytes again change nothing.

    Raises:
        Malformed: parts that do not agree with each other or the rows.
        Problem: not-found, not-sealed, not-yours, not-certified, bad-proof, conflict, closed, epoch-changed, opening-exists,
            opening-missing.
    """
    append.demand_sealed_envelope(envelope, FROM_DESK)
    with within("envelope"):
        demand(conversation_id == envelope.conversation, "the envelope is of another conversation")
    with transaction.atomic():
        conversation = append.lock_conversation(conversation_id=conversation_id)
        if conversation is None:
            raise Problem("not-found")
        if append.envelope_stands_already(conversation, envelope):
            return AcceptedEnvelope(conversation_id, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=False)
        # Also when a new message has just put the conversation among those that wait: until someone takes it, it is still theirs.
        if conversation.member_id != member.pk:
            raise _not_yours(conversation, at)
        signed = partial(_demand_signed, member, opening, envelope, site)
        try:
            append.append_envelope(conversation, opening, envelope, epoch=partial(current_epoch_number, at), at=at, demand_signed=signed)
        except Problem as refusal:
            raise _told_who(refusal, conversation, at) from None
        _answered(conversation, member, at)
        note_written(conversation, at=at)
        transaction.on_commit(trigger.request_routing)  # There is room again for one that waits.
    return AcceptedEnvelope(conversation_id, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=True)


def _told_who(refusal: Problem, conversation: Conversation, at: datetime) -> Problem:
    """The same refusal; the second of two who answer at once is told who was first, and how long ago."""
    if refusal.name != "conflict":
        return refusal
    by, ago = _who_answered(conversation, at)
    return Problem("conflict", head=refusal.extra["head"], by=by, ago=ago)


def _who_answered(conversation: Conversation, at: datetime) -> tuple[str | None, int | None]:
    """Who answered last, and how many seconds ago; None where nobody has."""
    events = RoutingEvent.objects.filter(conversation=conversation, kind=RoutingEvent.Kind.ANSWERED)
    newest = events.select_related("member__counsellor").order_by("-pk").first()
    if newest is None or newest.member is None:
        return None, None
    return newest.member.counsellor.display_name, max(int((at - newest.at).total_seconds()), 0)


def _not_yours(conversation: Conversation, at: datetime) -> Problem:
    """Someone else has it, and may have answered: the second sender is told, and keeps what was typed."""
    name = holder_name(find_conversation(conversation.conversation_id))
    by, ago = _who_answered(conversation, at)
    detail = f"{name} has this conversation." if name else "Nobody has this conversation. Take it first."
    return Problem("not-yours", detail, by=name, ago=ago if by == name else None)


def _demand_signed(member: DeskMember, opening: Opening | None, envelope: Envelope, site: bytes) -> None:
    """That envelope and opening are signed under a certificate of the member's own that covers the current epoch, §2.6.

    Raises:
        Problem: not-certified, bad-proof.
    """
    certificate = own_certificate(member, envelope.certificate_id, envelope.epoch)
    if opening is not None:
        with within("opening"):
            demand(opening.certificate_id == envelope.certificate_id, "the opening is of another counsellor")
        if not opening.signed_by(site, certificate.sign_public):
            raise Problem("bad-proof")
    if not envelope.signed_by(site, certificate):
        raise Problem("bad-proof")


def _answered(conversation: Conversation, member: DeskMember, at: datetime) -> None:
    """The person no longer waits, unless they wrote something that the counsellor was not shown before answering.

    The exact times of a person's visits end here: the conversation's own, and those of why it was routed as it was.
    """
    events = RoutingEvent.objects.filter(conversation=conversation)
    conversation.seen = conversation.shown
    conversation.snoozed_until = conversation.handed_by = conversation.kept_until = None
    why = "A newer message has arrived and is still waiting."
    if conversation.seen == conversation.received:
        if conversation.waiting_since is not None:
            waited = partial(record.record_answer, since=conversation.waiting_since, due_at=conversation.due_at, at=at)
            transaction.on_commit(waited, robust=True)
        conversation.state = State.ANSWERED
        conversation.unrouted_since = conversation.waiting_since = conversation.due_at = None
        events.update(at=TruncDay("at", tzinfo=UTC))
        why = "The counsellor has answered everything so far."
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
