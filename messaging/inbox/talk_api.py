"""The person's interface to a live talk (PROTOCOL §7.13): asked for, looked at, taken back or ended."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.flood.rate_limit import RateBuckets, RateLimit
from messaging.http.endpoint import json_answer_in_steps, read_json_body
from messaging.inbox.accept import accept_talk_request
from messaging.inbox.with_session import conversation_in, demand_not_too_fast, with_session
from messaging.models import Session
from messaging.talks.asking import leave_talk, talk_answer

# Every answer has one size: an observer does not see by it whether someone talks, waits or was turned away.
STEP_OF_TALK = (512,)
REQUESTS = RateBuckets(RateLimit(burst=6, every=timedelta(seconds=20)))


@with_session
def get_talk(request: HttpRequest, session: Session) -> HttpResponse:
    return json_answer_in_steps(talk_answer(conversation_in(session), at=now()), STEP_OF_TALK)


@with_session
def post_talk(request: HttpRequest, session: Session) -> HttpResponse:
    read_json_body(request)
    conversation_in(session)
    demand_not_too_fast(REQUESTS, session.inbox_id)
    at = now()
    return json_answer_in_steps(talk_answer(accept_talk_request(session.inbox_id, at=at), at=at), STEP_OF_TALK)


@with_session
def delete_talk(request: HttpRequest, session: Session) -> HttpResponse:
    conversation, at = conversation_in(session), now()
    leave_talk(session.inbox_id, at=at)
    return json_answer_in_steps(talk_answer(conversation, at=at), STEP_OF_TALK)
