"""What counsellors seal for each other: notes, saved replies, disclosures and decisions on them (PROTOCOL §6). PURE.

A carry takes a note's secret into a later epoch, and leaves the note and its author as they are.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from messaging.protocol.encoding import (
    CIPHERTEXT,
    HASH,
    ID,
    SIGNATURE,
    VERSION,
    WRAPPED,
    big_endian_number,
    cut_fields,
    demand,
    hashed,
    signature_holds,
)
from messaging.protocol.wire.keys import Certificate
from messaging.protocol.wire.threads import looks_sealed

NOTE, SAVED_REPLY, DISCLOSURE, DECISION, CARRY = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Note:
    """A note on a conversation, a saved reply, a disclosure or a decision on one: sealed to the desk alone."""

    SIZE: ClassVar[int] = 9527
    kind: int
    subject: bytes
    epoch: int
    salt: bytes
    commitment: bytes
    to_desk: bytes
    ciphertext: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        sizes = (1, 1, 1, ID, 4, 16, HASH, WRAPPED, CIPHERTEXT, ID, SIGNATURE)
        version, suite, kind, subject, epoch, salt, commitment, to_desk, ciphertext, certificate_id, _ = cut_fields(raw, *sizes)
        demand(
            version == VERSION and suite == b"\1" and kind[0] in (NOTE, SAVED_REPLY, DISCLOSURE, DECISION), "note's version, suite or kind"
        )
        demand(big_endian_number(epoch) >= 1, "note's epoch")
        return cls(kind[0], subject, big_endian_number(epoch), salt, commitment, to_desk, ciphertext, certificate_id, raw)

    @property
    def note_hash(self) -> bytes:
        """What other notes and a carry name it by."""
        return hashed("note", self.raw)

    def signed_by(self, site: bytes, certificate: Certificate) -> bool:
        return signature_holds(certificate.sign_public, "note", site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:])

    def looks_sealed(self) -> bool:
        """As §7.7 asks of an envelope."""
        return looks_sealed(self.ciphertext)


@dataclass(frozen=True)
class Carry:
    """A note's secret for a later epoch (PROTOCOL §6.2): of the note nothing is in it but its hash."""

    SIZE: ClassVar[int] = 1286
    note_hash: bytes
    epoch: int
    to_desk: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Raises Malformed."""
        version, kind, note_hash, epoch, to_desk, certificate_id, _ = cut_fields(raw, 1, 1, HASH, 4, WRAPPED, ID, SIGNATURE)
        demand(version == VERSION and kind[0] == CARRY, "carry's version or kind")
        demand(big_endian_number(epoch) >= 1, "carry's epoch")
        return cls(note_hash, big_endian_number(epoch), to_desk, certificate_id, raw)

    def signed_by(self, site: bytes, certificate: Certificate) -> bool:
        return signature_holds(certificate.sign_public, "carry", site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:])
