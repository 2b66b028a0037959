"""Knows a token again, keeps it alive while it is used, and ends it (PROTOCOL §7.4)."""

from datetime import datetime, timedelta

from messaging.models import Session
from messaging.operations.open_session import token_hash
from messaging.problems import Problem

IDLE = timedelta(minutes=30)
# A session's last use is written down at most this often: a page that asks again and again costs no writes.
GRAIN = timedelta(seconds=20)


def find_session(token: bytes, *, at: datetime) -> Session:
    """The session with its inbox and conversation.

    Raises:
        Problem: session, for a token that is unknown or was idle too long.
    """
    # Found by its hash: how long that takes says nothing about the token.
    alive = Session.objects.filter(token_hash=token_hash(token), used_at__gt=at - IDLE)
    session = alive.select_related("inbox__conversation").first()
    if session is None:
        raise Problem("session", "Enter your words again.")
    return session


def keep_alive(session: Session, *, at: datetime) -> None:
    """Notes the use; called once the request has succeeded, since a refused one changes nothing."""
    if at - session.used_at >= GRAIN:
        Session.objects.filter(pk=session.pk, used_at__lt=at).update(used_at=at)


def end_session(session: Session) -> None:
    Session.objects.filter(pk=session.pk).delete()
