"""Notes and saved replies are carried into a new epoch, so that those who join can read them; they stay as they are, with their author."""

import os
from collections import Counter

import pytest

from messaging.models import DeskNote, Epoch, Grant, NoteCarry, SavedReply, SavedReplyCarry
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.carries import make_carry
from messaging.protocol.peer.desk_notes import read_notes
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import seal_note, secret_of_note
from messaging.protocol.wire import Note
from tests.world.desk import TODAY, Desk, open_helpline, send
from tests.world.person import AtDesk, Response, kind_of
from tests.world.together import together

SUBJECT = os.urandom(16)
PATH = f"saved-replies/{encode(SUBJECT)}/carries"

pytestmark = pytest.mark.django_db


def sealed(desk: Desk, name: str, text: str, subject: bytes = SUBJECT, title: str | None = "Welcome") -> bytes:
    return seal_note(desk.site, desk.keys[name], desk.certificates[name], desk.statements[-1], subject, NoteText(text, title))


def save(desk: Desk, name: str, raw: bytes) -> int:
    return int(AtDesk(desk, name).call("POST", "saved-replies", {"note": encode(raw)}).status_code)


def carried(desk: Desk, name: str, raw: bytes, into: int = 0) -> bytes:
    """By whoever it is, from the first epoch into the newest, or into the one of that number."""
    note = Note.parse(raw)
    secret = secret_of_note(desk.site, desk.unlocked(name).seeds[note.epoch], desk.statements[note.epoch - 1], note)
    return make_carry(desk.site, desk.keys[name], desk.certificates[name], desk.statements[into - 1], note, secret)


def carry(desk: Desk, name: str, raw: bytes, path: str = PATH) -> Response:
    return AtDesk(desk, name).call("POST", path, {"carry": encode(raw)})


def earlier(desk: Desk, name: str = "Moira") -> list[bytes]:
    return [decode(each["note"]) for each in AtDesk(desk, name).call("GET", "saved-replies/earlier").json()["saved_replies"]]


@pytest.fixture
def first(desk: Desk) -> bytes:
    """What Moira saved in the first epoch; now there is a second one."""
    raw = sealed(desk, "Moira", "You did right to write.")
    assert save(desk, "Moira", raw) == 201
    assert earlier(desk) == []
    desk.open_epoch()
    return raw


@pytest.fixture
def noted(desk: Desk) -> tuple[bytes, bytes]:
    """A conversation, and a note of the first epoch on it; now there is a second one."""
    conversation = send().conversation
    raw = sealed(desk, "Moira", "Ask where he is", conversation, None)
    AtDesk(desk, "Moira").does(conversation, "notes", note=encode(raw))
    desk.open_epoch()
    return conversation, raw


def test_whoever_joined_later_reads_a_note_that_a_colleague_carried_and_who_wrote_it(desk: Desk, noted: tuple[bytes, bytes]) -> None:
    conversation, raw = noted
    desk.join("Dora")
    desk.open_epoch()
    Grant.objects.filter(certificate__member=desk.members["Dora"], epoch__lt=3).delete()
    path = f"conversations/{encode(conversation)}/notes"
    dora = AtDesk(desk, "Dora")
    before = read_notes(desk.site, desk.unlocked("Dora"), conversation, dora.call("GET", path).json(), None)
    assert [(note.text, note.warnings) for note in before.notes] == [(None, ["does-not-open"])]
    theirs = read_notes(desk.site, desk.unlocked("Callum"), conversation, AtDesk(desk, "Callum").call("GET", path).json(), None)
    made = [made for _, made in theirs.carries]
    assert [carry(desk, "Callum", made[0], f"{path}/carries").status_code for _ in range(2)] == [201, 200]
    after = read_notes(desk.site, desk.unlocked("Dora"), conversation, dora.call("GET", path).json(), None)
    assert [(note.text, note.writer, note.left, note.warnings) for note in after.notes] == [("Ask where he is", "Moira", False, [])]
    assert bytes(DeskNote.objects.get().note) == raw
    again = read_notes(desk.site, desk.unlocked("Callum"), conversation, AtDesk(desk, "Callum").call("GET", path).json(), None)
    assert again.carries == []


def test_a_carry_goes_with_its_note(desk: Desk, noted: tuple[bytes, bytes]) -> None:
    conversation, raw = noted
    carry(desk, "Callum", carried(desk, "Callum", raw), f"conversations/{encode(conversation)}/notes/carries")
    assert NoteCarry.objects.count() == 1
    DeskNote.objects.get().conversation.inbox.delete()
    assert not NoteCarry.objects.exists()


def test_what_does_not_hold_is_refused(desk: Desk, noted: tuple[bytes, bytes]) -> None:
    conversation, raw = noted
    path = f"conversations/{encode(conversation)}/notes/carries"
    good = carried(desk, "Moira", raw)
    other = carried(desk, "Moira", sealed(desk, "Moira", "Elsewhere", conversation, None), into=2)
    refused = {
        "malformed": good[:-1],
        "not-found": other,
        "not-certified": carried(desk, "Callum", raw),
        "bad-proof": good[:-1] + bytes([good[-1] ^ 1]),
    }
    assert {kind: kind_of(carry(desk, "Moira", each, path)) for kind, each in refused.items()} == {kind: kind for kind in refused}
    desk.open_epoch()
    assert kind_of(carry(desk, "Moira", good, path)) == "epoch-changed"
    assert kind_of(carry(desk, "Moira", good, PATH)) == "not-found"
    assert not NoteCarry.objects.exists()


def test_a_note_of_today_is_carried_nowhere(desk: Desk) -> None:
    conversation = send().conversation
    raw = sealed(desk, "Moira", "Of today", conversation, None)
    AtDesk(desk, "Moira").does(conversation, "notes", note=encode(raw))
    answer = carry(desk, "Moira", carried(desk, "Moira", raw), f"conversations/{encode(conversation)}/notes/carries")
    assert kind_of(answer) == "malformed"


def test_each_certificate_has_one_and_a_bad_one_shuts_out_no_colleague(desk: Desk, noted: tuple[bytes, bytes]) -> None:
    conversation, raw = noted
    path = f"conversations/{encode(conversation)}/notes/carries"
    note, bad = Note.parse(raw), os.urandom(32)
    useless = make_carry(desk.site, desk.keys["Callum"], desk.certificates["Callum"], desk.statements[-1], note, bad)
    assert carry(desk, "Callum", useless, path).status_code == 201
    assert kind_of(carry(desk, "Callum", carried(desk, "Callum", raw), path)) == "conflict"
    assert carry(desk, "Moira", carried(desk, "Moira", raw), path).status_code == 201
    assert NoteCarry.objects.count() == 2


def test_a_saved_reply_waits_until_somebody_has_carried_it(desk: Desk, first: bytes) -> None:
    assert earlier(desk) == [first]
    assert [carry(desk, "Callum", carried(desk, "Callum", first)).status_code for _ in range(2)] == [201, 200]
    assert earlier(desk) == []
    assert bytes(SavedReply.objects.get().note) == first


def test_a_copy_that_was_changed_or_deleted_is_carried_no_more(desk: Desk, first: bytes) -> None:
    old = carried(desk, "Moira", first)
    assert carry(desk, "Moira", old).status_code == 201
    assert save(desk, "Callum", sealed(desk, "Callum", "It is good that you wrote.")) == 200
    assert not SavedReplyCarry.objects.exists()
    assert kind_of(carry(desk, "Moira", old)) == "not-found"
    AtDesk(desk, "Callum").call("DELETE", f"saved-replies/{encode(SUBJECT)}")
    assert kind_of(carry(desk, "Moira", old)) == "not-found"


def test_without_a_current_epoch_nothing_waits(desk: Desk, first: bytes) -> None:
    Epoch.objects.update(first_day=TODAY - 40, last_day=TODAY - 10)
    assert earlier(desk) == []


@pytest.mark.django_db(transaction=True)
def test_of_eight_browsers_at_once_each_certificate_carries_it_once() -> None:
    desk = open_helpline()
    old = sealed(desk, "Moira", "You did right to write.")
    save(desk, "Moira", old)
    desk.open_epoch()
    browsers = [AtDesk(desk, name) for name in ("Moira", "Callum") * 4]
    made = [carried(desk, browser.name, old) for browser in browsers]
    answers = together(lambda each: browsers[each].call("POST", PATH, {"carry": encode(made[each])}), range(8))
    assert Counter(answer.status_code for answer in answers) == {201: 2, 200: 6}
