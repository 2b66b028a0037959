"""Reading a whole thread, with warnings for whatever does not hold (PROTOCOL §5.1, §5.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, HASH, hashed
from messaging.protocol.peer.again import demand_continuation
from messaging.protocol.peer.answers import ThreadAnswer, thread_answer
from messaging.protocol.peer.certificates import valid_certificates
from messaging.protocol.peer.desk import Desk, OpenDesk, desk_of_statement
from messaging.protocol.peer.envelopes import EnvelopePlace, UnknownWriter, open_envelope, writer_of
from messaging.protocol.peer.epochs import demand_released, valid_chain
from messaging.protocol.peer.errors import BadDates, BadOpening, BadSignature, BadStatement, Malformed, OlderEpoch, ProtocolError
from messaging.protocol.peer.keys import InboxKeys, Site
from messaging.protocol.peer.openings import Life, demand_authentic, secret_of_opening
from messaging.protocol.peer.plaintext import Ack, Plaintext
from messaging.protocol.peer.receipts import Receipts
from messaging.protocol.peer.tags import DesksView, PersonsView
from messaging.protocol.peer.warnings import Message, Warning, warning_for  # noqa: A004 - as in warnings.py
from messaging.protocol.wire import Certificate, Envelope, Opening, Statement, confirmed_statements, current_epoch, inbox_id_of


@dataclass
class EnvelopeChain:
    """One direction: the place of the next envelope, and the newest that held."""

    next: int = 1
    previous: bytes = bytes(HASH)
    # The one before failed: what the next says of it proves nothing.
    loose: bool = False
    accepted: int = 0
    accepted_hash: bytes = bytes(HASH)
    epoch: int = 0
    receipts: Receipts = field(default_factory=Receipts)


@dataclass(frozen=True)
class Opened:
    """An opening that held, and its K."""

    opening: Opening
    secret: bytes = field(repr=False)


@dataclass
class Thread:
    """What held, in the order of arrival, and what is needed to write on."""

    answer: ThreadAnswer = field(repr=False)
    inbox_id: bytes
    items: list[Message | Warning] = field(default_factory=list)
    desk: Desk | None = None
    chains: dict[int, EnvelopeChain] = field(default_factory=lambda: {FROM_PERSON: EnvelopeChain(), FROM_DESK: EnvelopeChain()})
    statements: dict[int, Statement] = field(default_factory=dict, repr=False)
    certificates: dict[bytes, Certificate] = field(default_factory=dict, repr=False)
    # By their hashes, in the order in which they came.
    openings: dict[bytes, Opened] = field(default_factory=dict, repr=False)
    # What the person drew with the first message; empty where no opening of theirs is authentic.
    life: bytes = b""
    # Every envelope that stands in the answer, accepted or not: (direction, sequence, hash) -> epoch.
    present: dict[tuple[int, int, bytes], int] = field(default_factory=dict, repr=False)

    @property
    def warnings(self) -> list[Warning]:
        return [item for item in self.items if isinstance(item, Warning)]

    def newest(self, direction: int) -> Ack:
        """What someone who has read this acknowledges."""
        return Ack(self.chains[direction].accepted, self.chains[direction].accepted_hash)

    def read_of(self, direction: int) -> int:
        """The newest message of a direction that the other side says, in a message that held, to have read; 0 for none."""
        return self.chains[FROM_DESK if direction == FROM_PERSON else FROM_PERSON].receipts.read


def read_as_person(site: Site, inbox: InboxKeys, answer: Mapping[str, Any], today: int, before: Thread | None = None) -> Thread:
    """§7.6's answer: everything in it that holds, and warnings for the rest; `before` is the thread as it was read last.

    Raises:
        Malformed: an answer of another shape or inbox; BadContinuation: it does not go on from `before` (§5.4), or lacks the statement
            that the release names.
    """
    given = thread_answer(answer)
    own = inbox.kem_public, inbox.sign_public, inbox.tag_public
    if (given.kem_public, given.sign_public, given.tag_public) != own or given.inbox_id not in (None, inbox.inbox_id):
        raise Malformed("the answer is of another inbox")
    return _read(site, inbox, Thread(given, inbox.inbox_id), today, before)


def read_as_desk(site: Site, desk: OpenDesk, answer: Mapping[str, Any], today: int, before: Thread | None = None) -> Thread:
    """§8.3's answer, as read_as_person.

    Raises:
        Malformed: an answer of another shape, or whose keys are not those of its inbox; BadContinuation: it does not go on from `before`.
    """
    given = thread_answer(answer)
    # Else a server could give another key, and be sent the secret of an epoch that the desk opens.
    if given.inbox_id is None or given.inbox_id != inbox_id_of(given.kem_public, given.sign_public, given.tag_public):
        raise Malformed("the answer's keys are not those of its inbox")
    return _read(site, desk, Thread(given, given.inbox_id), today, before)


def _read(site: Site, reader: InboxKeys | OpenDesk, thread: Thread, today: int, before: Thread | None) -> Thread:
    thread.certificates = valid_certificates(site, thread.answer.certificates)
    known = reader.chain if isinstance(reader, OpenDesk) else {}
    chain = valid_chain(site, thread.answer.statements, thread.certificates, lambda each: known.get(each.number, each).raw == each.raw)
    # The desk knows the one before the first of these; the person takes it as it stands.
    earlier = [
        each for number, each in (reader.confirmed if isinstance(reader, OpenDesk) else {}).items() if number < min(chain, default=0)
    ]
    before_it = max(earlier, key=lambda each: each.number, default=None)
    if isinstance(reader, InboxKeys):
        # The desk has held its whole chain against it already (§8.4).
        demand_released(site, chain.values())
    confirmed = confirmed_statements(
        site.root, chain.values(), thread.answer.confirmations, thread.certificates, before_it, released=site.released
    )
    thread.statements = {each.number: each for each in confirmed}
    current = current_epoch(confirmed, today)
    if current is not None and len(chain) == len(thread.answer.statements):
        try:
            thread.desk = desk_of_statement(current, thread.certificates, today)
        except (BadStatement, BadDates):
            thread.desk = None
    if before is not None:
        demand_continuation(before, thread)
    _read_openings(site, reader, thread)
    view = _view(site, reader, thread)
    for raw, day in zip(thread.answer.envelopes, thread.answer.days, strict=True):
        thread.items += _items(site, thread, view, raw, day)
    # A person writes first (§5.2): without a message of theirs there would be no thread.
    empty = Warning("missing", FROM_PERSON, 1)
    if not any(raw[2:3] == b"\1" for raw in thread.answer.envelopes) and empty not in thread.items:
        thread.items.append(empty)
    return thread


def _view(site: Site, reader: InboxKeys | OpenDesk, thread: Thread) -> PersonsView | DesksView:
    """Which tags this reader can check, §4.6."""
    if isinstance(reader, InboxKeys):
        return PersonsView(site, reader)
    return DesksView(site, reader.counsellor, reader.certificate, thread.answer.tag_public, reader.certificates)


def _read_openings(site: Site, reader: InboxKeys | OpenDesk, thread: Thread) -> None:
    """Keeps the openings that hold; one that fails costs the envelopes that name it, and nothing else."""
    where = Life(thread.inbox_id, thread.answer.kem_public, thread.answer.sign_public, thread.answer.conversation)
    for raw in thread.answer.openings:
        try:
            opening = Opening.parse(raw)
            statement = thread.statements.get(opening.epoch)
            if statement is None:
                raise BadOpening("its epoch has no valid statement")
            demand_authentic(site, opening, where, statement, thread.certificates)
            if not thread.life and opening.direction == FROM_DESK:
                raise BadOpening("a person writes first")
            thread.life = opening.life
            opens_with = reader.seeds.get(opening.epoch) if isinstance(reader, OpenDesk) else reader
            secret = secret_of_opening(site, opens_with, opening, where, statement)
        except (Malformed, BadOpening):
            continue
        thread.openings.setdefault(opening.opening_hash, Opened(opening, secret))


def _items(site: Site, thread: Thread, view: PersonsView | DesksView, raw: bytes, day: str) -> Iterable[Message | Warning]:
    """One envelope: its message and perhaps warnings beside it, or the warning instead of it."""
    # What cannot be told counts as the desk's, §5.1.
    direction = FROM_PERSON if raw[2:3] == b"\1" else FROM_DESK
    chain, other = thread.chains[direction], FROM_DESK if direction == FROM_PERSON else FROM_PERSON
    items: list[Message | Warning] = []
    try:
        envelope = Envelope.parse(raw)
    except Malformed:
        items.append(Warning("altered", direction, chain.next))
        _pass_over(chain, raw, chain.next)
        return items
    thread.present[direction, envelope.sequence, envelope.envelope_hash] = envelope.epoch
    if envelope.sequence != chain.next:
        items.append(Warning("out-of-order", direction, chain.next))
        if envelope.sequence < chain.next:
            return items
        chain.next, chain.loose = envelope.sequence, True
    try:
        content, writer = _open(site, thread, envelope, chain)
        acknowledged = thread.present.get((other, content.ack.sequence, content.ack.hash))
        if acknowledged is not None and acknowledged > envelope.epoch:
            raise OlderEpoch("an older epoch than the envelope it acknowledges")
    except ProtocolError as error:
        items.append(Warning(warning_for(error), direction, envelope.sequence, _signer(site, thread, envelope)))
        _pass_over(chain, raw, envelope.sequence)
        return items
    receipts, others, ack = chain.receipts, thread.chains[other].receipts, content.ack.sequence
    persons = direction == FROM_PERSON
    vouched = view.vouched(envelope, thread.statements[envelope.epoch], thread.certificates) if persons else None
    items.append(Message(direction, envelope.sequence, day, content, writer, receipts.first_unread(others, ack), vouched))
    if vouched is False:
        items.append(Warning("not-vouched", direction, envelope.sequence))
    # It does not acknowledge that reply, or it would be of an older epoch than what it acknowledges.
    if persons and envelope.epoch < thread.chains[FROM_DESK].epoch:
        items.append(Warning("late", direction, envelope.sequence))
    stands = acknowledged is not None
    if ack < receipts.acknowledged or (ack > 0 and not stands):
        items.append(Warning("missing", other, ack))
    unseen = receipts.note(others, envelope.sequence, ack, stands=stands)
    if unseen is not None:
        items.append(Warning("not-seen", other, unseen))
    chain.next, chain.previous, chain.loose = envelope.sequence + 1, envelope.envelope_hash, False
    chain.accepted, chain.accepted_hash, chain.epoch = envelope.sequence, envelope.envelope_hash, envelope.epoch
    return items


def _pass_over(chain: EnvelopeChain, raw: bytes, sequence: int) -> None:
    """After one that failed, of which the bytes are all there is."""
    chain.next, chain.previous, chain.loose = sequence + 1, hashed("envelope", raw), True


def _open(site: Site, thread: Thread, envelope: Envelope, chain: EnvelopeChain) -> tuple[Plaintext, str | None]:
    statement = thread.statements.get(envelope.epoch)
    if statement is None and envelope.direction == FROM_DESK:
        raise UnknownWriter("the epoch's statement does not hold")
    opened = thread.openings.get(envelope.opening_hash)
    if statement is None or opened is None:
        raise BadOpening("the opening that it names does not hold")
    previous = envelope.previous if chain.loose else chain.previous
    place = EnvelopePlace(thread.answer.conversation, envelope.direction, opened.opening.epoch, envelope.opening_hash, chain.next, previous)
    return open_envelope(site, opened.secret, envelope, place, chain.epoch, statement, thread.certificates)


def _signer(site: Site, thread: Thread, envelope: Envelope) -> str | None:
    """Who signed a reply that does not hold; None where the signature does not hold either."""
    statement = thread.statements.get(envelope.epoch)
    if envelope.direction == FROM_PERSON or statement is None:
        return None
    try:
        return writer_of(site, envelope, statement, thread.certificates).display_name
    except BadSignature:
        return None
