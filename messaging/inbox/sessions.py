"""Sessions of an inbox: a short-lived token for the browser that holds its key (PROTOCOL §7.3, §7.4).

Nobody else learns whether an inbox exists.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from messaging.http.challenges import fresh_challenge
from messaging.http.problems import Problem
from messaging.models import Inbox, Session
from messaging.protocol.wire import session_proof_holds

# A key that nobody holds: where there is no inbox, the same work is done with it. (Its seed was random, and is forgotten.)
NOBODY = bytes.fromhex("3d7570b3a803c404809b35c7a9e965c516478141a1d43005aaf4d2aa6a175a98")
IDLE = timedelta(minutes=30)
# A session's last use is written down at most this often: a page that asks again and again costs no writes.
GRAIN = timedelta(seconds=20)


@dataclass(frozen=True)
class SessionProof:
    """The decoded body of `POST sessions`, §7.4."""

    inbox_id: bytes
    challenge: bytes
    signature: bytes


def session_token_hash(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


def open_session(proof: SessionProof, *, site: bytes, origin: str, secret: bytes, at: datetime) -> bytes:
    """A new token of 32 bytes; only its hash is kept. A refused request spends nothing.

    Raises:
        Problem: bad-proof, for a challenge that was not made here, is too old or was used; no-inbox, for an inbox that is not there and
            for a signature that does not hold: never told apart.
    """
    spend = fresh_challenge(secret, proof.challenge, at)
    row = Inbox.objects.filter(inbox_id=proof.inbox_id).values_list("pk", "sign_public").first()
    inbox, key = row or (None, NOBODY)
    holds = session_proof_holds(site, origin, proof.challenge, proof.inbox_id, key, proof.signature)
    if inbox is None or not holds:
        raise Problem("no-inbox", "There is no inbox with these words. Check each word.")
    token = secrets.token_bytes(32)
    try:
        with transaction.atomic():
            spend()
            Session.objects.create(token_hash=session_token_hash(token), inbox_id=inbox, used_at=at)
    except IntegrityError as error:
        # The inbox was deleted at this very moment, and a new challenge will find that out.
        raise Problem("bad-proof", "The inbox changed at that moment. Ask for a new challenge.") from error
    return token


def find_session(token: bytes, *, at: datetime) -> Session:
    """The session with its inbox and conversation.

    Raises:
        Problem: session, for a token that is unknown or was idle too long.
    """
    # Found by its hash: how long that takes says nothing about the token.
    alive = Session.objects.filter(token_hash=session_token_hash(token), used_at__gt=at - IDLE)
    session = alive.select_related("inbox__conversation").first()
    if session is None:
        raise Problem("session", "Enter your words again.")
    return session


def keep_session_alive(session: Session, *, at: datetime) -> None:
    """Notes the use; called once the request has succeeded, since a refused one changes nothing."""
    if at - session.used_at >= GRAIN:
        Session.objects.filter(pk=session.pk, used_at__lt=at).update(used_at=at)


def end_session(session: Session) -> None:
    Session.objects.filter(pk=session.pk).delete()
