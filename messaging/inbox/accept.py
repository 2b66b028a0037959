"""Takes a person's sealed message: once, whole, and marked as waiting to be routed, in one transaction (PROTOCOL §7.5–§7.7)."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from helpline import statistics
from helpline.hours.channels import channel_reply_by
from helpline.hours.desk_registry import DeskKnowledge
from messaging import trigger
from messaging.conversations import append
from messaging.conversations.append import AcceptedEnvelope
from messaging.http.challenges import fresh_challenge
from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.inbox.drafts import forget_draft, locked_inbox
from messaging.keys.desk_epochs import demand_epoch_number, readable_epoch_number
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import Conversation
from messaging.models import Envelope as EnvelopeRow
from messaging.models.insert import insert
from messaging.protocol.days import day_on
from messaging.protocol.encoding import FROM_PERSON, Malformed, demand, within
from messaging.protocol.wire import Envelope, Opening, first_message_proof_holds, inbox_id_of
from messaging.reports import record
from messaging.talks.asking import ask_for_talk, note_written

MOST_UNANSWERED = 50
State = Conversation.State


@dataclass(frozen=True)
class FirstMessage:
    """The decoded body of `POST messages`, §7.5."""

    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    opening: Opening
    envelope: Envelope
    challenge: bytes
    proof: bytes


def accept_first_message(message: FirstMessage, *, site: bytes, origin: str, secret: bytes, at: datetime) -> AcceptedEnvelope:
    """Makes inbox, conversation, opening and envelope; the same bytes again change nothing. What is refused spends no challenge.

    Raises:
        Malformed: parts that do not agree with each other or the epoch.
        Problem: not-sealed, bad-proof, inbox-exists, closed, epoch-changed.
    """
    opening, envelope = message.opening, message.envelope
    inbox_id = inbox_id_of(message.kem_public, message.sign_public, message.tag_public)
    append.demand_sealed_envelope(envelope, FROM_PERSON)
    append.demand_opening_agrees(opening, envelope, inbox_id)
    with within("envelope"):
        demand(envelope.sequence == 1, "this is not a first message")
    spend = fresh_challenge(secret, message.challenge, at)
    signed = message.challenge, inbox_id, message.sign_public, opening.opening_hash
    if not first_message_proof_holds(site, origin, *signed, message.proof) or not opening.signed_by(site, message.sign_public):
        raise Problem("bad-proof")
    known = desk_knowledge(at)
    due_at = channel_reply_by(channel="messages", at=at, known=known)
    try:
        with transaction.atomic():
            keys = {"kem_public": message.kem_public, "sign_public": message.sign_public, "tag_public": message.tag_public}
            # Of two requests at once, the second waits here for the first, and then finds its conversation: no error, none in the log.
            inbox, made = locked_inbox(inbox_id, keys, at=at)
            if not made and Conversation.objects.filter(inbox=inbox).exists():
                return _again(inbox_id, envelope)
            demand_epoch_number(envelope, readable_epoch_number(known))
            append.demand_places(envelope, append.demand_statement(opening))
            spend()
            conversation = Conversation(
                conversation_id=opening.conversation,
                inbox=inbox,
                received=1,
                received_hash=envelope.envelope_hash,
                unrouted_since=at,
                waiting_since=at,
                due_at=due_at,
                newest_on=day_on(at),
            )
            insert(conversation)
            append.add_envelope_rows(conversation, opening, envelope, at=at)
            if not made:
                forget_draft(inbox.pk)
            transaction.on_commit(trigger.request_routing)
            transaction.on_commit(partial(statistics.count_sent_message, at=at))
            transaction.on_commit(partial(record.record_arrival, at=at))
    except IntegrityError as error:
        # A conversation's id is a hash of its inbox's: it never meets another's.
        with within("opening"):
            raise Malformed("the conversation is there already") from error
    return AcceptedEnvelope(opening.conversation, 1, envelope.envelope_hash, due_at, new=True)


def _again(inbox_id: bytes, envelope: Envelope) -> AcceptedEnvelope:
    """The same answer for the same bytes; raises Problem inbox-exists for others."""
    place = {"conversation__inbox__inbox_id": inbox_id, "direction": FROM_PERSON, "sequence": 1}
    first = EnvelopeRow.objects.select_related("conversation").get(**place)
    if not hmac.compare_digest(first.envelope, envelope.raw):
        raise Problem("inbox-exists", "These words are already in use. Use new ones.")
    return AcceptedEnvelope(envelope.conversation, 1, first.envelope_hash, first.conversation.due_at, new=False)


def accept_next_message(inbox_pk: int, opening: Opening | None, envelope: Envelope, *, at: datetime) -> AcceptedEnvelope:
    """Adds a person's later envelope, with the epoch's opening when it is the first there; an answered or closed conversation waits again.

    Raises:
        Malformed: parts that do not agree with each other or the rows.
        Problem: not-sealed, session (the inbox was deleted in the meantime), blocked, too-many, conflict, closed, epoch-changed,
        opening-exists,
            opening-missing.
    """
    append.demand_sealed_envelope(envelope, FROM_PERSON)
    with transaction.atomic():
        conversation = append.lock_conversation(inbox=inbox_pk)
        if conversation is None:
            raise Problem("session")
        if append.envelope_stands_already(conversation, envelope):
            return AcceptedEnvelope(envelope.conversation, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=False)
        if conversation.blocked_until is not None and conversation.blocked_until > at:
            raise Problem("blocked", "You cannot write here for now.", until=rfc3339_or_null(conversation.blocked_until))
        if conversation.received - conversation.seen >= MOST_UNANSWERED:
            raise Problem("too-many", "Many of your messages are waiting to be read. Wait for an answer.")
        known = desk_knowledge(at)
        append.append_envelope(conversation, opening, envelope, epoch=partial(readable_epoch_number, known), at=at)
        _wait(conversation, known, at)
        forget_draft(inbox_pk)
        transaction.on_commit(trigger.request_routing)
        transaction.on_commit(partial(statistics.count_sent_message, at=at))
    return AcceptedEnvelope(envelope.conversation, envelope.sequence, envelope.envelope_hash, conversation.due_at, new=True)


def accept_talk_request(inbox_pk: int, *, at: datetime) -> Conversation:
    """Asks for a live talk: the person waits from now on, so that the wish is answered though nobody takes the talk.

    Raises:
        Problem: session (the inbox was deleted in the meantime), blocked, closed.
    """
    with transaction.atomic():
        conversation = append.lock_conversation(inbox=inbox_pk)
        if conversation is None:
            raise Problem("session")
        ask_for_talk(conversation, at=at)
        if conversation.state in {State.ANSWERED, State.CLOSED}:
            known = desk_knowledge(at)
            readable_epoch_number(known)
            _wait(conversation, known, at)
            transaction.on_commit(trigger.request_routing)
    return conversation


def _wait(conversation: Conversation, known: DeskKnowledge, at: datetime) -> None:
    """The person waits from now on, unless they did already; routing looks at the conversation again.

    In a live talk it stays with the counsellor, who is there and reads it.
    """
    talked = note_written(conversation, at=at)
    if conversation.state != State.ASSIGNED:
        conversation.state = State.ASSIGNED if talked else State.WAITING
    # Whose counsellor stays on for it, or writes in it just now, is theirs until then: nothing is to be routed.
    kept = conversation.state == State.ASSIGNED and conversation.kept_until is not None and conversation.kept_until > at
    if not kept and not talked:
        conversation.unrouted_since = conversation.unrouted_since or at
    conversation.snoozed_until = None
    if conversation.waiting_since is None:
        transaction.on_commit(partial(record.record_arrival, at=at))
        conversation.waiting_since, conversation.reminded = at, 0
        conversation.due_at = channel_reply_by(channel="messages", at=at, known=known)
    fields = ["state", "received", "received_hash", "unrouted_since", "waiting_since", "due_at", "reminded", "snoozed_until", "newest_on"]
    conversation.save(update_fields=fields)
