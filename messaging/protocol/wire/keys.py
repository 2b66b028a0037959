"""Vault records, requests, certificates, epoch statements and grants (PROTOCOL §2). PURE."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from messaging.protocol.encoding import (
    HASH,
    ID,
    KEM_PUBLIC,
    SIGN_PUBLIC,
    SIGNATURE,
    TAG_PUBLIC,
    VERSION,
    WRAPPED,
    BadCertificate,
    BadRequest,
    BadStatement,
    Malformed,
    big_endian_number,
    cut_fields,
    demand,
    hashed,
    signature_holds,
    site_of,
)

# Each of the roster has a place for a tag in every envelope, §4.6.
MOST_ON_ROSTER, LONGEST_EPOCH = 64, 34
LONGEST_CERTIFICATE = 99  # Days after the first.


@dataclass(frozen=True)
class VaultRecord:
    """A counsellor's secret as it is stored, §2.3: wrapped where the server cannot reach."""

    SIZE: ClassVar[int] = 109
    kind: int
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        kind, _, _, _ = cut_fields(raw, 1, 16, 12, 80)
        demand(kind in (b"\1", b"\2"), "vault record's kind")
        return cls(kind[0], raw)


@dataclass(frozen=True)
class Request:
    """A certificate request, §2.4; one that renews is signed by the old certificate's key too, whose id is `renews`."""

    SIZE: ClassVar[int] = 1361
    RENEWAL: ClassVar[int] = 1441
    counsellor_id: bytes
    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    renews: bytes | None
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        more = (ID, SIGNATURE) if len(raw) == cls.RENEWAL else ()
        sizes = (1, ID, KEM_PUBLIC, SIGN_PUBLIC, TAG_PUBLIC, SIGNATURE, *more)
        version, counsellor_id, kem_public, sign_public, tag_public, _, *renewal = cut_fields(raw, *sizes)
        demand(version == VERSION, "request version")
        return cls(counsellor_id, kem_public, sign_public, tag_public, renewal[0] if renewal else None, raw)

    def check(self, site: bytes) -> None:
        """Raises BadRequest."""
        head = self.raw[: self.SIZE]
        if not signature_holds(self.sign_public, "certificate-request", site + head[:-SIGNATURE], head[-SIGNATURE:]):
            raise BadRequest("the request is not signed by its own key")

    def check_renewal(self, site: bytes, old: "Certificate") -> None:
        """That the old certificate's key asks for this one; both are checked already. Raises BadRequest."""
        if self.renews != old.certificate_id or self.counsellor_id != old.counsellor_id:
            raise BadRequest("the request does not renew this certificate")
        if not signature_holds(old.sign_public, "certificate-renewal", site + self.raw[:-SIGNATURE], self.raw[-SIGNATURE:]):
            raise BadRequest("the request is not signed by the old certificate's key")


@dataclass(frozen=True)
class Certificate:
    """A counsellor's certificate, §2.5. Days are whole days since 1970-01-01 in UTC, both included."""

    counsellor_id: bytes
    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    key_holder: bool
    first_day: int
    last_day: int
    display_name: str
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        demand(len(raw) > 1307, "certificate too short")
        sizes = (1, ID, KEM_PUBLIC, SIGN_PUBLIC, TAG_PUBLIC, 1, 4, 4, 1, raw[1306], SIGNATURE)
        version, counsellor_id, kem_public, sign_public, tag_public, holder, first, last, length, name, _ = cut_fields(raw, *sizes)
        demand(version == VERSION and holder in (b"\0", b"\1") and 1 <= length[0] <= 64, "certificate's fixed parts")
        try:
            display_name = name.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("display name") from error
        demand(not any(unicodedata.category(character) == "Cc" for character in display_name), "control character in a display name")
        days = big_endian_number(first), big_endian_number(last)
        return cls(counsellor_id, kem_public, sign_public, tag_public, holder == b"\1", *days, display_name, raw)

    @property
    def certificate_id(self) -> bytes:
        return hashed("certificate-id", self.raw)[:ID]

    def check(self, root_public: bytes) -> None:
        """Raises BadCertificate."""
        signed = site_of(root_public) + self.raw[:-SIGNATURE]
        if not self.first_day <= self.last_day <= self.first_day + LONGEST_CERTIFICATE:
            raise BadCertificate("its days are the wrong way round, or more than 100")
        if not signature_holds(root_public, "certificate", signed, self.raw[-SIGNATURE:]):
            raise BadCertificate("not signed by the root")

    def includes(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day

    def certifies(self, asked: Request) -> bool:
        """Whether it is for the keys that the request asks it for."""
        return (self.kem_public, self.sign_public, self.tag_public) == (asked.kem_public, asked.sign_public, asked.tag_public)

    def same_person(self, other: Self) -> bool:
        """Whether both are for the same keys of the same counsellor, whatever they say beside."""
        theirs = other.counsellor_id, other.kem_public, other.sign_public, other.tag_public
        return (self.counsellor_id, self.kem_public, self.sign_public, self.tag_public) == theirs


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
        count = big_endian_number(raw[1277:1279])
        demand(1 <= count <= MOST_ON_ROSTER, "roster size")
        sizes = (1, 4, KEM_PUBLIC, HASH, 4, 4, ID, 2, ID * count, SIGNATURE)
        version, epoch, kem_public, previous, first, last, signer, _, roster, _ = cut_fields(raw, *sizes)
        demand(version == VERSION and big_endian_number(epoch) >= 1, "statement's fixed parts")
        ids = tuple(cut_fields(roster, *[ID] * count))
        return cls(big_endian_number(epoch), kem_public, previous, big_endian_number(first), big_endian_number(last), signer, ids, raw)

    @property
    def statement_hash(self) -> bytes:
        return hashed("statement", self.raw)

    def check(self, site: bytes, signer: Certificate | None, before: Self | None) -> None:
        """That the statement follows from its signer (already checked against the root) and, where known, the one before it.

        Raises:
            BadStatement: signer unknown, no key-holder, not on it or not covering it; signature, days, roster or link.
        """
        if signer is None or signer.certificate_id != self.signer or not signer.key_holder:
            raise BadStatement("its signer is not a key-holder")
        # Who signs drew the key, and nobody may read who is not named; nor may a certificate that ends open more days than it has.
        if self.signer not in self.roster:
            raise BadStatement("its signer is not on its roster")
        if not self.covered_by(signer):
            raise BadStatement("its signer's certificate does not last through it")
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

    def check_roster(self, certificates: Mapping[bytes, Certificate]) -> None:
        """That nobody is on the roster twice, by counsellor id or by either key; of the certificates that are here.

        Raises:
            BadStatement.
        """
        people = [certificates[each] for each in self.roster if each in certificates]
        for keys in ([each.counsellor_id for each in people], [each.kem_public for each in people], [each.sign_public for each in people]):
            if len(set(keys)) != len(keys):
                raise BadStatement("somebody is on its roster twice")

    def covered_by(self, certificate: Certificate) -> bool:
        """Whether the certificate is on the roster and in force all through the epoch."""
        return certificate.certificate_id in self.roster and certificate.includes(self.first_day) and certificate.includes(self.last_day)

    def includes(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day


def demand_grant(wrapped: bytes) -> None:
    """Raises Malformed unless it has a grant's size, §2.7: nothing else of it can be seen from outside."""
    demand(len(wrapped) == WRAPPED, "a grant's size")
