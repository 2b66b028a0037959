"""After abuse a person cannot write for some days: the interface says until when, and then it is over."""

from datetime import timedelta

import pytest

from helpline.models import Account
from messaging.protocol.encoding import encode
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, set_clock

pytestmark = pytest.mark.django_db


def test_the_person_is_told_until_when_and_can_write_after_it(person: Person, moira: AtDesk, conversation: bytes) -> None:
    told = moira.does(conversation, "block", days=3).json()["blocked_until"]
    assert told.startswith("2026-11-28T12:00:0")
    before = all_rows()
    refused = person.write()
    assert (refused.status_code, kind_of(refused), refused.json()["until"]) == (403, "blocked", told)
    assert all_rows()["Envelope"] == before["Envelope"]
    assert person.call("GET", "inbox").status_code == 200
    set_clock(NOON + timedelta(days=3, minutes=1))
    person.come_back()
    assert person.write(at=NOON + timedelta(days=3)).status_code == 201


def test_whoever_opens_the_inbox_is_told_and_nobody_else(person: Person, moira: AtDesk, conversation: bytes) -> None:
    assert person.answer()["blocked_until"] is None
    told = moira.does(conversation, "block", days=3).json()["blocked_until"]
    assert told == moira.answer(conversation)["blocked_until"] == person.answer()["blocked_until"]
    # Neither for who knows the inbox's id and has no key to it, nor when another inbox is opened.
    stranger, other = Person(person.inbox), Person()
    other.write_first()
    other.come_back()
    forged = {**stranger.proof(), "signature": encode(bytes(64))}
    for answer in (stranger.call("GET", "inbox"), stranger.call("POST", "sessions", forged), other.call("GET", "inbox")):
        assert told not in answer.content.decode()
    assert other.answer()["blocked_until"] is None
    # It is over by itself, and lifted at once.
    set_clock(NOON + timedelta(days=3, minutes=1))
    person.come_back()
    assert person.answer()["blocked_until"] is None
    moira.does(conversation, "block", days=3)
    assert person.answer()["blocked_until"] is not None
    moira.does(conversation, "block", days=None)
    assert person.answer()["blocked_until"] is None


def test_it_is_lifted_by_whoever_has_the_thread_or_the_lead(desk: Desk, person: Person, moira: AtDesk, conversation: bytes) -> None:
    callum = AtDesk(desk, "Callum")
    assert kind_of(callum.does(conversation, "block", days=7)) == "not-yours"
    moira.does(conversation, "block", days=3)
    Account.objects.filter(counsellor__desk=desk.members["Callum"]).update(role=Account.Role.LEAD)
    assert callum.does(conversation, "block", days=None).json() == {"blocked_until": None}
    assert person.write().status_code == 201


def test_for_no_other_time(moira: AtDesk, conversation: bytes) -> None:
    for days in (0, 2, 365, True, "7", 1.0):
        assert kind_of(moira.does(conversation, "block", days=days)) == "malformed"
