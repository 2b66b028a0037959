"""Structures laid out by hand, so that a case can have a fault that the peer would not make."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kyber_py.ml_kem.default_parameters import DEFAULT_PARAMETERS
from kyber_py.ml_kem.ml_kem import ML_KEM

from messaging.protocol.encoding import ID, SIGNATURE, hashed, u32
from messaging.protocol.peer.hpke import CURVE_PUBLIC, LATTICE_PUBLIC, XWING_LABEL, seal_to, seal_under
from messaging.protocol.peer.keys import InboxKeys, Site
from messaging.protocol.peer.primitives import sign
from messaging.protocol.wire import Certificate
from tests.world.peers import Installation, Member


def wrapped_by_chance(public: bytes, info: bytes, secret: bytes) -> bytes:
    """What any HPKE library makes: it opens to the secret, and is not the bytes of `Wrap`, for its 64 bytes are drawn elsewhere."""
    return seal_to(public, info, secret, hashlib.sha512(b"chance" + info).digest())


def wrapped_with_low_order(public: bytes, info: bytes, secret: bytes) -> bytes:
    """What opens to the secret where X25519's zeros are taken for a secret, as RFC 7748 leaves it to each reader."""
    lattice, curve = public[:LATTICE_PUBLIC], public[LATTICE_PUBLIC:]
    kem = ML_KEM(DEFAULT_PARAMETERS["ML768"])
    kem.random_bytes = lambda size: hashlib.sha512(b"low order").digest()[:size]
    agreed, ciphertext = kem.encaps(lattice)
    low = bytes(CURVE_PUBLIC)
    return seal_under(hashlib.sha3_256(agreed + bytes(32) + low + curve + XWING_LABEL).digest(), ciphertext + low, info, secret)


def certificate(
    desk: Installation,
    member: Member,
    *,
    name: bytes = b"Callum",
    holder: int = 0,
    days: tuple[int, int],
    version: int = 2,
    use: str = "certificate",
    length: int | None = None,
) -> bytes:
    """§2.5, signed by the desk's root whatever it says."""
    keys = member.counsellor
    body = bytes([version]) + keys.counsellor_id + keys.kem_public + keys.sign_public + keys.tag_public + bytes([holder])
    body += u32(days[0]) + u32(days[1]) + bytes([len(name) if length is None else length]) + name
    return body + sign(desk.root_seed, use, desk.site.site + body)


def id_of(member: Member) -> bytes:
    return Certificate.parse(member.certificate).certificate_id


@dataclass(frozen=True)
class Draft:
    """What a statement says, §2.6; `previous` is the statement before it, or 32 bytes."""

    number: int
    kem_public: bytes
    previous: bytes
    days: tuple[int, int]
    roster: Sequence[bytes]
    version: int = 2
    use: str = "statement"


def statement(site: Site, signer: Member, draft: Draft) -> bytes:
    """Signed by the signer whatever it says."""
    link = draft.previous if len(draft.previous) == 32 else hashed("statement", draft.previous)
    first, last = draft.days
    body = bytes([draft.version]) + u32(draft.number) + draft.kem_public + link + u32(first) + u32(last) + id_of(signer)
    body += len(draft.roster).to_bytes(2, "big") + b"".join(draft.roster)
    return body + sign(signer.counsellor.sign_seed, draft.use, site.site + body)


def confirmation(
    desk: Installation, member: Member | None, statement: bytes, *, site: Site | None = None, version: int = 2, use: str = "confirmation"
) -> bytes:
    """§2.15, signed by the member, or by the root, whatever it says."""
    body = bytes([version]) + hashed("statement", statement) + (id_of(member) if member else bytes(ID))
    seed = member.counsellor.sign_seed if member else desk.root_seed
    return body + sign(seed, use, (site or desk.site).site + body)


def signed_opening(site: Site, signer: Member, raw: bytes, use: str = "opening-desk") -> bytes:
    """The opening's bytes with a signature that holds."""
    body = raw[:-SIGNATURE]
    return body + sign(signer.counsellor.sign_seed, use, site.site + body)


def persons_opening(site: Site, inbox: InboxKeys, raw: bytes, use: str = "opening-person") -> bytes:
    """The opening's bytes with the person's signature."""
    body = raw[:-SIGNATURE]
    return body + sign(inbox.sign_seed, use, site.site + body)


def signed_envelope(site: Site, signer: Member, raw: bytes, use: str = "reply") -> bytes:
    """The desk envelope's bytes with a signature that holds."""
    header, ciphertext, certificate_id = raw[:107], raw[107:8315], raw[9339:9355]
    return raw[:-SIGNATURE] + sign(signer.counsellor.sign_seed, use, site.site + certificate_id + header + ciphertext)


def signed_note(site: Site, signer: Member, raw: bytes, use: str = "note") -> bytes:
    body = raw[:-SIGNATURE]
    return body + sign(signer.counsellor.sign_seed, use, site.site + body)
