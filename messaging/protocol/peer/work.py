"""Does the work that a server asks for under load, as a person's browser does (PROTOCOL §7.10)."""

import hashlib
import json
from typing import Any

from messaging.protocol.encoding import encode
from messaging.protocol.peer.errors import Malformed

# What no server of this protocol asks for: rather fail than work for an hour.
MOST_ITERATIONS, MOST_TRIES = 10_000, 20_000


def do_work(asked: dict[str, Any]) -> str:
    """The value of the header `Helpline-Work` for the `work` of a problem `work-wanted`.

    Raises:
        Malformed: not a challenge of §7.10, more work than any of them, or without an answer.
    """
    try:
        said = asked["parameters"]
        nonce, salt, prefix = (bytes.fromhex(said[name]) for name in ("nonce", "salt", "keyPrefix"))
        cost, size = said["cost"], said["keyLength"]
        fits = said["algorithm"] == "PBKDF2/SHA-256" and type(cost) is int and 0 < cost <= MOST_ITERATIONS and size == 32 and prefix
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("not a challenge for work") from error
    if not fits:
        raise Malformed("not a challenge for work")
    for counter in range(MOST_TRIES):
        key = hashlib.pbkdf2_hmac("sha256", nonce + counter.to_bytes(4, "big"), salt, cost, size)
        if key.startswith(prefix):
            answer = {"challenge": asked, "solution": {"counter": counter, "derivedKey": key.hex()}}
            return encode(json.dumps(answer, separators=(",", ":")).encode())
    raise Malformed("this work has no answer")
