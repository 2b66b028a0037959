"""Sealing and opening one envelope (PROTOCOL §4.1–§4.3, §4.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messaging.protocol.encoding import FROM_DESK, HASH, ID, SIGNATURE, TAGS, VERSION, u32
from messaging.protocol.peer import plaintext
from messaging.protocol.peer.errors import BadChain, BadSignature, OlderEpoch
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.plaintext import Plaintext
from messaging.protocol.peer.primitives import ZERO_NONCE, Random, kdf, open_sealed, random_bytes, seal, sign
from messaging.protocol.peer.tags import tags_of
from messaging.protocol.wire import Certificate, Envelope, Statement


@dataclass(frozen=True)
class EnvelopePlace:
    """Where an envelope stands: the conversation, its epoch's opening, and the chain of its direction."""

    conversation: bytes
    direction: int
    epoch: int
    opening_hash: bytes
    sequence: int = 1
    previous: bytes = bytes(HASH)


def envelope_key(secret: bytes, salt: bytes, header: bytes) -> bytes:
    """`key`, §4.2."""
    return kdf(secret, salt, "message", header)


def seal_envelope(
    site: Site,
    secret: bytes,
    place: EnvelopePlace,
    padded: bytes,
    writer: tuple[Counsellor, bytes] | None,
    tag_keys: Sequence[bytes | None] = (),
    random: Random = random_bytes,
) -> bytes:
    """9,419 bytes; `padded` is 8,192 bytes of plaintext.

    `writer` is a counsellor and certificate id when from the desk; `tag_keys` are those of everyone on the roster when from the person.
    """
    salt = random(16)
    header = VERSION + bytes([1, place.direction]) + place.conversation + u32(place.epoch) + u32(place.sequence)
    header += salt + place.opening_hash + place.previous
    ciphertext = seal(envelope_key(secret, salt, header), ZERO_NONCE, header, padded)
    if writer is None:
        return header + ciphertext + tags_of(tag_keys, header, ciphertext) + bytes(ID + SIGNATURE)
    counsellor, certificate_id = writer
    signature = sign(counsellor.sign_seed, "reply", site.site + certificate_id + header + ciphertext)
    return header + ciphertext + bytes(TAGS) + certificate_id + signature


class UnknownWriter(BadSignature):
    """The certificate is not among the valid ones, or does not cover the epoch: a reader names that otherwise (§5.2)."""


def open_envelope(
    site: Site,
    secret: bytes,
    envelope: Envelope,
    place: EnvelopePlace,
    oldest_epoch: int,
    statement: Statement,
    certificates: Mapping[bytes, Certificate],
) -> tuple[Plaintext, str | None]:
    """The content, and the writer's display name when from the desk; nothing before every check of §4.5 but the acknowledged epoch.

    Raises:
        BadChain, OlderEpoch, BadSignature, CannotOpen, BadPlaintext.
    """
    found = (envelope.conversation, envelope.direction, envelope.epoch, envelope.sequence, envelope.previous, envelope.opening_hash)
    if found != (place.conversation, place.direction, place.epoch, place.sequence, place.previous, place.opening_hash):
        raise BadChain("the envelope does not stand here")
    if envelope.epoch < oldest_epoch:
        raise OlderEpoch("an older epoch than one before it")
    writer = writer_of(site, envelope, statement, certificates) if envelope.direction == FROM_DESK else None
    key = envelope_key(secret, envelope.salt, envelope.header)
    padded = open_sealed(key, ZERO_NONCE, envelope.header, envelope.ciphertext)
    return plaintext.read_plaintext(padded, envelope.direction, envelope.sequence), writer.display_name if writer else None


def writer_of(site: Site, envelope: Envelope, statement: Statement, certificates: Mapping[bytes, Certificate]) -> Certificate:
    """The certificate that a reply is signed under; raises UnknownWriter, BadSignature."""
    writer = certificates.get(envelope.certificate_id)
    if writer is None or not statement.covered_by(writer):
        raise UnknownWriter("not by somebody on the epoch's roster")
    if not envelope.signed_by(site.site, writer):
        raise BadSignature("not signed by the counsellor it names")
    return writer
