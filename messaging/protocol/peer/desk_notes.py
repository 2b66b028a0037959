"""The notes on a conversation as a counsellor at the desk reads them, with what does not fit together (PROTOCOL §6, §6.2, §8.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, hashed
from messaging.protocol.peer.answers import notes_answer
from messaging.protocol.peer.carries import make_carry, secret_by_carry
from messaging.protocol.peer.certificates import valid_certificates
from messaging.protocol.peer.desk import OpenDesk
from messaging.protocol.peer.errors import BadChain, CannotOpen, Malformed, ProtocolError
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.note_texts import MOST_PREVIOUS, NoteText, read_note_text
from messaging.protocol.peer.notes import check_note, content_of_note, secret_of_note
from messaging.protocol.peer.threads import Thread
from messaging.protocol.wire import Carry, Certificate, Note
from messaging.protocol.wire.notes import NOTE


@dataclass
class ReadNote:
    """One note. `writer` is the display name of who signed it, also where it does not open; `left` says that they are off the roster.

    `warnings` are of §6.2: does-not-open, note-missing, message-missing, late.
    """

    day: str
    text: str | None = None
    writer: str | None = None
    left: bool = False
    warnings: list[str] = field(default_factory=list)


@dataclass
class NotesRead:
    """All notes; what the next one names as `previous`; and the carries that are wanting, each with the hash of its note."""

    notes: list[ReadNote]
    previous: tuple[bytes, ...]
    carries: list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class _Found:
    """A note in its place: what could be told of it, whether or not it opened."""

    shown: ReadNote
    note: Note | None
    author: Certificate | None
    content: NoteText | None

    @property
    def hash(self) -> bytes:
        return self.note.note_hash if self.note else b""


def read_notes(site: Site, desk: OpenDesk, conversation: bytes, answer: Mapping[str, Any], thread: Thread | None) -> NotesRead:
    """§8.5's answer; `thread` is the conversation as it was read just before, None where it was not.

    Raises:
        Malformed: the answer's shape.
    """
    given = notes_answer(answer)
    certificates = valid_certificates(site, given.certificates)
    found: list[_Found] = []
    carries: list[tuple[bytes, bytes]] = []
    stood: set[bytes] = set()
    for raw, day, carried in given.notes:
        if hashed("note", raw) in stood:
            continue
        one = _read(site, desk, certificates, conversation, raw, day, carried, carries)
        if one.content is not None:
            _compare(one, one.content, stood, thread)
        if one.note is not None:
            stood.add(one.hash)
        found.append(one)
    for one in _late(found):
        one.shown.warnings.append("late")
    return NotesRead([one.shown for one in found], _heads(found), carries)


def _read(
    site: Site,
    desk: OpenDesk,
    certificates: Mapping[bytes, Certificate],
    conversation: bytes,
    raw: bytes,
    day: str,
    carried: Sequence[bytes],
    carries: list[tuple[bytes, bytes]],
) -> _Found:
    shown = ReadNote(day)
    note: Note | None = None
    author: Certificate | None = None
    try:
        note = Note.parse(raw)
        statement = desk.confirmed.get(note.epoch)
        if statement is None:
            raise BadChain("of an epoch that does not count")
        _, author = check_note(site, statement, certificates, NOTE, conversation, raw)
        shown.writer, shown.left = author.display_name, has_left(desk, author)
        secret = open_secret(site, desk, certificates, note, carried)
        content = read_note_text(NOTE, content_of_note(secret, note))
    except ProtocolError:
        shown.warnings.append("does-not-open")
        return _Found(shown, note, author, None)
    shown.text = content.text
    wanting = wanting_carry(site, desk, certificates, note, secret, carried)
    if wanting is not None:
        carries.append((note.note_hash, wanting))
    return _Found(shown, note, author, content)


def has_left(desk: OpenDesk, author: Certificate) -> bool:
    """Whether nobody of the author's counsellor id is on the roster of today; False where there is none."""
    return desk.desk is not None and author.counsellor_id not in {reader[0] for reader in desk.desk.readers}


def open_secret(site: Site, desk: OpenDesk, certificates: Mapping[bytes, Certificate], note: Note, carried: Iterable[bytes]) -> bytes:
    """K of a note whose signature holds: by its own epoch's seed or else by the first carry that opens. Raises CannotOpen."""
    statement, seed = desk.confirmed[note.epoch], desk.seeds.get(note.epoch)
    if seed is not None:
        try:
            return secret_of_note(site, seed, statement, note)
        except CannotOpen:
            pass
    for raw in carried:
        secret = _by_carry(site, desk, certificates, note, raw)
        if secret is not None:
            return secret
    raise CannotOpen("neither its epoch's key nor a carry opens it")


def _by_carry(site: Site, desk: OpenDesk, certificates: Mapping[bytes, Certificate], note: Note, raw: bytes) -> bytes | None:
    try:
        epoch = Carry.parse(raw).epoch
        if epoch not in desk.confirmed or epoch not in desk.seeds:
            return None
        return secret_by_carry(site, desk.seeds[epoch], desk.confirmed[epoch], certificates, note, desk.confirmed[note.epoch], raw)
    except ProtocolError:
        return None


def wanting_carry(
    site: Site, desk: OpenDesk, certificates: Mapping[bytes, Certificate], note: Note, secret: bytes, carried: Iterable[bytes]
) -> bytes | None:
    """A carry into today's epoch, where none of those given opens; None where one does, or this counsellor cannot seal for it."""
    if desk.desk is None or desk.certificate is None or note.epoch >= desk.desk.epoch:
        return None
    if not desk.desk.statement.covered_by(desk.certificate):
        return None
    for raw in carried:
        if _epoch_of(raw) == desk.desk.epoch and _by_carry(site, desk, certificates, note, raw) is not None:
            return None
    return make_carry(site, desk.counsellor, desk.certificate, desk.desk.statement, note, secret)


def _epoch_of(raw: bytes) -> int:
    try:
        return Carry.parse(raw).epoch
    except Malformed:
        return 0


def _compare(one: _Found, content: NoteText, stood: set[bytes], thread: Thread | None) -> None:
    """Whether what the author had read stands here too."""
    if any(named not in stood for named in content.previous):
        one.shown.warnings.append("note-missing")
    seen = zip((FROM_PERSON, FROM_DESK), content.acks, strict=True)
    if thread is not None and any(ack.sequence and (side, ack.sequence, ack.hash) not in thread.present for side, ack in seen):
        one.shown.warnings.append("message-missing")


def _late(found: Sequence[_Found]) -> list[_Found]:
    """Notes of an earlier epoch than another's, which no note of a later epoch names, be it through others.

    Of those at least as new that do not open, and of one that is absent, nobody knows what they name: while there is one, nothing is said.
    """
    late: list[_Found] = []
    if any("note-missing" in one.shown.warnings for one in found):
        return late
    for one in found:
        if one.content is None or one.note is None:
            continue
        epoch = one.note.epoch
        later = [each for each in found if each.note and each.author and each.note.epoch > epoch]
        closed = any(each.note and each.author and each.content is None and each.note.epoch >= epoch for each in found)
        if later and not closed and one.hash not in _named_from(later, found):
            late.append(one)
    return late


def _named_from(roots: Iterable[_Found], found: Iterable[_Found]) -> set[bytes]:
    """All hashes that these name, and those name in turn."""
    by_hash = {each.hash: each for each in found}
    named: set[bytes] = set()
    todo = list(roots)
    while todo:
        content = todo.pop().content
        for each in content.previous if content else ():
            if each not in named:
                named.add(each)
                todo += [by_hash[each]] if each in by_hash else []
    return named


def _heads(found: Sequence[_Found]) -> tuple[bytes, ...]:
    """What the next note names: whatever is signed and no other note names, but not what came late; the newest of them."""
    named = {each for one in found if one.content for each in one.content.previous}
    heads = [one.hash for one in found if one.author and one.hash not in named and "late" not in one.shown.warnings]
    return tuple(heads[-MOST_PREVIOUS:])
