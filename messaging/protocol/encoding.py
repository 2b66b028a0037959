"""Encodings, hashes, signatures and error classes that every part of the protocol shares (PROTOCOL §1). PURE."""

import base64
import binascii
import hashlib
from collections.abc import Generator
from contextlib import contextmanager

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# The first byte of every structure but files of keys and vault records, whose first byte is their kind.
VERSION = b"\2"
FROM_PERSON, FROM_DESK = 1, 2
ID, HASH, SIGNATURE, KEM_PUBLIC, WRAPPED, CIPHERTEXT = 16, 32, 64, 1216, 1168, 8208
SIGN_PUBLIC = TAG_PUBLIC = 32
# A tag, and the places for them in an envelope: one for each that a roster may have.
TAG, TAGS = 16, 1024
# All that whoever carries a pulse knows of it (§12).
PULSE = 256


class ProtocolError(Exception):
    """Any failure that PROTOCOL §1.6 names; `pointer` says where in what was sent (RFC 6901), and is empty where nobody said."""

    pointer = ""


class Malformed(ProtocolError):
    """Wrong size, version, suite, direction, encoding, or fixed part."""


class BadCertificate(ProtocolError):
    """The root's signature fails, or the days are the wrong way round."""


class BadRequest(ProtocolError):
    """A certificate request whose signature fails."""


class BadStatement(ProtocolError):
    """An epoch statement whose signer, signature, days, roster or link fails."""


class BadConfirmation(ProtocolError):
    """An epoch that is not confirmed, or a confirmation whose statement, certificate or signature fails."""


class BadSignature(ProtocolError):
    """A desk envelope or note whose certificate is not on the roster, or whose signature fails."""


def label(use: str) -> bytes:
    """L(use), §1.2."""
    return b"helpline/v2/" + use.encode("ascii") + b"\0"


def hashed(use: str, data: bytes) -> bytes:
    """H(use, x), §1.3: 32 bytes."""
    return hashlib.sha256(label(use) + data).digest()


def u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def encode(data: bytes) -> str:
    """Base64url without padding, §1.4."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: object, size: int | None = None) -> bytes:
    """The bytes of canonical base64url without padding, §1.4, of exactly `size` where given.

    Raises:
        Malformed: not a string, another alphabet, padding, white space, bits left over, or another size.
    """
    if not isinstance(text, str) or not text.isascii():
        raise Malformed("not base64url text")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise Malformed("not base64url") from error
    if encode(data) != text or (size is not None and len(data) != size):
        raise Malformed("not canonical base64url of the right size")
    return data


def site_of(root_public: bytes) -> bytes:
    """`site`, §2.1: 32 bytes."""
    return hashed("site", root_public)


# Every encoding of y, without its sign bit, of a point whose order divides eight, §1.3. Under such a key one signature holds for every
# message, and libraries do not agree whether that is a signature.
SMALL_ORDER = {
    bytes.fromhex(y)
    for y in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
}


def _small_order(point: bytes) -> bool:
    return point[:31] + bytes([point[31] & 127]) in SMALL_ORDER


def signature_holds(public: bytes, use: str, data: bytes, signature: bytes) -> bool:
    """Whether Ed25519 (RFC 8032) holds over L(use) || data; False for a public key that is no point, and for points of small order."""
    if len(public) != 32 or len(signature) != 64 or _small_order(public) or _small_order(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, label(use) + data)
    except (InvalidSignature, ValueError):
        return False
    return True


def cut_fields(data: bytes, *sizes: int) -> list[bytes]:
    """The data in pieces of the given sizes, which must use it up; raises Malformed."""
    if len(data) != sum(sizes):
        raise Malformed(f"{len(data)} bytes instead of {sum(sizes)}")
    pieces, start = [], 0
    for size in sizes:
        pieces.append(data[start : start + size])
        start += size
    return pieces


def big_endian_number(data: bytes) -> int:
    return int.from_bytes(data, "big")


@contextmanager
def within(*steps: str | int) -> Generator[None]:
    """What fails in here fails in this part of what was sent, by the steps that lead to it: names of keys, places in lists.

    No key of an interface has a `~` or `/`, so none needs RFC 6901's escapes.
    """
    try:
        yield
    except ProtocolError as error:
        error.pointer = "".join(f"/{step}" for step in steps) + error.pointer
        raise


def demand(holds: bool, what: str) -> None:
    """Raises Malformed(what) unless it holds."""
    if not holds:
        raise Malformed(what)
