"""Whether notes, saved replies and the carries of them hold: signatures always, and with a vault whether each opens (PROTOCOL §6, §6.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from messaging.protocol.encoding import encode
from messaging.protocol.peer.carries import check_carry, demand_carry_of, secret_by_carry
from messaging.protocol.peer.errors import BadStatement, ProtocolError
from messaging.protocol.peer.findings import FileFinding
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.notes import check_note, content_of_note, secret_of_note
from messaging.protocol.wire import Carry, Certificate, Note, Statement

KINDS = {1: "note", 2: "saved reply", 3: "disclosure", 4: "decision on a disclosure"}


@dataclass(frozen=True)
class NoteReader:
    """What is known of the desk: the chain by number, checked certificates, and the seeds that a vault opened."""

    site: Site
    chain: Mapping[int, Statement]
    certificates: Mapping[bytes, Certificate]
    seeds: Mapping[int, bytes] = field(repr=False)


def verify_notes(reader: NoteReader, notes: Iterable[Note], carries: Iterable[Carry]) -> Iterator[FileFinding]:
    """A sentence for each note, and for each carry what it carries, whose it is and, with the epoch's seed, whether it opens."""
    given = {note.note_hash: note for note in notes}
    for note in given.values():
        yield _note(reader, note)
    for carry in {each.raw: each for each in carries}.values():
        yield _carry(reader, carry, given.get(carry.note_hash))


def _statement(reader: NoteReader, epoch: int) -> Statement:
    if epoch not in reader.chain:
        raise BadStatement("its epoch's statement is not here, or does not hold")
    return reader.chain[epoch]


def _note(reader: NoteReader, note: Note) -> FileFinding:
    name = f"The {KINDS[note.kind]} {encode(note.note_hash)[:8]}… of epoch {note.epoch}"
    try:
        statement = _statement(reader, note.epoch)
        _, author = check_note(reader.site, statement, reader.certificates, note.kind, note.subject, note.raw)
        opened = note.epoch in reader.seeds
        if opened:
            content_of_note(secret_of_note(reader.site, reader.seeds[note.epoch], statement, note), note)
    except ProtocolError as error:
        return FileFinding(False, f"{name} does not hold: {error}.")
    return FileFinding(True, f"{name} is signed by {author.display_name}{', and opens' if opened else ''}.")


def _carry(reader: NoteReader, carry: Carry, note: Note | None) -> FileFinding:
    name = f"The carry of note {encode(carry.note_hash)[:8]}… into epoch {carry.epoch}"
    try:
        statement = _statement(reader, carry.epoch)
        carrier = check_carry(reader.site, statement, reader.certificates, carry)
        by = f"{name} is signed by {carrier.display_name}"
        if note is None:
            return FileFinding(True, f"{by}; the note itself is not here.")
        if carry.epoch not in reader.seeds or note.epoch not in reader.chain:
            demand_carry_of(carry, note)
            return FileFinding(True, f"{by}.")
        of = reader.chain[note.epoch]
        secret_by_carry(reader.site, reader.seeds[carry.epoch], statement, reader.certificates, note, of, carry.raw)
    except ProtocolError as error:
        return FileFinding(False, f"{name} does not hold: {error}.")
    return FileFinding(True, f"{by}, and opens the note.")
