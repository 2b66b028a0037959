"""Saved replies are sealed again for a new epoch, so that those who join can read them; no change and no deletion is lost by it."""

import os
from collections import Counter

import pytest

from messaging.models import Epoch, Grant, SavedReply
from messaging.protocol.encoding import HASH, decode, encode, hashed
from messaging.protocol.peer.notes import NoteText, open_note, seal_note
from messaging.protocol.wire import Certificate
from messaging.protocol.wire.notes import SAVED_REPLY
from tests.world.desk import TODAY, Desk, open_helpline
from tests.world.person import AtDesk, Response, kind_of
from tests.world.together import together

SUBJECT = os.urandom(16)
PATH = f"saved-replies/{encode(SUBJECT)}"


def sealed(desk: Desk, name: str, text: str, epoch: int = 0, subject: bytes = SUBJECT) -> bytes:
    """By whoever it is, for the epoch of that number; the newest when it is 0."""
    statement = desk.statements[epoch - 1]
    return seal_note(desk.site, desk.keys[name], desk.certificates[name], statement, subject, NoteText(text, "Welcome"))


def save(desk: Desk, name: str, raw: bytes) -> int:
    return int(AtDesk(desk, name).call("POST", "saved-replies", {"note": encode(raw)}).status_code)


def reseal(desk: Desk, name: str, raw: bytes, of: bytes) -> Response:
    """As a browser does that opened the copy `of`."""
    return AtDesk(desk, name).call("POST", PATH, {"note": encode(raw), "instead_of": encode(hashed("saved-reply", of))})


def earlier(desk: Desk, name: str = "Moira") -> list[bytes]:
    return [decode(text) for text in AtDesk(desk, name).call("GET", "saved-replies/earlier").json()["saved_replies"]]


def standing() -> bytes:
    return bytes(SavedReply.objects.get().note)


@pytest.fixture
def first(desk: Desk) -> bytes:
    """What Moira saved in the first epoch; now there is a second one."""
    raw = sealed(desk, "Moira", "You did right to write.")
    assert save(desk, "Moira", raw) == 201
    assert earlier(desk) == []
    desk.open_epoch()
    return raw


pytestmark = pytest.mark.django_db


def test_whoever_joined_later_reads_it_once_a_colleague_has_sealed_it_again(desk: Desk, first: bytes) -> None:
    desk.join("Dora")
    desk.open_epoch()
    Grant.objects.filter(certificate__member=desk.members["Dora"], epoch__lt=3).delete()
    assert earlier(desk) == [first]
    assert sorted(desk.unlocked("Dora").seeds) == [3]
    again = sealed(desk, "Callum", "You did right to write.")
    assert [reseal(desk, "Callum", again, first).status_code for _ in range(2)] == [200, 200]
    assert earlier(desk) == []
    answer = AtDesk(desk, "Dora").call("GET", "saved-replies").json()
    certificates = {one.certificate_id: one for one in (Certificate.parse(decode(text)) for text in answer["certificates"])}
    seed = desk.unlocked("Dora").seeds[3]
    raw = decode(answer["saved_replies"][0])
    content, writer = open_note(desk.site, seed, desk.statements[-1], certificates, SAVED_REPLY, SUBJECT, raw)
    assert (content.text, writer) == ("You did right to write.", "Callum")


def test_a_change_that_came_between_is_kept(desk: Desk, first: bytes) -> None:
    changed = sealed(desk, "Callum", "It is good that you wrote.")
    assert save(desk, "Callum", changed) == 200
    assert kind_of(reseal(desk, "Moira", sealed(desk, "Moira", "You did right to write."), first)) == "taken"
    assert standing() == changed


def test_also_one_that_was_made_in_the_earlier_epoch(desk: Desk) -> None:
    old = sealed(desk, "Moira", "You did right to write.")
    newer = sealed(desk, "Callum", "It is good that you wrote.")
    save(desk, "Moira", old)
    save(desk, "Callum", newer)
    desk.open_epoch()
    assert kind_of(reseal(desk, "Moira", sealed(desk, "Moira", "You did right to write."), old)) == "taken"
    assert earlier(desk) == [newer]
    again = sealed(desk, "Moira", "It is good that you wrote.")
    assert reseal(desk, "Moira", again, newer).status_code == 200
    assert standing() == again


def test_what_is_of_the_current_epoch_is_changed_by_saving_alone(desk: Desk) -> None:
    raw = sealed(desk, "Moira", "You did right to write.")
    save(desk, "Moira", raw)
    assert kind_of(reseal(desk, "Callum", sealed(desk, "Callum", "Something else"), raw)) == "taken"
    assert standing() == raw


def test_what_was_deleted_stays_deleted(desk: Desk, first: bytes) -> None:
    AtDesk(desk, "Callum").call("DELETE", PATH)
    assert kind_of(reseal(desk, "Moira", sealed(desk, "Moira", "You did right to write."), first)) == "not-found"
    assert not SavedReply.objects.exists()


def test_nothing_else_can_be_put_in_its_place(desk: Desk, first: bytes) -> None:
    good = sealed(desk, "Moira", "You did right to write.")
    refused = {
        "malformed": sealed(desk, "Moira", "Another", subject=os.urandom(16)),
        "epoch-changed": sealed(desk, "Moira", "Of the first epoch", epoch=1),
        "not-certified": sealed(desk, "Callum", "Signed by somebody else"),
        "bad-proof": good[:-1] + bytes([good[-1] ^ 1]),
        "not-sealed": good[:1239] + b"text " * 1641 + b"end" + good[9447:],
    }
    assert {kind: kind_of(reseal(desk, "Moira", raw, first)) for kind, raw in refused.items()} == {kind: kind for kind in refused}
    wrong = {"note": encode(good), "instead_of": encode(bytes(HASH))}
    assert kind_of(AtDesk(desk, "Moira").call("POST", PATH, wrong)) == "taken"
    assert standing() == first


def test_without_a_current_epoch_nothing_waits(desk: Desk, first: bytes) -> None:
    Epoch.objects.update(first_day=TODAY - 40, last_day=TODAY - 10)
    assert earlier(desk) == []


@pytest.mark.django_db(transaction=True)
def test_of_eight_browsers_at_once_one_seals_it_again() -> None:
    desk = open_helpline()
    old = sealed(desk, "Moira", "You did right to write.")
    save(desk, "Moira", old)
    desk.open_epoch()
    browsers = [AtDesk(desk, name) for name in ("Moira", "Callum") * 4]
    made = [sealed(desk, browser.name, "You did right to write.") for browser in browsers]
    bodies = [{"note": encode(raw), "instead_of": encode(hashed("saved-reply", old))} for raw in made]
    answers = together(lambda each: browsers[each].call("POST", PATH, bodies[each]), range(8))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
    assert standing() == made[next(each for each, answer in enumerate(answers) if answer.status_code == 200)]
