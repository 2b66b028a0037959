"""The desk's interface to the hub: a ticket for the bell, or for the counsellor's side of a conversation that is theirs."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.find import find_conversation
from messaging.flood.rate_limit import RateBuckets, RateLimit
from messaging.http.desk_access import with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.ids import parse_conversation_id
from messaging.http.live_tickets import live_ticket
from messaging.http.problems import Problem
from messaging.hub.tickets import Side
from messaging.models import Conversation, DeskMember

# Of one counsellor, and in each web process: several tabs and talks, on a network that comes and goes.
TICKETS = RateBuckets(RateLimit(burst=30, every=timedelta(seconds=2)))
HERE = {Conversation.State.ASSIGNED, Conversation.State.ANSWERED}


def demand_few_tickets(member: DeskMember) -> None:
    """Raises Problem too-fast, with the seconds to wait."""
    if wait := TICKETS.take(member.pk, now()):
        raise Problem("too-fast", f"Try again in {wait} seconds.", wait=wait)


def session_of(request: HttpRequest) -> bytes:
    """What tells this browser's session from every other."""
    return (request.session.session_key or "").encode()


@with_member
def post_bell_ticket(request: HttpRequest, member: DeskMember) -> HttpResponse:
    read_json_body(request)
    demand_few_tickets(member)
    return json_answer(live_ticket(Side.BELL, member.pk, session_of(request), at=now()))


@with_member
def post_live_ticket(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    read_json_body(request)
    conversation = find_conversation(parse_conversation_id(id))
    if conversation.member_id != member.pk or conversation.state not in HERE:
        raise Problem("not-yours", "Only the counsellor who has this conversation sits at its side.")
    demand_few_tickets(member)
    return json_answer(live_ticket(Side.COUNSELLOR, conversation.conversation_id, session_of(request), at=now()))
