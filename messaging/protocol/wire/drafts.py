"""A draft that a person keeps for themselves: the server sees its size (PROTOCOL §4.7, §7.12). PURE."""

from dataclasses import dataclass
from typing import ClassVar, Self

from messaging.protocol.encoding import CIPHERTEXT, VERSION, cut_fields, demand, signature_holds
from messaging.protocol.wire.proofs import origin_bytes
from messaging.protocol.wire.threads import looks_sealed

SALT = 16


@dataclass(frozen=True)
class Draft:
    """A sealed draft, §4.7."""

    SIZE: ClassVar[int] = len(VERSION) + SALT + CIPHERTEXT
    salt: bytes
    ciphertext: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        version, salt, ciphertext = cut_fields(raw, len(VERSION), SALT, CIPHERTEXT)
        demand(version == VERSION, "another version")
        return cls(salt, ciphertext, raw)

    @property
    def header(self) -> bytes:
        return self.raw[: len(VERSION) + SALT]

    @property
    def looks_sealed(self) -> bool:
        return looks_sealed(self.ciphertext)


def draft_proof_holds(site: bytes, origin: str, challenge: bytes, inbox_id: bytes, sign_public: bytes, proof: bytes) -> bool:
    """§7.12."""
    return signature_holds(sign_public, "person-draft", site + origin_bytes(origin) + challenge + inbox_id, proof)
