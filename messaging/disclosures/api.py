"""The desk's interface for the rare breach of confidentiality (PROTOCOL §8.9)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.find import find_conversation
from messaging.disclosures.queries import conversation_disclosures
from messaging.disclosures.steps import (
    MessageRef,
    ProposedDisclosure,
    carry_out_disclosure,
    decide_disclosure,
    propose_disclosure,
    withdraw_disclosure,
)
from messaging.http.desk_access import is_lead, with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.ids import parse_conversation_id
from messaging.http.problems import Problem
from messaging.installation import installation_site
from messaging.models import DeskMember
from messaging.protocol.encoding import HASH, Malformed, decode, encode
from messaging.protocol.wire import Note


@with_member
def get_disclosures(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    return json_answer(conversation_disclosures(find_conversation(parse_conversation_id(id)), member, lead=is_lead(request), at=now()))


@with_member
def post_disclosure(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    body = read_json_body(request, "reason", "recipient", "telling", "messages", "note")
    what = ProposedDisclosure(_text(body["reason"]), _text(body["recipient"]), _text(body["telling"]), _places(body["messages"]))
    made, new = propose_disclosure(
        member, parse_conversation_id(id), _note(body["note"]), what, lead=is_lead(request), site=installation_site(), at=now()
    )
    return json_answer({"id": encode(made.public_id)}, 201 if new else 200)


@with_member
def post_disclosure_step(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    body, at = read_json_body(request, "step", "hash", "decision"), now()
    which, wanted = parse_conversation_id(id), body["step"]
    digest = decode(body["hash"], HASH)
    if wanted in ("approve", "refuse"):
        if not is_lead(request):
            raise Problem("not-allowed", "Only a lead can be the second person.")
        note = _note(body["decision"])
        return _stands(decide_disclosure(member, which, digest, note, approves=wanted == "approve", site=installation_site(), at=at).state)
    if body["decision"] is not None:
        raise Malformed("only who agrees or refuses says why")
    if wanted == "withdraw":
        return _stands(withdraw_disclosure(member, which, at=at).state)
    if wanted == "disclose":
        return _stands(carry_out_disclosure(member, which, digest, at=at).state)
    raise Malformed("the step is none of those there are")


def _stands(state: str) -> HttpResponse:
    return json_answer({"state": state})


def _note(value: Any) -> Note:
    return Note.parse(decode(value, Note.SIZE))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed("the codes of a disclosure must be text")
    return value


def _places(value: Any) -> tuple[MessageRef, ...]:
    pairs: list[Any] = value if isinstance(value, list) else [None]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(type(one) is int for one in pair) for pair in pairs):
        raise Malformed("the messages must be pairs of direction and sequence")
    return tuple((direction, sequence) for direction, sequence in pairs)
