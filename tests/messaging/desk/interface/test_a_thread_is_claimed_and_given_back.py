"""Counsellors take threads that wait and give back threads they have: each is one conditional change, whoever else tries."""

import pytest

from messaging.models import Conversation, RoutingEvent
from messaging.protocol.encoding import decode, encode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, who_has

pytestmark = pytest.mark.django_db


def waiting() -> bytes:
    return decode(Person().write_first().json()["conversation"])


def test_whoever_claims_second_is_told_who_was_first(desk: Desk) -> None:
    conversation, moira, callum = waiting(), AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    assert moira.claim(conversation).status_code == 200
    before = all_rows()
    refused = callum.claim(conversation)
    assert (refused.status_code, kind_of(refused), refused.json()["by"]) == (409, "taken", "Moira")
    assert moira.claim(conversation).json() == {"state": "assigned", "assigned_to": "Moira"}
    assert all_rows() == before


def test_what_is_claimed_is_not_routed(desk: Desk) -> None:
    conversation, callum = waiting(), AtDesk(desk, "Callum")
    callum.claim(conversation)
    assert route_waiting(at=NOON) == 0
    assert who_has(conversation) == "Callum"


def test_what_is_given_back_goes_to_somebody_else(desk: Desk) -> None:
    conversation = waiting()
    route_waiting(at=NOON)
    first = str(who_has(conversation))
    released = AtDesk(desk, first).release(conversation)
    assert released.json() == {"state": "waiting", "assigned_to": None}
    assert AtDesk(desk, first).release(conversation).status_code == 200
    assert route_waiting(at=NOON) == 1
    assert who_has(conversation) not in {None, first}
    assert [event.kind for event in RoutingEvent.objects.all()] == ["assigned", "released", "assigned"]


def test_what_is_given_back_keeps_its_place(desk: Desk) -> None:
    conversation = waiting()
    since = Conversation.objects.get().waiting_since
    route_waiting(at=NOON)
    AtDesk(desk, str(who_has(conversation))).release(conversation)
    assert Conversation.objects.get().unrouted_since == since


def test_whoever_gave_it_back_may_still_claim_it(desk: Desk) -> None:
    conversation = waiting()
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    counsellor.release(conversation)
    assert counsellor.claim(conversation).status_code == 200
    assert who_has(conversation) == counsellor.name


def test_nobody_gives_back_what_is_not_theirs(desk: Desk) -> None:
    conversation, moira, callum = waiting(), AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    before = all_rows()
    assert kind_of(moira.release(conversation)) == "not-yours"
    assert all_rows() == before
    moira.claim(conversation)
    before = all_rows()
    assert kind_of(callum.release(conversation)) == "not-yours"
    assert all_rows() == before


def test_an_answered_thread_that_is_given_back_goes_to_another_when_the_person_writes(desk: Desk) -> None:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    moira = AtDesk(desk, "Moira")
    moira.claim(conversation)
    moira.reply(conversation)
    assert moira.release(conversation).json() == {"state": "answered", "assigned_to": None}
    person.write()
    route_waiting(at=NOON)
    assert who_has(conversation) == "Callum"


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    for path in (encode(bytes(16)), "x", "A" * 300, encode(bytes(16)) + "%00"):
        assert kind_of(moira.call("GET", f"conversations/{path}")) == "not-found"
        assert kind_of(moira.call("POST", f"conversations/{path}/claim", {})) == "not-found"
        assert kind_of(moira.call("POST", f"conversations/{path}/release", {})) == "not-found"


def test_a_new_counsellor_has_not_been_shown_what_the_old_one_was(desk: Desk) -> None:
    conversation, moira, callum = waiting(), AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    moira.claim(conversation)
    moira.answer(conversation)
    assert moira.call("GET", "conversations").json()["mine"][0]["unread"] == 0
    moira.release(conversation)
    callum.claim(conversation)
    assert callum.call("GET", "conversations").json()["mine"][0]["unread"] == 1


def test_the_list_says_what_presses_most(desk: Desk) -> None:
    mine, other = waiting(), waiting()
    moira = AtDesk(desk, "Moira")
    moira.claim(mine)
    listed = moira.call("GET", "conversations").json()
    assert [line["conversation"] for line in listed["mine"]] == [encode(mine)]
    assert [line["conversation"] for line in listed["waiting"]] == [encode(other)]
    line = listed["mine"][0]
    stands = {"conversation", "state", "unread", "since", "due", "with", "snoozed_until", "handed_by", "why", "notes", "decide"}
    assert line.keys() == stands | {"flag", "flag_by", "flag_opened_by", "flag_opened_at"}
    assert (line["state"], line["with"]) == ("assigned", "Moira")
    assert line["due"].startswith("2026-11-26T12:0")
