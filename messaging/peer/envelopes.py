"""Sealing and opening one envelope (PROTOCOL §4.1–§4.3, §4.5)."""

from dataclasses import dataclass

from messaging.encoding import FROM_DESK, FROM_PERSON, HASH, ID, SIGNATURE, u32
from messaging.peer import plaintext
from messaging.peer.errors import BadChain, BadSignature, OlderEpoch
from messaging.peer.keys import Counsellor, Site
from messaging.peer.plaintext import Plaintext
from messaging.peer.primitives import ZERO_NONCE, Random, kdf, open_sealed, random_bytes, seal, sign
from messaging.wire import Certificate, Envelope, Statement


@dataclass(frozen=True)
class Place:
    """Where an envelope stands: the conversation, its epoch's opening, and the chain of its direction."""

    conversation: bytes
    direction: int
    epoch: int
    opening_hash: bytes
    sequence: int
    previous: bytes


def first_place(conversation: bytes, direction: int, epoch: int, opening_hash: bytes) -> Place:
    return Place(conversation, direction, epoch, opening_hash, 1, bytes(HASH))


def seal_envelope(
    site: Site, secret: bytes, place: Place, padded: bytes, writer: tuple[Counsellor, bytes] | None, random: Random = random_bytes
) -> bytes:
    """8,395 bytes; `padded` is 8,192 bytes of plaintext, `writer` a counsellor and certificate id when from the desk."""
    salt = random(16)
    header = bytes([1, 1, place.direction]) + place.conversation + u32(place.epoch) + u32(place.sequence)
    header += salt + place.opening_hash + place.previous
    ciphertext = seal(kdf(secret, salt, "message", header), ZERO_NONCE, header, padded)
    if writer is None:
        return header + ciphertext + bytes(ID + SIGNATURE)
    counsellor, certificate_id = writer
    return header + ciphertext + certificate_id + sign(counsellor.sign_seed, "reply", site.site + certificate_id + header + ciphertext)


def check_place(envelope: Envelope, place: Place) -> None:
    """Raises BadChain when the envelope does not stand where it should."""
    stands = (envelope.conversation, envelope.direction, envelope.sequence, envelope.previous, envelope.opening_hash)
    if stands != (place.conversation, place.direction, place.sequence, place.previous, place.opening_hash):
        raise BadChain("the envelope does not stand here")


def open_envelope(
    site: Site,
    secret: bytes,
    envelope: Envelope,
    place: Place,
    oldest_epoch: int,
    statement: Statement,
    certificates: dict[bytes, Certificate],
) -> tuple[Plaintext, str | None]:
    """The content, and the writer's display name when from the desk; nothing before every check of §4.5 but the acknowledged epoch.

    Raises:
        BadChain, OlderEpoch, BadSignature, CannotOpen, BadPlaintext.
    """
    check_place(envelope, place)
    if envelope.epoch < oldest_epoch:
        raise OlderEpoch("an older epoch than one before it")
    writer = None
    if envelope.direction == FROM_DESK:
        writer = certificates.get(envelope.certificate_id)
        if writer is None or not statement.covered_by(writer) or not envelope.signed_by(site.site, writer):
            raise BadSignature("not signed by somebody on the epoch's roster")
    padded = open_sealed(kdf(secret, envelope.salt, "message", envelope.header), ZERO_NONCE, envelope.header, envelope.ciphertext)
    return plaintext.read(padded, envelope.direction, envelope.sequence), writer.display_name if writer else None


__all__ = ["FROM_DESK", "FROM_PERSON", "Place", "check_place", "first_place", "open_envelope", "seal_envelope"]
