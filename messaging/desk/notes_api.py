"""The desk's interface for notes and saved replies (PROTOCOL §8.5, §8.6)."""

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.find import find_conversation
from messaging.desk.carries import carry_note, carry_saved_reply, conversation_notes, earlier_saved_replies, saved_replies
from messaging.desk.notes import forget_saved_reply, keep_saved_reply, write_note
from messaging.http.desk_access import with_member
from messaging.http.endpoint import empty_answer, json_answer, read_json_body
from messaging.http.fields import wire
from messaging.http.ids import parse_conversation_id
from messaging.installation import installation_site
from messaging.models import DeskMember
from messaging.protocol.wire import Carry, Note


@with_member
def get_notes(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    return json_answer(conversation_notes(find_conversation(parse_conversation_id(id))))


@with_member
def post_note(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    note = read_json_body(request, note=wire(Note))["note"]
    return json_answer({}, 201 if write_note(member, parse_conversation_id(id), note, site=installation_site(), at=now()) else 200)


@with_member
def get_saved_replies(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(saved_replies())


@with_member
def post_saved_reply(request: HttpRequest, member: DeskMember) -> HttpResponse:
    note = read_json_body(request, note=wire(Note))["note"]
    return json_answer({}, 201 if keep_saved_reply(member, note, site=installation_site(), at=now()) else 200)


@with_member
def get_earlier_replies(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(earlier_saved_replies(at=now()))


@with_member
def delete_saved_reply(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    forget_saved_reply(member, parse_conversation_id(id), at=now())
    return empty_answer()


def _carry(request: HttpRequest) -> Carry:
    carry: Carry = read_json_body(request, carry=wire(Carry))["carry"]
    return carry


@with_member
def post_note_carry(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    new = carry_note(member, parse_conversation_id(id), _carry(request), site=installation_site(), at=now())
    return json_answer({}, 201 if new else 200)


@with_member
def post_saved_reply_carry(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    new = carry_saved_reply(member, parse_conversation_id(id), _carry(request), site=installation_site(), at=now())
    return json_answer({}, 201 if new else 200)
