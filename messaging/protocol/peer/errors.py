"""The error classes of PROTOCOL §1.6 that only someone with a key meets; the others are in messaging.protocol.encoding."""

from messaging.protocol.encoding import BadCertificate, BadConfirmation, BadRequest, BadSignature, BadStatement, Malformed, ProtocolError

__all__ = [
    "BadCertificate",
    "BadChain",
    "BadConfirmation",
    "BadContinuation",
    "BadDates",
    "BadGrant",
    "BadOpening",
    "BadPlaintext",
    "BadRequest",
    "BadSignature",
    "BadStatement",
    "BadVault",
    "BadWords",
    "CannotOpen",
    "Malformed",
    "OlderEpoch",
    "ProtocolError",
    "TooLong",
]


class BadWords(ProtocolError):
    """Not eight known words (index of the first unknown one, 0–7), or their checksum fails (index None)."""

    def __init__(self, index: int | None, message: str) -> None:
        super().__init__(message)
        self.index = index


class BadVault(ProtocolError):
    """Wrong passphrase or passkey, an altered record, or a vault of another root."""


class BadDates(ProtocolError):
    """Valid, but not on the day asked about."""


class BadGrant(ProtocolError):
    """An epoch seed that does not give the statement's public key."""


class BadOpening(ProtocolError):
    """An opening of another place or statement, or whose commitment, certificate or signature fails."""


class BadChain(ProtocolError):
    """Wrong conversation, direction, sequence, previous hash or opening hash."""


class OlderEpoch(ProtocolError):
    """An epoch older than one that stands in the thread."""


class CannotOpen(ProtocolError):
    """Authenticated decryption failed."""


class BadPlaintext(ProtocolError):
    """Decrypted, but not a plaintext of §4.4."""


class TooLong(ProtocolError):
    """The text does not fit in §4.4."""


class BadContinuation(ProtocolError):
    """What was read again does not continue what was read."""
