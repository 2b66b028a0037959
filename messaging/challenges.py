"""Challenges that need no row until they are used (PROTOCOL §7.3): u64 milliseconds of issue || 16 random || 32 HMAC. PURE."""

import hashlib
import hmac
import os
from datetime import UTC, datetime, timedelta

SIZE = 56
LIFETIME = timedelta(seconds=120)


def _mac(secret: bytes, head: bytes) -> bytes:
    return hmac.digest(hashlib.sha256(b"helpline/challenge\0" + secret).digest(), head, "sha256")


def make(secret: bytes, at: datetime) -> bytes:
    """A new challenge of 56 bytes."""
    head = int(at.timestamp() * 1000).to_bytes(8, "big") + os.urandom(16)
    return head + _mac(secret, head)


def read(secret: bytes, challenge: bytes, at: datetime) -> tuple[bytes, datetime] | None:
    """Its nonce and when it expires; None when it was not made here or is too old."""
    head = challenge[:24]
    if len(challenge) != SIZE or not hmac.compare_digest(_mac(secret, head), challenge[24:]):
        return None
    expires_at = datetime.fromtimestamp(int.from_bytes(head[:8], "big") / 1000, UTC) + LIFETIME
    return (head[8:], expires_at) if expires_at - LIFETIME <= at < expires_at else None
