"""A challenge is good once: answering it spends it (PROTOCOL §7.3)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from messaging.http.problems import Problem
from messaging.models.spend import spend_challenge
from messaging.protocol import challenges


def fresh_challenge(secret: bytes, challenge: bytes, at: datetime) -> Callable[[], None]:
    """What spends the challenge, to be called in the transaction that it allows.

    Raises:
        Problem: bad-proof, here and when it is spent, for a challenge that was not made here, is too old or was used.
    """
    fresh = challenges.read_challenge(secret, challenge, at)
    if fresh is None:
        raise Problem("bad-proof", "The challenge is not fresh. Ask for a new one.")
    return partial(_spend, *fresh)


def _spend(nonce: bytes, expires_at: datetime) -> None:
    if not spend_challenge(nonce, expires_at):
        raise Problem("bad-proof", "The challenge has already been used. Ask for a new one.")
