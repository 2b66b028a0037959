"""Challenges that need no row until they are used (PROTOCOL §7.3): u64 milliseconds of issue || 16 random || 32 HMAC. PURE."""

import hashlib
import hmac
import os
from datetime import UTC, datetime, timedelta

SIZE = 56
LIFETIME = timedelta(seconds=120)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _mac(secret: bytes, head: bytes) -> bytes:
    return hmac.digest(hashlib.sha256(b"helpline/challenge\0" + secret).digest(), head, "sha256")


def make(secret: bytes, at: datetime) -> bytes:
    """A new challenge of 56 bytes."""
    head = ((at - EPOCH) // timedelta(milliseconds=1)).to_bytes(8, "big") + os.urandom(16)
    return head + _mac(secret, head)


def read(secret: bytes, challenge: bytes, at: datetime) -> tuple[bytes, datetime] | None:
    """Its nonce and when it expires; None when it was not made here, is too old, or is from the future."""
    head = challenge[:24]
    if len(challenge) != SIZE or not hmac.compare_digest(_mac(secret, head), challenge[24:]):
        return None
    made_at = EPOCH + timedelta(milliseconds=int.from_bytes(head[:8], "big"))
    return (head[8:], made_at + LIFETIME) if made_at <= at < made_at + LIFETIME else None
