"""`manage.py keys verify` says whose each note and each carry is, whether it opens, and what is wrong with one that was altered."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Counsellor, Site, open_site, open_vault
from messaging.protocol.peer.carries import make_carry
from messaging.protocol.peer.epochs import open_grant
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import seal_note, secret_of_note
from messaging.protocol.wire import Certificate, Note, Statement
from tests.messaging.protocol.keytool import PASSPHRASE, Done, confirmation, counsellor, epoch, good, keys
from tests.vectors.making.stage import edit, flip

FILES = ["Moira.cert", "Callum.cert", "Isla.cert", "epoch-1.json", "epoch-2.json"]


@dataclass
class Desk:
    """The folder of two epochs, and what Moira, who is in both, makes with her vault."""

    folder: Path
    site: Site
    moira: Counsellor
    own: Certificate
    statements: list[Statement]
    seeds: list[bytes]

    def note(self, text: str = "He rings on Mondays.") -> bytes:
        return seal_note(self.site, self.moira, self.own, self.statements[0], bytes(16), NoteText(text))

    def carry(self, note: bytes, secret: bytes | None = None) -> bytes:
        parsed = Note.parse(note)
        own = secret_of_note(self.site, self.seeds[0], self.statements[0], parsed)
        return make_carry(self.site, self.moira, self.own, self.statements[1], parsed, secret or own)

    def saved(self, note: bytes, *carries: bytes) -> None:
        """What a browser saved of the notes on a conversation."""
        listed = [{"note": encode(note), "day": "2026-11-30", "carries": [encode(each) for each in carries]}]
        (self.folder / "notes.json").write_text(json.dumps({"notes": listed, "certificates": []}))

    def verify(self, *more: str, vault: bool = True) -> Done:
        opened = ["--vault", "Moira.vault"] if vault else []
        words = PASSPHRASE if vault else None
        return keys(self.folder, "verify", "--root-public", "root.key", *FILES, *more, *opened, passphrase=words)


@pytest.fixture
def desk(folder: Path) -> Desk:
    """Isla has come for the second epoch, and Callum has gone."""
    counsellor(folder, "Isla")
    before = ["--previous", "epoch-1.json", confirmation(folder, "epoch-1.json")]
    assert epoch(folder, "epoch-2.json", ["Moira", "Isla"], *before).code == 0
    bodies: list[dict[str, Any]] = [json.loads((folder / name).read_text()) for name in ("epoch-1.json", "epoch-2.json")]
    root = good(folder, "show", "root.key", passphrase=None).value("Public key, HELPLINE_ROOT_KEY:")
    site, own = open_site(root, "https://helpline.example"), Certificate.parse(decode((folder / "Moira.cert").read_text().strip()))
    moira = open_vault(site, own.counsellor_id, (folder / "Moira.vault").read_text().strip(), {"passphrase": PASSPHRASE})
    statements = [Statement.parse(decode(body["statement"])) for body in bodies]
    seeds = []
    for statement, body in zip(statements, bodies, strict=True):
        wrapped = next(decode(each["wrapped"]) for each in body["grants"] if decode(each["certificate_id"]) == own.certificate_id)
        seeds.append(open_grant(site, moira, own.certificate_id, statement, wrapped))
    return Desk(folder, site, moira, own, statements, seeds)


def test_what_holds_is_said_with_its_writer(desk: Desk) -> None:
    note = desk.note()
    desk.saved(note, desk.carry(note))
    name = encode(Note.parse(note).note_hash)[:8]
    without = desk.verify("notes.json", vault=False)
    assert f"good  The note {name}… of epoch 1 is signed by Moira." in without.out
    assert f"good  The carry of note {name}… into epoch 2 is signed by Moira." in without.out
    opened = desk.verify("notes.json")
    assert f"good  The note {name}… of epoch 1 is signed by Moira, and opens." in opened.out
    assert f"good  The carry of note {name}… into epoch 2 is signed by Moira, and opens the note." in opened.out
    assert (without.code, opened.code) == (0, 0)


def test_saved_replies_and_single_files_are_read_too(desk: Desk) -> None:
    reply = seal_note(desk.site, desk.moira, desk.own, desk.statements[0], bytes(16), NoteText("Hello.", "Greeting"))
    listed = [{"note": encode(reply), "carries": [encode(desk.carry(reply))]}]
    (desk.folder / "saved.json").write_text(json.dumps({"saved_replies": listed, "certificates": []}))
    assert "The saved reply " in desk.verify("saved.json").out
    (desk.folder / "one.carry").write_text(encode(desk.carry(reply)))
    alone = desk.verify("one.carry")
    assert "into epoch 2 is signed by Moira; the note itself is not here." in alone.out
    assert alone.code == 0
    shown = good(desk.folder, "show", "saved.json", "one.carry", passphrase=None).out
    assert "What the desk said of notes or saved replies: 1, with 1 carries." in shown
    assert "A carry of a note into epoch 2." in shown


ALTERED: dict[str, tuple[Callable[[Desk, bytes], bytes], str]] = {
    "its signature": (lambda desk, note: flip(desk.carry(note), -1), "not signed by somebody on the epoch's roster"),
    "who signed it": (lambda desk, note: edit(desk.carry(note), 1206, bytes(16)), "not signed by somebody on the epoch's roster"),
    "its wrap": (lambda desk, note: flip(desk.carry(note), 100), "not signed by somebody on the epoch's roster"),
    "its epoch": (lambda desk, note: edit(desk.carry(note), 34, bytes([0, 0, 0, 9])), "its epoch's statement is not here"),
    "another secret inside": (
        lambda desk, note: desk.carry(note, bytes(range(32))),
        "it gives another secret than its author committed to",
    ),
}


@pytest.mark.parametrize("what", ALTERED)
def test_a_carry_that_was_altered_is_named(desk: Desk, what: str) -> None:
    alter, why = ALTERED[what]
    note = desk.note()
    desk.saved(note, alter(desk, note))
    done = desk.verify("notes.json")
    name = encode(Note.parse(note).note_hash)[:8]
    assert done.code == 1
    assert done.out.count("BAD ") == 1
    [line] = [each for each in done.out.splitlines() if each.startswith("BAD")]
    assert line.startswith(f"BAD   The carry of note {name}… into epoch ")
    assert f" does not hold: {why}" in line


def test_a_note_that_was_altered_is_named_and_its_carry_is_of_another(desk: Desk) -> None:
    note = desk.note()
    desk.saved(flip(note, 2_000), desk.carry(note))
    done = desk.verify("notes.json")
    assert done.code == 1
    assert "of epoch 1 does not hold: not signed by somebody on the epoch's roster." in done.out
    assert "is signed by Moira; the note itself is not here." in done.out
