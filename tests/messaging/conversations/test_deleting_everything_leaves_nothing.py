"""`DELETE inbox` leaves no row of the person, in any table, and nothing of anybody else is touched."""

import pytest

from messaging.conversations.erase import erase_conversation
from messaging.models import Session
from messaging.protocol.encoding import decode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, who_has

pytestmark = pytest.mark.django_db


def rows_of_people() -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of staff, whose own times and sums of a week's work move, and used challenges, which name nobody."""
    of_staff = {"Account", "DeskMember", "WeekShare"}
    return {name: rows for name, rows in all_rows().items() if name not in of_staff | {"SpentChallenge"}}


def have_a_conversation(desk: Desk) -> Person:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    route_waiting(at=NOON)
    AtDesk(desk, str(who_has(conversation))).reply(conversation)
    person.write()
    route_waiting(at=NOON)
    return person


def test_nothing_is_left(desk: Desk) -> None:
    before = rows_of_people()
    person = have_a_conversation(desk)
    Person(person.inbox).come_back()
    assert person.call("DELETE", "inbox").status_code == 204
    assert rows_of_people() == before


def test_nobody_elses_rows_are_touched(desk: Desk) -> None:
    have_a_conversation(desk)
    before = rows_of_people()
    person = have_a_conversation(desk)
    person.call("DELETE", "inbox")
    assert rows_of_people() == before


def test_every_session_of_the_inbox_ends_with_it(desk: Desk) -> None:
    person = have_a_conversation(desk)
    other = Person(person.inbox)
    other.come_back()
    person.call("DELETE", "inbox")
    assert Session.objects.count() == 0
    assert kind_of(other.call("GET", "inbox")) == "session"
    assert kind_of(other.call("POST", "sessions", other.proof())) == "no-inbox"


def test_the_counsellor_finds_it_gone(desk: Desk) -> None:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    body = counsellor.sealed(conversation)
    path = f"conversations/{person.answer()['conversation']}"
    person.call("DELETE", "inbox")
    assert kind_of(counsellor.call("GET", path)) == "not-found"
    assert kind_of(counsellor.call("POST", f"{path}/envelopes", body)) == "not-found"
    assert kind_of(counsellor.call("POST", f"{path}/claim", {})) == "not-found"
    assert kind_of(counsellor.call("POST", f"{path}/release", {})) == "not-found"


def test_the_same_words_may_begin_again(desk: Desk) -> None:
    person = have_a_conversation(desk)
    person.call("DELETE", "inbox")
    person.token = ""
    assert person.write_first("Once more").status_code == 201


def test_deleting_what_is_gone_is_no_error(desk: Desk) -> None:
    erase_conversation(12_345)
