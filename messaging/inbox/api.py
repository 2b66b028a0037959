"""The person's interface (PROTOCOL §7): no cookie, no account; nothing of a request is written down but what it asks to keep."""

import re
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.conversations.bodies import SEALED_ENVELOPE, accepted_answer
from messaging.conversations.erase import erase_conversation
from messaging.conversations.read import inbox_answer
from messaging.conversations.retention import choose_retention, retention_answer
from messaging.conversations.retention_rule import CHOICES
from messaging.flood.meter import meter
from messaging.flood.rate_limit import RateBuckets, RateLimit
from messaging.flood.require_work import SPARED, require_work
from messaging.http.endpoint import empty_answer, json_answer, json_answer_in_steps, parse_json_body, raw_json_body, read_json_body
from messaging.http.fields import Read, encoded, one_of, or_null, wire
from messaging.inbox.accept import MOST_UNANSWERED, FirstMessage, accept_first_message, accept_next_message
from messaging.inbox.drafts import FirstDraft, delete_draft, draft_answer, keep_draft, keep_first_draft
from messaging.inbox.sessions import SessionProof, end_session, open_session
from messaging.inbox.stored_data import stored_data_of_person
from messaging.inbox.with_session import conversation_in, demand_not_too_fast, with_session
from messaging.installation import challenge_secret, installation_origin, installation_site
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import Session
from messaging.protocol import challenges
from messaging.protocol.encoding import ID, KEM_PUBLIC, SIGN_PUBLIC, SIGNATURE, TAG_PUBLIC, demand, encode
from messaging.protocol.wire import Draft, Envelope, Opening
from messaging.talks.asking import leave_talk

# §7.12: whether a draft is kept does not show in the size of the answer.
STEP_OF_DRAFT = (16_384,)
FROM = re.compile(r"[1-9][0-9]{0,9}")
# §7.11. Of one inbox, or one token, and in each web process: nobody's haste is at anyone else's cost.
SESSIONS = RateBuckets(RateLimit(burst=10, every=timedelta(seconds=6)))
SENT = RateBuckets(RateLimit(burst=60, every=timedelta(seconds=3)))
FIRST_MESSAGE: dict[str, Read[Any]] = {
    "kem_public": encoded(KEM_PUBLIC),
    "sign_public": encoded(SIGN_PUBLIC),
    "tag_public": encoded(TAG_PUBLIC),
    "opening": wire(Opening),
    "envelope": wire(Envelope),
    "challenge": encoded(challenges.SIZE),
    "proof": encoded(SIGNATURE),
}


FIRST_DRAFT: dict[str, Read[Any]] = {
    **{name: FIRST_MESSAGE[name] for name in ("kem_public", "sign_public", "tag_public")},
    "draft": wire(Draft),
    **{name: FIRST_MESSAGE[name] for name in ("challenge", "proof")},
}


def body_with_work(request: HttpRequest, *, spared: int = 0, draft: bool = False) -> bytes:
    """The body's bytes, once whatever work the load asks for was shown (§7.10); raises Problem work-wanted."""
    body = raw_json_body(request)
    shown = request.headers.get("Helpline-Work", "")
    require_work(shown, body, secret=challenge_secret(), at=now(), spared=spared, draft=draft)
    return body


def epoch_asked_from(request: HttpRequest) -> int | None:
    """The number that the page's release names (§11.2), from which it wants the statements; raises Malformed."""
    text = request.GET.get("from")
    if text is None:
        return None
    demand(FROM.fullmatch(text) is not None and int(text) < 2**31, "the number of an epoch")
    return int(text)


def get_desk_keys(request: HttpRequest) -> HttpResponse:
    since = epoch_asked_from(request)
    return json_answer(desk_answer(at=now(), conversation_limit=MOST_UNANSWERED, since=since))


def post_challenge(request: HttpRequest) -> HttpResponse:
    read_json_body(request)
    return json_answer({"challenge": encode(challenges.make_challenge(challenge_secret(), now()))}, 201)


def post_session(request: HttpRequest) -> HttpResponse:
    body = read_json_body(request, inbox_id=encoded(ID), challenge=encoded(challenges.SIZE), signature=encoded(SIGNATURE))
    proof = SessionProof(**body)
    # Whether there is such an inbox or not: by how it is refused nobody tells them apart.
    demand_not_too_fast(SESSIONS, proof.inbox_id)
    meter.count(now())
    token = open_session(proof, site=installation_site(), origin=installation_origin(), secret=challenge_secret(), at=now())
    return json_answer({"token": encode(token)}, 201)


@with_session
def delete_session(request: HttpRequest, session: Session) -> HttpResponse:
    end_session(session)
    return empty_answer()


def post_first_message(request: HttpRequest) -> HttpResponse:
    body = parse_json_body(body_with_work(request), **FIRST_MESSAGE)
    taken = accept_first_message(
        FirstMessage(**body),
        site=installation_site(),
        origin=installation_origin(),
        secret=challenge_secret(),
        at=now(),
    )
    return accepted_answer(taken, "conversation", "sequence", "hash", "reply_by")


@with_session
def get_inbox(request: HttpRequest, session: Session) -> HttpResponse:
    return json_answer_in_steps(inbox_answer(conversation_in(session), at=now(), since=epoch_asked_from(request)))


def post_first_draft(request: HttpRequest) -> HttpResponse:
    body = parse_json_body(body_with_work(request, draft=True), **FIRST_DRAFT)
    kept = keep_first_draft(FirstDraft(**body), site=installation_site(), origin=installation_origin(), secret=challenge_secret(), at=now())
    return json_answer(kept, 201)


@with_session
def get_draft(request: HttpRequest, session: Session) -> HttpResponse:
    return json_answer_in_steps(draft_answer(session.inbox_id), STEP_OF_DRAFT)


@with_session
def post_draft(request: HttpRequest, session: Session) -> HttpResponse:
    demand_not_too_fast(SENT, session.inbox_id)
    body = parse_json_body(body_with_work(request, spared=SPARED, draft=True), draft=wire(Draft))
    return json_answer(keep_draft(session.inbox_id, body["draft"], at=now()))


@with_session
def delete_kept_draft(request: HttpRequest, session: Session) -> HttpResponse:
    delete_draft(session.inbox_id)
    return empty_answer()


@with_session
def get_stored_data(request: HttpRequest, session: Session) -> HttpResponse:
    return json_answer(stored_data_of_person(session.inbox_id))


@with_session
def get_retention(request: HttpRequest, session: Session) -> HttpResponse:
    return json_answer(retention_answer(session.inbox_id))


@with_session
def post_retention(request: HttpRequest, session: Session) -> HttpResponse:
    choose_retention(session.inbox_id, read_json_body(request, own=or_null(one_of(*CHOICES)))["own"])
    return json_answer(retention_answer(session.inbox_id))


@with_session
def post_next_message(request: HttpRequest, session: Session) -> HttpResponse:
    conversation_in(session)
    demand_not_too_fast(SENT, session.inbox_id)
    body = parse_json_body(body_with_work(request, spared=SPARED), **SEALED_ENVELOPE)
    return accepted_answer(accept_next_message(session.inbox_id, **body, at=now()), "sequence", "hash", "reply_by")


@with_session
def delete_inbox(request: HttpRequest, session: Session) -> HttpResponse:
    leave_talk(session.inbox_id, at=now())
    erase_conversation(session.inbox_id)
    return empty_answer()
