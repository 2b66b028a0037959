"""Proof of work, asked for only under load (PROTOCOL §7.10): made and checked by altcha, with no row until it is used. PURE.

A challenge says for which body it is and until when; its answer lies between two counters, so that nobody is unlucky for long. Making one
costs the server a single derivation, checking one two MACs.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution

LIFETIME = timedelta(seconds=180)
LONGEST = 2_048  # Characters of the header; a true one has about 900.
ALGORITHM, ITERATIONS = "PBKDF2/SHA-256", 500
# The least number of derivations of each step; at most there are twice as many. A new step is worth twice the one before.
LEAST = (0, 600, 1_200, 2_400)
MOST_LEVEL = len(LEAST) - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def _keys(secret: bytes) -> tuple[bytes, bytes]:
    """What a challenge, and what its answer, is known again by."""
    return hmac.digest(secret, b"helpline/work/challenge", "sha256"), hmac.digest(secret, b"helpline/work/answer", "sha256")


def make_work(secret: bytes, body: bytes, level: int, at: datetime) -> dict[str, Any]:
    """A new challenge for this very body, as it goes into the problem document; the level is from 1 to MOST_LEVEL."""
    least = LEAST[level]
    challenge_key, answer_key = _keys(secret)
    challenge = create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=least + secrets.randbelow(least),
        data={"for": hashlib.sha256(body).hexdigest(), "until": (at + LIFETIME - EPOCH) // MILLISECOND},
        hmac_secret=challenge_key,
        hmac_key_secret=answer_key,
    )
    return challenge.to_dict()


def check_work(secret: bytes, body: bytes, shown: str, at: datetime) -> tuple[bytes, datetime] | None:
    """The work's nonce and when it expires; None for what was not asked for here, is of another body, too old, or not done."""
    payload = _parsed(shown)
    if payload is None:
        return None
    challenge_key, answer_key = _keys(secret)
    if not verify_solution(payload, challenge_key, hmac_key_secret=answer_key).verified:
        return None
    # From here on everything in the challenge was written here.
    said: Mapping[str, Any] = payload.challenge.parameters.data or {}
    until = EPOCH + said["until"] * MILLISECOND
    if not hmac.compare_digest(str(said["for"]), hashlib.sha256(body).hexdigest()) or not at < until:
        return None
    return bytes.fromhex(payload.challenge.parameters.nonce), until


def _parsed(shown: str) -> Payload | None:
    """The header's value, base64url of JSON, in a shape that altcha can look at."""
    if not shown.isascii() or len(shown) > LONGEST:
        return None
    try:
        raw = base64.b64decode(shown + "=" * (-len(shown) % 4), altchars=b"-_", validate=True)
        payload = Payload.from_dict(json.loads(raw))
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return payload
