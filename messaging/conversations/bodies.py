"""The request and answer bodies that the person's interface and the desk's have in common (PROTOCOL §7.7, §8.4)."""

from typing import Any

from django.http import HttpResponse

from messaging.conversations.append import AcceptedEnvelope
from messaging.http.endpoint import json_answer
from messaging.http.fields import Read, or_null, wire
from messaging.http.timestamps import rfc3339_or_null
from messaging.protocol.encoding import encode
from messaging.protocol.wire import Envelope, Opening


def accepted_answer(taken: AcceptedEnvelope, *names: str) -> HttpResponse:
    """201 for what is new, 200 for what was taken before; the same answer."""
    body = {
        "conversation": encode(taken.conversation),
        "sequence": taken.sequence,
        "hash": encode(taken.envelope_hash),
        "reply_by": rfc3339_or_null(taken.reply_by),
    }
    return json_answer({name: body[name] for name in names}, 201 if taken.new else 200)


# Opening and envelope of a later message, of either side.
SEALED_ENVELOPE: dict[str, Read[Any]] = {"opening": or_null(wire(Opening)), "envelope": wire(Envelope)}
