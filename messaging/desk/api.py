"""The desk's interface (PROTOCOL §8), for the counsellors' own pages."""

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations import find
from messaging.conversations.bodies import SEALED_ENVELOPE, accepted_answer
from messaging.desk import lists
from messaging.desk.assignment import claim_conversation, give_back_conversation
from messaging.desk.open_conversation import open_conversation
from messaging.desk.reply import reply_from_desk
from messaging.http.desk_access import is_lead, with_member
from messaging.http.endpoint import json_answer, json_answer_if_changed, read_json_body
from messaging.http.ids import parse_conversation_id
from messaging.installation import installation_site
from messaging.models import Conversation, DeskMember
from messaging.routing.presence import note_seen


def assignment_answer(conversation: Conversation) -> HttpResponse:
    return json_answer(find.conversation_assignment(conversation))


@with_member
def get_desk_conversations(request: HttpRequest, member: DeskMember) -> HttpResponse:
    # A desk that is locked goes on asking while nobody is there.
    if "locked" not in request.GET:
        note_seen(member)
    return json_answer_if_changed(request, lists.desk_lists(member, lead=is_lead(request), at=now()))


@with_member
def get_conversation(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    return json_answer(open_conversation(member, parse_conversation_id(id), at=now()))


@with_member
def post_reply(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    body = read_json_body(request, **SEALED_ENVELOPE)
    taken = reply_from_desk(member, parse_conversation_id(id), body["opening"], body["envelope"], site=installation_site(), at=now())
    return accepted_answer(taken, "sequence", "hash")


@with_member
def post_claim(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    return assignment_answer(claim_conversation(member, parse_conversation_id(id), at=now()))


@with_member
def post_release(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    return assignment_answer(give_back_conversation(member, parse_conversation_id(id), at=now()))
