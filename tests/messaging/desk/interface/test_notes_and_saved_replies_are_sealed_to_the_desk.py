"""Notes and saved replies: sealed and signed by whoever is at the desk, given to the desk alone, and refused as text."""

import os
from typing import Any

import pytest

from messaging.models import DeskNote, SavedReply
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import open_note, seal_note
from messaging.protocol.wire import Certificate
from messaging.protocol.wire.notes import NOTE, SAVED_REPLY
from tests.world.desk import Desk, send
from tests.world.person import AtDesk, Person, all_rows, kind_of

pytestmark = pytest.mark.django_db


def sealed(desk: Desk, name: str, subject: bytes, text: str, title: str | None = None) -> str:
    raw = seal_note(desk.site, desk.keys[name], desk.certificates[name], desk.statements[-1], subject, NoteText(text, title))
    return encode(raw)


def opened(desk: Desk, answer: dict[str, Any], raw: str, kind: int, subject: bytes) -> tuple[str | None, str, str]:
    """As a colleague's browser opens it: with the certificates of the answer, and her own seed of the epoch."""
    certificates = {one.certificate_id: one for one in (Certificate.parse(decode(text)) for text in answer["certificates"])}
    seed = desk.unlocked("Callum").seeds[desk.statements[-1].number]
    content, writer = open_note(desk.site, seed, desk.statements[-1], certificates, kind, subject, decode(raw))
    return content.name, content.text, writer


def test_a_colleague_reads_the_note_and_the_same_bytes_are_one_note(desk: Desk) -> None:
    conversation = send().conversation
    moira, callum = AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    note = sealed(desk, "Moira", conversation, "Prefers to write in the evening")
    assert [moira.does(conversation, "notes", note=note).status_code for _ in range(2)] == [201, 200]
    answer = callum.call("GET", f"conversations/{encode(conversation)}/notes").json()
    assert [one["day"] for one in answer["notes"]] == ["2026-11-25"]
    assert opened(desk, answer, answer["notes"][0]["note"], NOTE, conversation) == (None, "Prefers to write in the evening", "Moira")


def test_a_line_of_the_lists_counts_them_and_says_nothing_else(desk: Desk) -> None:
    conversation = send().conversation
    moira = AtDesk(desk, "Moira")
    assert [line["notes"] for line in moira.lists()["waiting"]] == [0]
    AtDesk(desk, "Callum").does(conversation, "notes", note=sealed(desk, "Callum", conversation, "Ask where he is"))
    assert [(line["conversation"], line["notes"]) for line in moira.lists()["waiting"]] == [(encode(conversation), 1)]


def test_the_person_never_sees_it_and_it_goes_with_the_thread(desk: Desk) -> None:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    note = sealed(desk, "Moira", conversation, "A note")
    AtDesk(desk, "Moira").does(conversation, "notes", note=note)
    said = person.call("GET", "inbox").content.decode() + person.call("GET", "inbox/kept").content.decode()
    assert note[200:260] not in said
    person.call("DELETE", "inbox")
    assert not DeskNote.objects.exists()


def test_what_is_not_sealed_signed_or_about_this_is_refused(desk: Desk) -> None:
    conversation, other = send().conversation, send().conversation
    moira = AtDesk(desk, "Moira")
    before = all_rows()
    good = decode(sealed(desk, "Moira", conversation, "A note"))
    assert kind_of(moira.does(other, "notes", note=encode(good))) == "malformed"
    assert kind_of(moira.does(conversation, "notes", note=encode(good[:-1]))) == "malformed"
    assert kind_of(moira.does(conversation, "notes", note=encode(good[:1239] + b"text " * 1641 + b"end" + good[9447:]))) == "not-sealed"
    assert kind_of(moira.does(conversation, "notes", note=encode(good[:-1] + bytes([good[-1] ^ 1])))) == "bad-proof"
    assert kind_of(moira.does(conversation, "notes", note=sealed(desk, "Callum", conversation, "A note"))) == "not-certified"
    assert kind_of(moira.does(conversation, "notes", note=sealed(desk, "Moira", conversation, "A reply", "Name"))) == "malformed"
    assert kind_of(moira.call("POST", "saved-replies", {"note": encode(good)})) == "malformed"
    assert all_rows() == before


def test_a_saved_reply_is_everybodys_is_replaced_and_is_deleted(desk: Desk) -> None:
    moira, callum, subject = AtDesk(desk, "Moira"), AtDesk(desk, "Callum"), os.urandom(16)
    first = sealed(desk, "Moira", subject, "You did right to write.", "Welcome")
    assert moira.call("POST", "saved-replies", {"note": first}).status_code == 201
    second = sealed(desk, "Callum", subject, "It is good that you wrote.", "Welcome")
    assert callum.call("POST", "saved-replies", {"note": second}).status_code == 200
    answer = moira.call("GET", "saved-replies").json()
    assert answer["saved_replies"] == [{"note": second, "carries": []}]
    assert opened(desk, answer, second, SAVED_REPLY, subject) == ("Welcome", "It is good that you wrote.", "Callum")
    assert [moira.call("DELETE", f"saved-replies/{encode(subject)}").status_code for _ in range(2)] == [204, 204]
    assert not SavedReply.objects.exists()
