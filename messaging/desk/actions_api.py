"""The desk's interface for a counsellor's day (PROTOCOL §8.3, §8.7): close, snooze, hand over, who is here."""

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.find import find_conversation, flag_answer
from messaging.desk.api import assignment_answer
from messaging.desk.assignment import hand_over_conversation, take_over_conversation
from messaging.desk.block import DAYS, block_person
from messaging.desk.close import WrapUp, close_conversation
from messaging.desk.flag import demand_lead, flag_conversation, open_flag, take_down_flag
from messaging.desk.notes import reading_colleagues
from messaging.desk.snooze import snooze_conversation
from messaging.desk.stay_on import stay_on_conversation
from messaging.http.desk_access import is_lead, with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.fields import codes, encoded, one_of, or_null, text
from messaging.http.ids import parse_conversation_id
from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.models import Action, Conversation, DeskMember, FlagReason, Route, Signpost
from messaging.protocol.encoding import ID
from messaging.routing.presence import DOINGS, note_presence


def fresh_assignment_answer(conversation: Conversation) -> HttpResponse:
    """Where the conversation stands, read again: who has it may have changed."""
    return assignment_answer(find_conversation(conversation.conversation_id))


@with_member
def post_close(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    read = read_json_body(request, route=one_of(*Route.values), actions=codes(*Action.values), signposts=codes(*Signpost.values))
    wrap_up = WrapUp(**read)
    return fresh_assignment_answer(close_conversation(member, parse_conversation_id(id), wrap_up, at=now()))


@with_member
def post_snooze(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    until = read_json_body(request, until=or_null(text))["until"]
    conversation = snooze_conversation(member, parse_conversation_id(id), until, at=now())
    return json_answer({"snoozed_until": rfc3339_or_null(conversation.snoozed_until)})


@with_member
def post_stay_on(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    conversation = stay_on_conversation(member, parse_conversation_id(id), at=now())
    return json_answer({"kept_until": rfc3339_or_null(conversation.kept_until)})


@with_member
def post_hand_over(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    to = read_json_body(request, to=encoded(ID))["to"]
    return fresh_assignment_answer(hand_over_conversation(member, parse_conversation_id(id), to, at=now()))


@with_member
def post_take_over(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    if not is_lead(request):
        raise Problem("not-allowed", "Only a lead can take a conversation over.")
    return fresh_assignment_answer(take_over_conversation(member, parse_conversation_id(id), at=now()))


@with_member
def post_flag(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    reason = read_json_body(request, reason=or_null(one_of(*FlagReason.values)))["reason"]
    if reason is None:
        demand_lead(lead=is_lead(request))
        take_down_flag(member, parse_conversation_id(id), at=now())
        return json_answer({"flag": None, "leads": None, "call": []})
    conversation, told = flag_conversation(member, parse_conversation_id(id), reason, at=now())
    return json_answer({"flag": conversation.flag_reason, "leads": told.leads if told else None, "call": told.call if told else []})


@with_member
def post_flag_opened(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    if not is_lead(request):
        raise Problem("not-allowed", "Only a lead can open a flag.")
    open_flag(member, parse_conversation_id(id), at=now())
    return json_answer(flag_answer(find_conversation(parse_conversation_id(id))))


@with_member
def post_block(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    days = read_json_body(request, days=or_null(one_of(*DAYS)))["days"]
    conversation = block_person(member, parse_conversation_id(id), days, lead=is_lead(request), at=now())
    return json_answer({"blocked_until": rfc3339_or_null(conversation.blocked_until)})


@with_member
def post_presence(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    doing = read_json_body(request, doing=one_of(*DOINGS))["doing"]
    return json_answer({"others": note_presence(member, parse_conversation_id(id), doing, at=now())})


@with_member
def get_colleagues(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer({"colleagues": reading_colleagues(member, at=now()), "lead": is_lead(request)})
