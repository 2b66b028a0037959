"""What the vectors say of hashes and derivations, computed once more from PROTOCOL with nothing but hashlib and hmac."""

import hashlib
import hmac
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from messaging.protocol.encoding import decode
from messaging.protocol.peer.primitives import kem_public
from tests.messaging.protocol.vectors import load, names


def x25519_public(seed: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def label(use: str) -> bytes:
    return b"helpline/v2/" + use.encode() + b"\0"


def h(use: str, data: bytes) -> bytes:
    return hashlib.sha256(label(use) + data).digest()


def kdf(secret: bytes, salt: bytes, use: str, context: bytes) -> bytes:
    """RFC 5869, one block."""
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(extracted, label(use) + context + b"\1", "sha256")


def good(kind: str) -> list[Any]:
    return [pytest.param(load(name), id=name) for name in names() if load(name)["kind"] == kind and "expect" in load(name)]


def raw(case: Any, *keys: str) -> list[bytes]:
    """Bytes out of input and expect."""
    both = {**case["input"], **case["expect"]}
    return [decode(both[key]) for key in keys]


def site_of(case: Any) -> bytes:
    return h("site", decode(case["input"]["root"]))


@pytest.mark.parametrize("case", good("inbox"))
def test_an_inboxs_keys(case: Any) -> None:
    site, salt, secret, kem_seed, sign_seed, kem, sign, inbox = raw(
        case, "site", "salt", "inbox_secret", "kem_seed", "sign_seed", "kem_public", "sign_public", "inbox_id"
    )
    assert site == site_of(case)
    assert salt == h("inbox-salt", site)[:16]
    assert kem_seed == kdf(secret, b"", "inbox-kem", site)
    assert sign_seed == kdf(secret, b"", "inbox-sign", site)
    assert kem == kem_public(kem_seed)
    tag_seed, tag = raw(case, "tag_seed", "tag_public")
    assert tag_seed == kdf(secret, b"", "inbox-tag", site)
    assert tag == x25519_public(tag_seed)
    assert inbox == h("inbox-id", kem + sign + tag)[:16]


@pytest.mark.parametrize("case", good("vault"))
def test_a_vault(case: Any) -> None:
    owner, secret, kem_seed, sign_seed, prf_input, record = raw(
        case, "counsellor_id", "secret", "kem_seed", "sign_seed", "prf_input", "record"
    )
    context = site_of(case) + owner
    assert kem_seed == kdf(secret, b"", "counsellor-kem", context)
    assert sign_seed == kdf(secret, b"", "counsellor-sign", context)
    tag_seed, tag = raw(case, "tag_seed", "tag_public")
    assert tag_seed == kdf(secret, b"", "counsellor-tag", context)
    assert tag == x25519_public(tag_seed)
    assert prf_input == h("vault-prf", context)
    if record[0] == 2:
        assert raw(case, "key") == [kdf(raw(case, "prf")[0], record[1:17], "vault-passkey", context)]


@pytest.mark.parametrize("case", good("certificate"))
def test_a_certificate(case: Any) -> None:
    whole, certificate_id, owner = raw(case, "certificate", "certificate_id", "counsellor_id")
    keys = b"".join(raw(case, "kem_public", "sign_public", "tag_public"))
    assert certificate_id == h("certificate-id", whole)[:16]
    assert case["expect"]["fingerprint"] == h("counsellor-fingerprint", owner + keys)[:16].hex(" ", 2)


@pytest.mark.parametrize("case", good("statements"))
def test_statements(case: Any) -> None:
    hashes = [h("statement", decode(each)) for each in case["input"]["statements"]]
    assert [decode(each) for each in case["expect"]["hashes"]] == hashes
    assert all(decode(each)[1221:1253] == before for each, before in zip(case["input"]["statements"][1:], hashes, strict=False))


@pytest.mark.parametrize("case", good("opening"))
def test_an_opening(case: Any) -> None:
    opening, secret, commitment, opening_hash, conversation, statement = raw(
        case, "opening", "secret", "commitment", "opening_hash", "conversation", "statement"
    )
    site, epoch = site_of(case), case["input"]["epoch"].to_bytes(4, "big")
    assert conversation == h("conversation", opening[2:34])[:16]
    assert opening[38:70] == h("statement", statement)
    assert opening[70:102] == commitment == kdf(secret, b"", "commit", site + conversation + epoch + h("statement", statement))
    assert opening_hash == h("opening", opening)
    if case["input"]["side"] == "person" and opening[1] == 1:
        assert secret == kdf(raw(case, "inbox_secret")[0], b"", "conversation", site + conversation + epoch + h("statement", statement))


@pytest.mark.parametrize("case", good("envelope"))
def test_an_envelope(case: Any) -> None:
    envelope, secret, key, envelope_hash = raw(case, "envelope", "secret", "key", "envelope_hash")
    assert key == kdf(secret, envelope[27:43], "message", envelope[:107])
    assert envelope_hash == h("envelope", envelope)


@pytest.mark.parametrize("case", good("note"))
def test_a_note(case: Any) -> None:
    note, secret, key, subject, statement = raw(case, "note", "secret", "key", "subject", "statement")
    context = site_of(case) + bytes([case["input"]["note_kind"]]) + subject + (1).to_bytes(4, "big")
    assert note[39:71] == kdf(secret, b"", "note-commit", context + h("statement", statement))
    assert key == kdf(secret, note[23:39], "note-body", h("note-head", note[:1239]))
