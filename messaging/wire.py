"""What the server may see of the protocol: layouts, sizes, public signatures (PROTOCOL §2–§4, §7). PURE.

Every `parse` takes bytes and raises `Malformed` for anything but the one encoding that PROTOCOL gives; checks that need a key raise the class named there.
"""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Self

from messaging.encoding import (
    CIPHERTEXT,
    FROM_DESK,
    FROM_PERSON,
    HASH,
    ID,
    KEM_PUBLIC,
    SIGNATURE,
    WRAPPED,
    BadCertificate,
    BadRequest,
    BadStatement,
    Malformed,
    cut,
    demand,
    hashed,
    number,
    signature_holds,
    site_of,
)

MOST_ON_ROSTER, LONGEST_EPOCH = 512, 34


def inbox_id_of(kem_public: bytes, sign_public: bytes) -> bytes:
    """§2.9: 16 bytes."""
    return hashed("inbox-id", kem_public + sign_public)[:ID]


@dataclass(frozen=True)
class Request:
    """A certificate request, §2.4."""

    SIZE: ClassVar[int] = 1329
    counsellor_id: bytes
    kem_public: bytes
    sign_public: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        version, counsellor_id, kem_public, sign_public, _ = cut(raw, 1, ID, KEM_PUBLIC, 32, SIGNATURE)
        demand(version == b"\1", "request version")
        return cls(counsellor_id, kem_public, sign_public, raw)

    def check(self, site: bytes) -> None:
        """Raises BadRequest."""
        if not signature_holds(self.sign_public, "certificate-request", site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:]):
            raise BadRequest("the request is not signed by its own key")


@dataclass(frozen=True)
class Certificate:
    """A counsellor's certificate, §2.5. Days are whole days since 1970-01-01 in UTC, both included."""

    counsellor_id: bytes
    kem_public: bytes
    sign_public: bytes
    key_holder: bool
    first_day: int
    last_day: int
    display_name: str
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        demand(len(raw) > 1275, "certificate too short")
        sizes = (1, ID, KEM_PUBLIC, 32, 1, 4, 4, 1, raw[1274], SIGNATURE)
        version, counsellor_id, kem_public, sign_public, holder, first, last, length, name, _ = cut(raw, *sizes)
        demand(version == b"\1" and holder in (b"\0", b"\1") and 1 <= length[0] <= 64, "certificate's fixed parts")
        try:
            display_name = name.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("display name") from error
        demand(not any(unicodedata.category(character) == "Cc" for character in display_name), "control character in a display name")
        return cls(counsellor_id, kem_public, sign_public, holder == b"\1", number(first), number(last), display_name, raw)

    @property
    def certificate_id(self) -> bytes:
        return hashed("certificate-id", self.raw)[:ID]

    def check(self, root_public: bytes) -> None:
        """Raises BadCertificate."""
        signed = site_of(root_public) + self.raw[:-SIGNATURE]
        if self.first_day > self.last_day or not signature_holds(root_public, "certificate", signed, self.raw[-SIGNATURE:]):
            raise BadCertificate("not signed by the root, or its days are the wrong way round")

    def includes(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Statement:
    """A desk epoch's statement, §2.6."""

    number: int
    kem_public: bytes
    previous: bytes
    first_day: int
    last_day: int
    signer: bytes
    roster: tuple[bytes, ...]
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        demand(len(raw) > 1279, "statement too short")
        count = number(raw[1277:1279])
        demand(1 <= count <= MOST_ON_ROSTER, "roster size")
        sizes = (1, 4, KEM_PUBLIC, HASH, 4, 4, ID, 2, ID * count, SIGNATURE)
        version, epoch, kem_public, previous, first, last, signer, _, roster, _ = cut(raw, *sizes)
        demand(version == b"\1" and number(epoch) >= 1, "statement's fixed parts")
        ids = tuple(cut(roster, *[ID] * count))
        return cls(number(epoch), kem_public, previous, number(first), number(last), signer, ids, raw)

    @property
    def statement_hash(self) -> bytes:
        return hashed("statement", self.raw)

    def check(self, site: bytes, signer: Certificate | None, before: Self | None) -> None:
        """That the statement follows from its signer (already checked against the root) and, where known, the one before it.

        Raises:
            BadStatement: signer unknown or no key-holder, signature, days, roster or link.
        """
        if signer is None or signer.certificate_id != self.signer or not signer.key_holder or not signer.includes(self.first_day):
            raise BadStatement("its signer is not a key-holder on its first day")
        if not signature_holds(signer.sign_public, "statement", site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:]):
            raise BadStatement("its signature")
        if not self.first_day <= self.last_day <= self.first_day + LONGEST_EPOCH:
            raise BadStatement("its days")
        if any(earlier >= later for earlier, later in zip(self.roster, self.roster[1:], strict=False)):
            raise BadStatement("its roster is not in ascending order")
        if (self.number == 1) != (self.previous == bytes(HASH)):
            raise BadStatement("its link to the one before")
        if before is not None and (
            self.number != before.number + 1 or self.previous != before.statement_hash or self.first_day < before.first_day
        ):
            raise BadStatement("it does not follow the one before")

    def covered_by(self, certificate: Certificate) -> bool:
        """Whether the certificate is on the roster and in force all through the epoch."""
        return certificate.certificate_id in self.roster and certificate.includes(self.first_day) and certificate.includes(self.last_day)

    def includes(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Opening:
    """A conversation's opening in an epoch, §3.2."""

    SIZE: ClassVar[int] = 2522
    direction: int
    inbox_id: bytes
    conversation: bytes
    epoch: int
    earlier: int
    commitment: bytes
    to_desk: bytes
    to_person: bytes
    continuity: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        sizes = (1, 1, ID, ID, 4, 4, HASH, WRAPPED, WRAPPED, HASH, ID, SIGNATURE)
        (
            version,
            direction,
            inbox_id,
            conversation,
            epoch,
            earlier,
            commitment,
            to_desk,
            to_person,
            continuity,
            certificate_id,
            signature,
        ) = cut(raw, *sizes)
        opening = cls(
            direction[0],
            inbox_id,
            conversation,
            number(epoch),
            number(earlier),
            commitment,
            to_desk,
            to_person,
            continuity,
            certificate_id,
            raw,
        )
        demand(version == b"\1" and opening.direction in (FROM_PERSON, FROM_DESK), "opening's version or direction")
        demand(opening.epoch >= 1 and opening.earlier < opening.epoch, "opening's epochs")
        if opening.direction == FROM_PERSON:
            demand(not any(to_person + certificate_id + signature), "a person's opening must have zeros there")
        demand(
            opening.earlier > 0 or (not any(continuity) and opening.direction == FROM_PERSON),
            "a first opening is the person's, without continuity",
        )
        return opening

    @property
    def opening_hash(self) -> bytes:
        return hashed("opening", self.raw)

    def signed_by(self, site: bytes, certificate: Certificate) -> bool:
        return signature_holds(certificate.sign_public, "opening", site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:])


@dataclass(frozen=True)
class Envelope:
    """A sealed envelope, §4.1."""

    SIZE: ClassVar[int] = 8395
    HEADER: ClassVar[int] = 107
    direction: int
    conversation: bytes
    epoch: int
    sequence: int
    salt: bytes
    opening_hash: bytes
    previous: bytes
    ciphertext: bytes
    certificate_id: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        sizes = (1, 1, 1, ID, 4, 4, 16, HASH, HASH, CIPHERTEXT, ID, SIGNATURE)
        version, suite, direction, conversation, epoch, sequence, salt, opening_hash, previous, ciphertext, certificate_id, signature = cut(
            raw, *sizes
        )
        envelope = cls(
            direction[0], conversation, number(epoch), number(sequence), salt, opening_hash, previous, ciphertext, certificate_id, raw
        )
        demand(
            version == b"\1" and suite == b"\1" and envelope.direction in (FROM_PERSON, FROM_DESK), "envelope's version, suite or direction"
        )
        demand(envelope.epoch >= 1 and envelope.sequence >= 1, "envelope's numbers")
        demand(envelope.sequence > 1 or not any(previous), "a first envelope has none before it")
        if envelope.direction == FROM_PERSON:
            demand(not any(certificate_id + signature), "a person's envelope must have zeros there")
        return envelope

    @property
    def header(self) -> bytes:
        return self.raw[: self.HEADER]

    @property
    def envelope_hash(self) -> bytes:
        return hashed("envelope", self.raw)

    def signed_by(self, site: bytes, certificate: Certificate) -> bool:
        signed = site + self.certificate_id + self.header + self.ciphertext
        return signature_holds(certificate.sign_public, "reply", signed, self.raw[-SIGNATURE:])

    def looks_sealed(self) -> bool:
        """§7.7: a ciphertext has every byte value in it; text in UTF-8 never has."""
        return len(set(self.ciphertext)) == 256


def origin_bytes(origin: str) -> bytes:
    """O of §7."""
    return len(origin).to_bytes(2, "big") + origin.encode("ascii")


def session_proof_holds(site: bytes, origin: str, challenge: bytes, inbox_id: bytes, sign_public: bytes, signature: bytes) -> bool:
    """§7.4."""
    return signature_holds(sign_public, "session", site + origin_bytes(origin) + challenge + inbox_id, signature)


def first_message_proof_holds(
    site: bytes, origin: str, kem_public: bytes, sign_public: bytes, opening: bytes, envelope: bytes, proof: bytes
) -> bool:
    """§7.5."""
    signed = site + origin_bytes(origin) + kem_public + sign_public + opening + envelope
    return signature_holds(sign_public, "first-message", signed, proof)
