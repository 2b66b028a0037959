"""Challenges that need no row until they are used (PROTOCOL §7.3): u64 milliseconds of issue || 16 random || 32 HMAC. PURE."""

import hashlib
import hmac
import os
from datetime import UTC, datetime, timedelta

SIZE = 56
LIFETIME = timedelta(seconds=120)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
SKEW = 5_000  # Milliseconds that the clock of another machine of the installation may be ahead of this one's.


def _milliseconds(at: datetime) -> int:
    return (at - EPOCH) // MILLISECOND


def _mac(secret: bytes, head: bytes) -> bytes:
    return hmac.digest(hashlib.sha256(b"helpline/challenge\0" + secret).digest(), head, "sha256")


def make_challenge(secret: bytes, at: datetime) -> bytes:
    """A new challenge of 56 bytes."""
    head = _milliseconds(at).to_bytes(8, "big") + os.urandom(16)
    return head + _mac(secret, head)


def read_challenge(secret: bytes, challenge: bytes, at: datetime) -> tuple[bytes, datetime] | None:
    """Its nonce and when it expires; None when it was not made here, is too old, or is from the future."""
    head = challenge[:24]
    if len(challenge) != SIZE or not hmac.compare_digest(_mac(secret, head), challenge[24:]):
        return None
    made = int.from_bytes(head[:8], "big")
    if not -SKEW <= _milliseconds(at) - made < LIFETIME // MILLISECOND:
        return None
    return head[8:], EPOCH + made * MILLISECOND + LIFETIME
