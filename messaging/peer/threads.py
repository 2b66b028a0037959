"""Reading a whole thread, with warnings for whatever does not hold (PROTOCOL §5.1, §5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from messaging.encoding import FROM_DESK, FROM_PERSON, HASH
from messaging.peer.envelopes import Place, open_envelope
from messaging.peer.epochs import Desk, OpenDesk, check_certificates, check_chain, current_epoch, desk_of
from messaging.peer.errors import (
    BadCertificate,
    BadChain,
    BadOpening,
    BadPlaintext,
    BadSignature,
    CannotOpen,
    Malformed,
    OlderEpoch,
    ProtocolError,
)
from messaging.peer.keys import InboxKeys, Site
from messaging.peer.openings import read_opening
from messaging.peer.plaintext import Ack, Plaintext
from messaging.wire import Certificate, Envelope, Opening, Statement

WARNINGS: dict[type[ProtocolError], str] = {
    Malformed: "altered",
    CannotOpen: "altered",
    BadPlaintext: "altered",
    BadChain: "out-of-order",
    OlderEpoch: "older-epoch",
    BadOpening: "bad-opening",
    BadCertificate: "unknown-writer",
}


@dataclass(frozen=True)
class Answer:
    """What the server says of a thread, §7.6 and §8.3, decoded."""

    inbox_id: bytes
    kem_public: bytes
    conversation: bytes
    statements: list[bytes]
    certificates: list[bytes]
    openings: list[bytes]
    envelopes: list[bytes]
    days: list[str]


@dataclass(frozen=True)
class Message:
    direction: int
    sequence: int
    day: str
    content: Plaintext
    writer: str | None


@dataclass(frozen=True)
class Warning:  # noqa: A001 - PROTOCOL's own name, and used only inside this room
    warning: str
    direction: int
    sequence: int


@dataclass
class Chain:
    """One direction as far as it held."""

    accepted: int = 0
    previous: bytes = bytes(HASH)
    epoch: int = 0
    acknowledged: int = 0
    stopped: bool = False


@dataclass
class Thread:
    """What held, in the order of arrival, and what is needed to write on."""

    answer: Answer
    items: list[Message | Warning] = field(default_factory=list)
    chains: dict[int, Chain] = field(default_factory=lambda: {FROM_PERSON: Chain(), FROM_DESK: Chain()})
    statements: dict[int, Statement] = field(default_factory=dict)
    certificates: dict[bytes, Certificate] = field(default_factory=dict)
    openings: dict[int, Opening] = field(default_factory=dict)
    secrets: dict[int, bytes] = field(default_factory=dict, repr=False)
    desk: Desk | None = None

    @property
    def warnings(self) -> list[Warning]:
        return [item for item in self.items if isinstance(item, Warning)]

    def newest(self, direction: int) -> Ack:
        return Ack(self.chains[direction].accepted, self.chains[direction].previous)


def read_thread(site: Site, reader: InboxKeys | OpenDesk, answer: Answer, today: int) -> Thread:
    """Everything in the answer that holds, and warnings for the rest; never raises for what the server sent.

    Raises:
        Malformed: a person's answer that is of another inbox.
    """
    if isinstance(reader, InboxKeys) and (answer.inbox_id, answer.kem_public) != (reader.inbox_id, reader.kem_public):
        raise Malformed("the answer is of another inbox")
    thread = Thread(answer)
    thread.certificates = check_certificates(site, answer.certificates)
    thread.statements = check_chain(site, answer.statements, thread.certificates)
    current = current_epoch(thread.statements.values(), today)
    if current is not None and len(thread.statements) == len(answer.statements):
        try:
            thread.desk = desk_of(current, thread.certificates, today)
        except ProtocolError:
            thread.desk = None
    _read_openings(site, reader, thread)
    present: dict[tuple[int, int, bytes], int] = {}
    for raw, day in zip(answer.envelopes, answer.days, strict=True):
        thread.items += _read(site, thread, raw, day, present)
    return thread


def _read_openings(site: Site, reader: InboxKeys | OpenDesk, thread: Thread) -> None:
    """Fills in the secrets of those openings that hold; one that fails leaves those after it without an earlier secret."""
    before: tuple[int, bytes] | None = None
    for raw in thread.answer.openings:
        try:
            opening = Opening.parse(raw)
            if before is not None and opening.epoch <= before[0]:
                raise BadOpening("openings do not ascend")
            if opening.epoch not in thread.statements:
                raise BadOpening("its epoch has no valid statement")
            statement = thread.statements[opening.epoch]
            place = thread.answer.inbox_id, thread.answer.conversation
            secret = read_opening(site, reader, *place, opening, statement, thread.certificates, before)
        except (Malformed, BadOpening):
            return
        thread.openings[opening.epoch], thread.secrets[opening.epoch] = opening, secret
        before = opening.epoch, secret


def _direction(raw: bytes) -> int:
    """Which direction an envelope says it has; what cannot be told counts as the desk's, §5.1."""
    return FROM_PERSON if raw[2:3] == b"\1" else FROM_DESK


def _read(site: Site, thread: Thread, raw: bytes, day: str, present: dict[tuple[int, int, bytes], int]) -> Iterable[Message | Warning]:
    """One envelope: its message and perhaps a warning about what it acknowledges, or the warning instead of it."""
    direction = _direction(raw)
    chain = thread.chains[direction]
    sequence = chain.accepted + 1
    try:
        envelope = Envelope.parse(raw)
        present[direction, envelope.sequence, envelope.envelope_hash] = envelope.epoch
        if chain.stopped:
            return []
        content, writer = _open(site, thread, envelope, chain, present)
    except (ProtocolError, _UnknownWriter) as error:
        warning = _warning_of(error)
        already, chain.stopped = chain.stopped, True
        return [] if already else [Warning(warning, direction, sequence)]
    items: list[Message | Warning] = [Message(direction, sequence, day, content, writer)]
    other = FROM_DESK if direction == FROM_PERSON else FROM_PERSON
    known = content.ack.sequence == 0 or (other, content.ack.sequence, content.ack.hash) in present
    if not known or content.ack.sequence < chain.acknowledged:
        items.append(Warning("missing", other, content.ack.sequence))
    chain.accepted, chain.previous, chain.epoch = sequence, envelope.envelope_hash, envelope.epoch
    chain.acknowledged = max(chain.acknowledged, content.ack.sequence)
    return items


class _UnknownWriter(Exception):
    """The writer's certificate is not on the epoch's roster, or the epoch's statement fails."""


def _open(
    site: Site, thread: Thread, envelope: Envelope, chain: Chain, present: dict[tuple[int, int, bytes], int]
) -> tuple[Plaintext, str | None]:
    statement = thread.statements.get(envelope.epoch)
    if statement is None:
        raise _UnknownWriter
    if envelope.epoch not in thread.secrets:
        raise BadOpening("its epoch's opening fails")
    opening_hash = thread.openings[envelope.epoch].opening_hash
    place = Place(thread.answer.conversation, envelope.direction, envelope.epoch, opening_hash, chain.accepted + 1, chain.previous)
    try:
        content, writer = open_envelope(site, thread.secrets[envelope.epoch], envelope, place, chain.epoch, statement, thread.certificates)
    except BadSignature:
        certificate = thread.certificates.get(envelope.certificate_id)
        if certificate is None or not statement.covered_by(certificate):
            raise _UnknownWriter from None
        raise
    other = FROM_DESK if envelope.direction == FROM_PERSON else FROM_PERSON
    if present.get((other, content.ack.sequence, content.ack.hash), 0) > envelope.epoch:
        raise OlderEpoch("an older epoch than the envelope it acknowledges")
    return content, writer


def _warning_of(error: Exception) -> str:
    if isinstance(error, _UnknownWriter):
        return "unknown-writer"
    return WARNINGS.get(type(error), "altered")  # type: ignore[arg-type]
