"""Openings and envelopes, of which the server sees the outside (PROTOCOL §3, §4). PURE."""

from dataclasses import dataclass
from typing import ClassVar, Self

from messaging.protocol.encoding import (
    CIPHERTEXT,
    FROM_DESK,
    FROM_PERSON,
    HASH,
    ID,
    SIGNATURE,
    TAG,
    TAGS,
    VERSION,
    WRAPPED,
    big_endian_number,
    cut_fields,
    demand,
    hashed,
    signature_holds,
)
from messaging.protocol.wire.keys import Certificate


def conversation_of(inbox_id: bytes, life: bytes) -> bytes:
    """§3: 16 bytes; `life` is what the person drew with the first message."""
    return hashed("conversation", inbox_id + life)[:ID]


def looks_sealed(ciphertext: bytes) -> bool:
    """§7.7: a ciphertext of this size has every byte value in it; text in UTF-8 never has."""
    return len(set(ciphertext)) == 256


@dataclass(frozen=True)
class Opening:
    """A conversation's opening in an epoch, §3.2."""

    SIZE: ClassVar[int] = 2518
    direction: int
    inbox_id: bytes
    life: bytes
    epoch: int
    statement_hash: bytes
    commitment: bytes
    to_desk: bytes
    to_person: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        sizes = (1, 1, ID, ID, 4, HASH, HASH, WRAPPED, WRAPPED, ID, SIGNATURE)
        version, direction, inbox_id, life, epoch, statement_hash, commitment, to_desk, to_person, certificate_id, _ = cut_fields(
            raw, *sizes
        )
        opening = cls(
            direction[0], inbox_id, life, big_endian_number(epoch), statement_hash, commitment, to_desk, to_person, certificate_id, raw
        )
        demand(version == VERSION and opening.direction in (FROM_PERSON, FROM_DESK), "opening's version or direction")
        demand(opening.epoch >= 1, "opening's epoch")
        if opening.direction == FROM_PERSON:
            demand(not any(to_person + certificate_id), "a person's opening must have zeros there")
        return opening

    @property
    def conversation(self) -> bytes:
        return conversation_of(self.inbox_id, self.life)

    @property
    def opening_hash(self) -> bytes:
        return hashed("opening", self.raw)

    def signed_by(self, site: bytes, sign_public: bytes) -> bool:
        """Under the key of the inbox or of the counsellor, as its direction says."""
        use = "opening-person" if self.direction == FROM_PERSON else "opening-desk"
        return signature_holds(sign_public, use, site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:])


@dataclass(frozen=True)
class Envelope:
    """A sealed envelope, §4.1."""

    SIZE: ClassVar[int] = 9419
    HEADER: ClassVar[int] = 107
    direction: int
    conversation: bytes
    epoch: int
    sequence: int
    salt: bytes
    opening_hash: bytes
    previous: bytes
    ciphertext: bytes
    tags: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        sizes = (1, 1, 1, ID, 4, 4, 16, HASH, HASH, CIPHERTEXT, TAGS, ID, SIGNATURE)
        version, suite, direction, conversation, epoch, sequence, salt, opening_hash, previous, *sealed = cut_fields(raw, *sizes)
        ciphertext, tags, certificate_id, signature = sealed
        envelope = cls(
            direction[0],
            conversation,
            big_endian_number(epoch),
            big_endian_number(sequence),
            salt,
            opening_hash,
            previous,
            ciphertext,
            tags,
            certificate_id,
            raw,
        )
        demand(
            version == VERSION and suite == b"\1" and envelope.direction in (FROM_PERSON, FROM_DESK),
            "envelope's version, suite or direction",
        )
        demand(envelope.epoch >= 1 and envelope.sequence >= 1, "envelope's numbers")
        demand(envelope.sequence > 1 or not any(previous), "a first envelope has none before it")
        if envelope.direction == FROM_PERSON:
            demand(not any(certificate_id + signature), "a person's envelope must have zeros there")
        else:
            demand(not any(tags), "the desk's envelope must have zeros there")
        return envelope

    @property
    def header(self) -> bytes:
        return self.raw[: self.HEADER]

    @property
    def envelope_hash(self) -> bytes:
        return hashed("envelope", self.raw)

    def tag(self, place: int) -> bytes:
        """The tag in one of the 64 places, §4.6."""
        return self.tags[TAG * place : TAG * (place + 1)]

    def demand_places(self, roster: int) -> None:
        """Raises Malformed where a place that none of so many on a roster has is not zeros."""
        demand(not any(self.tags[TAG * roster :]), "a tag for nobody")

    def signed_by(self, site: bytes, certificate: Certificate) -> bool:
        signed = site + self.certificate_id + self.header + self.ciphertext
        return signature_holds(certificate.sign_public, "reply", signed, self.raw[-SIGNATURE:])

    def looks_sealed(self) -> bool:
        """§7.7."""
        return looks_sealed(self.ciphertext)
