"""The desk's interface for the rare breach of confidentiality (PROTOCOL §8.9)."""

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.find import find_conversation
from messaging.disclosures.queries import conversation_disclosures
from messaging.disclosures.steps import (
    ProposedDisclosure,
    carry_out_disclosure,
    decide_disclosure,
    propose_disclosure,
    withdraw_disclosure,
)
from messaging.http.desk_access import is_lead, with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.fields import each, encoded, one_of, or_null, pair, whole_number, wire
from messaging.http.ids import parse_conversation_id
from messaging.http.problems import Problem
from messaging.installation import installation_site
from messaging.models import DeskMember
from messaging.models.disclosure import DisclosureReason, DisclosureRecipient, Telling
from messaging.protocol.encoding import HASH, demand, encode, within
from messaging.protocol.wire import Note

CODES = {"reason": one_of(*DisclosureReason.values), "recipient": one_of(*DisclosureRecipient.values), "telling": one_of(*Telling.values)}
NUMBER = whole_number(0, 2**32 - 1)
# Whether the step has a decision in it.
STEPS = {"approve": True, "refuse": True, "withdraw": False, "disclose": False}


@with_member
def get_disclosures(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    return json_answer(conversation_disclosures(find_conversation(parse_conversation_id(id)), member, lead=is_lead(request), at=now()))


@with_member
def post_disclosure(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    body = read_json_body(request, **CODES, messages=each(pair(NUMBER, NUMBER)), note=wire(Note))
    what = ProposedDisclosure(body["reason"], body["recipient"], body["telling"], tuple(body["messages"]))
    made, new = propose_disclosure(
        member, parse_conversation_id(id), body["note"], what, lead=is_lead(request), site=installation_site(), at=now()
    )
    return json_answer({"id": encode(made.public_id)}, 201 if new else 200)


@with_member
def post_disclosure_step(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    body = read_json_body(request, step=one_of(*STEPS), hash=encoded(HASH), decision=or_null(wire(Note)))
    at, which, wanted, decision = now(), parse_conversation_id(id), body["step"], body["decision"]
    with within("decision"):
        demand((decision is not None) == STEPS[wanted], "who agrees or refuses says why, and nobody else")
    if wanted == "withdraw":
        return _stands(withdraw_disclosure(member, which, at=at).state)
    if wanted == "disclose":
        return _stands(carry_out_disclosure(member, which, body["hash"], at=at).state)
    if not is_lead(request):
        raise Problem("not-allowed", "Only a lead can be the second person.")
    approves = wanted == "approve"
    return _stands(decide_disclosure(member, which, body["hash"], decision, approves=approves, site=installation_site(), at=at).state)


def _stands(state: str) -> HttpResponse:
    return json_answer({"state": state})
