"""The desk's interface to live talks (PROTOCOL §8.10): what is offered, taking it, letting it pass, ending it."""

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.find import conversation_assignment, find_conversation
from messaging.http.desk_access import with_member
from messaging.http.endpoint import empty_answer, json_answer, read_json_body
from messaging.http.fields import true_or_false
from messaging.http.ids import parse_conversation_id
from messaging.models import DeskMember
from messaging.talks.taking import decline_talk, desk_talks, finish_talk, take_talk


@with_member
def post_talks(request: HttpRequest, member: DeskMember) -> HttpResponse:
    """An unlocked desk asks every few seconds: so it is known who is there."""
    here = read_json_body(request, here=true_or_false)["here"]
    return json_answer(desk_talks(member, here=here, at=now()))


@with_member
def post_talk_taken(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    read_json_body(request)
    taken = take_talk(member, parse_conversation_id(id), at=now())
    return json_answer(conversation_assignment(find_conversation(taken.conversation_id)))


@with_member
def post_talk_declined(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    decline_talk(member, parse_conversation_id(id), at=now())
    return empty_answer()


@with_member
def post_talk_ended(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_json_body(request)
    finish_talk(member, parse_conversation_id(id), at=now())
    return empty_answer()
