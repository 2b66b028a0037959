"""What a reader is told of a thread: messages that held, and warnings (PROTOCOL §5.2). Every warning that there is stands here."""

from dataclasses import dataclass
from typing import Literal

from messaging.protocol.peer.envelopes import UnknownWriter
from messaging.protocol.peer.errors import BadChain, BadOpening, OlderEpoch, ProtocolError
from messaging.protocol.peer.plaintext import Plaintext

WARNINGS = ("altered", "out-of-order", "older-epoch", "unknown-writer", "bad-opening", "missing", "not-seen", "not-vouched", "late")
# Beside messages that held; every other warning stands in the place of one that did not.
BESIDE = ("missing", "not-seen", "not-vouched", "late")

# Every other class of §4.5 is "altered".
FAILURES: tuple[tuple[type[ProtocolError], str], ...] = (
    (BadChain, "out-of-order"),
    (OlderEpoch, "older-epoch"),
    (UnknownWriter, "unknown-writer"),
    (BadOpening, "bad-opening"),
)


@dataclass(frozen=True)
class Message:
    """One that held. The day is the server's word; all else was checked.

    `unread` is the first message of the other side that held, stands before this one, and was not read by its writer; None without one.
    `vouched`, of the person's: whether the tags that this reader can check are right (§4.6); None without a place on that roster.
    """

    direction: int
    sequence: int
    day: str
    content: Plaintext
    writer: str | None
    unread: int | None = None
    vouched: bool | None = None
    kind: Literal["message"] = "message"


@dataclass(frozen=True)
class Warning:  # noqa: A001 - the protocol's own word, the same in every implementation
    """What did not hold, and where. `writer` is the counsellor whose signature under a reply holds even so."""

    warning: str
    direction: int
    sequence: int
    writer: str | None = None
    kind: Literal["warning"] = "warning"


def warning_for(error: ProtocolError) -> str:
    """The name of §5.2 for why an envelope is not shown."""
    return next((name for kind, name in FAILURES if isinstance(error, kind)), "altered")
