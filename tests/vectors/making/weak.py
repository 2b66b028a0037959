"""Cases of Ed25519 points of small order (§1.3): libraries differ there, and some let one signature stand for every message."""

import hashlib
from collections.abc import Iterator

from messaging.protocol.encoding import VERSION, encode, label
from tests.vectors.making.stage import Case, Cast

ORDER = 2**252 + 27742317777372353535851937790883648493
# The neutral element; a point of order eight; and the neutral element with its sign bit set, which is no canonical encoding.
WEAK = {
    "neutral": bytes([1]) + bytes(31),
    "order-eight": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    "neutral-with-sign": bytes([1]) + bytes(30) + b"\x80",
}


def weakly_signed(seed: bytes, public: bytes, use: str, data: bytes) -> bytes:
    """A signature whose equation holds and whose first half is the neutral element: S = h·a."""
    digest = bytearray(hashlib.sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    first = WEAK["neutral"]
    challenge = int.from_bytes(hashlib.sha512(first + public + label(use) + data).digest(), "little")
    return first + (challenge * int.from_bytes(digest, "little") % ORDER).to_bytes(32, "little")


def cases(cast: Cast) -> Iterator[Case]:
    site, here = cast.desk.site, cast.where()
    keys = cast.desk.members["Callum"].counsellor
    head = VERSION + keys.counsellor_id + keys.kem_public
    for name, point in WEAK.items():
        raw = head + point + keys.tag_public + WEAK["neutral"] + bytes(32)
        about = "A signing key under which anybody can sign: a point of small order."
        yield Case(f"request-weak-key-{name}", "1.3", "request", about, {**here, "request": encode(raw)}, "BadRequest")
    body = head + keys.sign_public + keys.tag_public
    raw = body + weakly_signed(keys.sign_seed, keys.sign_public, "certificate-request", site.site + body)
    about = "A signature whose first half is a point of small order."
    yield Case("request-weak-signature", "1.3", "request", about, {**here, "request": encode(raw)}, "BadRequest")
    forged = cast.desk.members["Callum"].certificate[:-64] + WEAK["neutral"] + bytes(32)
    root = {**here, "root": encode(WEAK["neutral"]), "certificate": encode(forged)}
    yield Case("certificate-weak-root", "1.3", "certificate", "Under a root key for which every signature holds.", root, "BadCertificate")
