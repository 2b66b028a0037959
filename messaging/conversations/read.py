"""A conversation as its readers are given it, so that they can check all of it themselves (PROTOCOL §7.6, §8.3)."""

from datetime import datetime
from typing import Any

from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.keys.desk_epochs import certificates_for_statements, epoch_statements_between
from messaging.models import Conversation, Envelope, Opening
from messaging.protocol.encoding import FROM_DESK, encode
from messaging.protocol.wire import Envelope as SealedEnvelope
from messaging.protocol.wire import Opening as SealedOpening


def inbox_answer(conversation: Conversation, *, at: datetime, since: int | None = None) -> dict[str, Any]:
    """The answer of §7.6 to the person: the conversation, and until when they cannot write if they are blocked. Raises as `thread_of`."""
    blocked = conversation.blocked_until
    return {
        **conversation_body(conversation, at=at, since=since),
        "blocked_until": rfc3339_or_null(blocked) if blocked is not None and blocked > at else None,
    }


def conversation_body(conversation: Conversation, *, at: datetime, since: int | None = None) -> dict[str, Any]:
    """What §7.6 and §8.3 have in common, in four queries however long the conversation is; `conversation` comes with its inbox.

    Envelopes are read before openings, and those before statements: what arrives in between is then only ever more than is needed.

    Raises:
        Problem: not-found, for a conversation that is deleted in the meantime.
    """
    envelopes = list(Envelope.objects.filter(conversation=conversation).order_by("pk").values_list("direction", "envelope", "received_on"))
    openings = list(Opening.objects.filter(conversation=conversation).order_by("pk").values_list("epoch_id", "opening"))
    if not openings:
        # Every conversation has one: this was deleted between one query and the next.
        raise Problem("not-found", "There is no such conversation. The person may have deleted it.")
    epochs = [epoch for epoch, _ in openings]
    chain = epoch_statements_between(min(epochs), max(epochs), at=at, since=since)
    # Everyone on a roster has a tag in what the person wrote then, §4.6: the person checks them all, and whoever has none must see it.
    named = {each for statement in chain.statements for each in statement.roster}
    named |= {SealedEnvelope.parse(raw).certificate_id for direction, raw, _ in envelopes if direction == FROM_DESK}
    named |= {SealedOpening.parse(raw).certificate_id for _, raw in openings}
    return {
        "conversation": encode(conversation.conversation_id),
        "kem_public": encode(conversation.inbox.kem_public),
        "sign_public": encode(conversation.inbox.sign_public),
        "tag_public": encode(conversation.inbox.tag_public),
        **chain.answer(),
        "certificates": [encode(raw) for raw in certificates_for_statements(chain, named, at=at)],
        "openings": [encode(raw) for _, raw in openings],
        "envelopes": [encode(raw) for _, raw, _ in envelopes],
        "days": [day.isoformat() for _, _, day in envelopes],
        "state": conversation.state,
        "reply_by": rfc3339_or_null(conversation.due_at),
        "checkpoint": None,
    }
