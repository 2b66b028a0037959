"""Who may speak to the person's interface: a browser that bears the token of a session (PROTOCOL §7.4, §7.11)."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.flood.rate_limit import RateBuckets, RateLimit
from messaging.http.problems import Problem
from messaging.inbox.sessions import find_session, keep_session_alive
from messaging.models import Conversation, Session
from messaging.protocol.encoding import Malformed, decode

TOKEN = 32
# §7.11. Of one token, and in each web process.
ASKED = RateBuckets(RateLimit(burst=120, every=timedelta(seconds=1)))


def demand_not_too_fast(buckets: RateBuckets, key: bytes | int) -> None:
    """Raises Problem too-fast, with the seconds to wait."""
    wait = buckets.take(key, now())
    if wait:
        raise Problem("too-fast", f"Try again in {wait} seconds.", wait=wait)


def with_session(view: Callable[[HttpRequest, Session], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Gives the view the session whose token the request bears; a request that succeeds keeps it alive."""

    def held(request: HttpRequest) -> HttpResponse:
        at = now()
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        try:
            raw = decode(token, TOKEN) if scheme == "Bearer" else b""
        except Malformed:
            raw = b""
        if not raw:
            raise Problem("session", "Enter your words.")
        session = find_session(raw, at=at)
        demand_not_too_fast(ASKED, session.pk)
        response = view(request, session)
        keep_session_alive(session, at=at)
        return response

    return held


def conversation_in(session: Session) -> Conversation:
    """Raises Problem not-found while the inbox has a draft alone."""
    try:
        return session.inbox.conversation
    except Conversation.DoesNotExist:
        raise Problem("not-found", "There is no conversation yet.") from None
