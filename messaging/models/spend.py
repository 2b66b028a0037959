"""What is good once is noted when it is used: a challenge, and the work that a loaded server asks for (PROTOCOL §7.3, §7.10)."""

from datetime import datetime

from messaging.models.insert import insert
from messaging.models.sessions import SpentChallenge


def spend_challenge(nonce: bytes, expires_at: datetime) -> bool:
    """Whether this was the first use. In a transaction it is undone with it."""
    return insert(SpentChallenge(nonce=nonce, expires_at=expires_at), new_only=True)
