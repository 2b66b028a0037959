"""The person's interface to the hub: a ticket for their side of their own conversation."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.flood.rate_limit import RateBuckets, RateLimit
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.live_tickets import live_ticket
from messaging.http.problems import Problem
from messaging.hub.tickets import Side
from messaging.inbox.with_session import conversation_in, demand_not_too_fast, with_session
from messaging.models import Conversation, Session

# Of one token, and in each web process: a page whose network comes and goes asks often.
TICKETS = RateBuckets(RateLimit(burst=10, every=timedelta(seconds=6)))


@with_session
def post_own_live_ticket(request: HttpRequest, session: Session) -> HttpResponse:
    read_json_body(request)
    conversation = conversation_in(session)
    if conversation.state == Conversation.State.CLOSED:
        raise Problem("not-found", "The conversation is closed.")
    demand_not_too_fast(TICKETS, session.pk)
    return json_answer(live_ticket(Side.PERSON, conversation.conversation_id, session.token_hash, at=now()))
