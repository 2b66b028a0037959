"""Whoever has left can add no note that passes for a true one, nobody signs it for them, and a note that is kept back is missed (P11)."""

import os
from typing import Any

import pytest

from messaging.protocol.encoding import HASH, decode, encode, hashed
from messaging.protocol.peer import OpenDesk
from messaging.protocol.peer.carries import make_carry, secret_by_carry
from messaging.protocol.peer.desk_notes import NotesRead, read_notes
from messaging.protocol.peer.errors import CannotOpen
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import demand_commitment, seal_note
from messaging.protocol.wire import Carry, Certificate, Note, Statement
from tests.parts.rules import stopped_by
from tests.vectors.making.forge import signed_note
from tests.world.peers import Conversation, Installation, conversation

# Where a note's commitment stands.
COMMITMENT = 39


class Notes:
    """What a server has of the notes on one conversation; Rowan leaves with the second epoch, and Isla comes."""

    def __init__(self) -> None:
        self.desk = Installation()
        self.desk.join("Moira", key_holder=True)
        for name in ("Callum", "Rowan", "Isla"):
            self.desk.join(name)
        self.desk.next_epoch("Moira", ["Moira", "Callum", "Rowan"])
        self.talk: Conversation = conversation(self.desk)
        self.talk.first("I am Jo.")
        self.subject = self.talk.as_desk("Moira").answer.conversation
        self.listed: list[dict[str, Any]] = []

    def second_epoch(self) -> None:
        self.desk.today += 5
        self.desk.next_epoch("Moira", ["Moira", "Callum", "Isla"])

    def sealed(self, name: str, text: str, epoch: int, read: NotesRead | None = None) -> bytes:
        """As somebody who has read so much; nothing of it is checked."""
        member, statement = self.desk.members[name], Statement.parse(self.desk.statements[epoch - 1])
        content = NoteText(text, None, read.previous if read else ())
        return seal_note(self.desk.site, member.counsellor, Certificate.parse(member.certificate), statement, self.subject, content)

    def write(self, name: str, text: str) -> bytes:
        """As an honest page does: it has read what stands there."""
        raw = self.sealed(name, text, len(self.desk.statements), self.read(name))
        self.put(raw)
        return raw

    def put(self, raw: bytes) -> None:
        self.listed.append({"note": encode(raw), "day": "2026-11-24", "carries": []})

    def read(self, name: str, listed: list[dict[str, Any]] | None = None, desk: OpenDesk | None = None) -> NotesRead:
        answer = {"notes": self.listed if listed is None else listed, "certificates": self.desk.certificates()}
        return read_notes(self.desk.site, desk or self.desk.open(name), self.subject, answer, self.talk.as_desk(name))


@pytest.fixture
def notes() -> Notes:
    made = Notes()
    made.write("Moira", "One")
    made.write("Rowan", "Two")
    made.second_epoch()
    made.write("Callum", "Three")
    return made


def said(read: NotesRead) -> list[tuple[str | None, str | None, bool, list[str]]]:
    return [(note.text, note.writer, note.left, note.warnings) for note in read.notes]


@stopped_by("an author who has left is shown as such")
def test_what_was_written_before_somebody_left_stays_theirs_and_says_that_they_have_left(notes: Notes) -> None:
    assert said(notes.read("Callum")) == [("One", "Moira", False, []), ("Two", "Rowan", True, []), ("Three", "Callum", False, [])]


@stopped_by("a note that nobody after it names is late")
def test_a_note_that_is_added_to_an_epoch_of_before_is_late_wherever_a_server_puts_it(notes: Notes) -> None:
    notes.put(notes.sealed("Rowan", "The person admitted everything on the phone.", 1))
    last = notes.listed[-1]
    for listed in (notes.listed, [last, *notes.listed[:-1]], [notes.listed[0], last, *notes.listed[1:-1]]):
        found = {note.text: note.warnings for note in notes.read("Moira", listed).notes}
        assert found.pop("The person admitted everything on the phone.") == ["late"]
        assert set(map(tuple, found.values())) == {()}


@stopped_by("a note that nobody after it names is late", "the next note does not name what came late")
def test_it_stays_late_after_a_colleague_has_written_on(notes: Notes) -> None:
    notes.put(notes.sealed("Rowan", "He admitted everything.", 1))
    notes.write("Moira", "Four")
    assert {note.text: note.warnings for note in notes.read("Callum").notes}["He admitted everything."] == ["late"]


def test_what_is_carried_is_no_ones_words_but_the_authors(notes: Notes) -> None:
    read = notes.read("Moira")
    carries = [Carry.parse(raw) for _, raw in read.carries]
    assert [carry.note_hash for carry in carries] == [hashed("note", Note.parse(raw).raw) for raw in old(notes)]
    for entry, (_, raw) in zip(notes.listed, read.carries, strict=False):
        entry["carries"].append(encode(raw))
    isla = notes.desk.open("Isla")
    newcomer = OpenDesk(**{**vars(isla), "seeds": {2: isla.seeds[2]}})
    assert said(notes.read("Isla", desk=newcomer)) == said(notes.read("Moira"))


def old(notes: Notes) -> list[bytes]:
    """The two of the first epoch."""
    return [decode(entry["note"]) for entry in notes.listed[:2]]


@stopped_by("a note that is named and absent is told")
def test_a_note_that_a_server_keeps_back_is_missed(notes: Notes) -> None:
    for gone in range(2):
        listed = [entry for place, entry in enumerate(notes.listed) if place != gone]
        assert any("note-missing" in note.warnings for note in notes.read("Callum", listed).notes)


@stopped_by("a note commits to its K")
def test_a_note_that_commits_to_another_secret_does_not_open(notes: Notes) -> None:
    """Else its author could make one that says another thing to whoever comes by its secret through a carry."""
    raw = notes.sealed("Callum", "One thing or the other", 2)
    altered = raw[:COMMITMENT] + bytes(HASH) + raw[COMMITMENT + HASH :]
    secret = bytes(32)
    site, statement = notes.desk.site, Statement.parse(notes.desk.statements[1])
    with pytest.raises(CannotOpen):
        demand_commitment(site, secret, statement, Note.parse(signed_note(site, notes.desk.members["Callum"], altered)))


@stopped_by("a carry gives the author's K")
def test_a_carry_of_another_secret_is_none(notes: Notes) -> None:
    """Callum carries what is not the note's own: nobody reads by it, whatever it would open."""
    callum = notes.desk.open("Callum")
    note, site = Note.parse(old(notes)[0]), notes.desk.site
    assert callum.certificate is not None
    raw = make_carry(site, callum.counsellor, callum.certificate, callum.chain[2], note, os.urandom(32))
    isla, certificates = notes.desk.open("Isla"), callum.certificates
    with pytest.raises(CannotOpen):
        secret_by_carry(site, isla.seeds[2], isla.chain[2], certificates, note, isla.chain[1], raw)


@stopped_by("nobody off the roster carries")
def test_whoever_has_left_carries_nothing(notes: Notes) -> None:
    """Rowan's page still opens what was written before; what it would carry, no reader takes."""
    assert [note.text for note in notes.read("Rowan").notes][:2] == ["One", "Two"]
    assert notes.read("Rowan").carries == []
    assert len(notes.read("Callum").carries) == 2


def test_two_who_write_at_once_are_no_fault(notes: Notes) -> None:
    before = notes.read("Callum")
    for name in ("Moira", "Callum"):
        notes.put(notes.sealed(name, f"{name} at once", 2, before))
    notes.write("Moira", "After both")
    assert all(note.warnings == [] for note in notes.read("Isla").notes)
