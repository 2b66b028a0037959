"""A browser that heard no answer sends the same bytes again: one message, the same answer. Other bytes are a conflict."""

from itertools import chain
from os import urandom

import pytest

from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import Envelope
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import check_desk, seal_first
from messaging.protocol.wire import Envelope as Sealed
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, TODAY, Desk, new_inbox, sealed_body, site
from tests.world.person import AtDesk, Person, all_rows, kind_of, who_has

pytestmark = pytest.mark.django_db


def test_a_first_message_twice(desk: Desk) -> None:
    person = Person()
    body = sealed_body(person.inbox)
    first = person.call("POST", "messages", body)
    before = all_rows()
    again = person.call("POST", "messages", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert all_rows() == before


def test_a_first_message_again_after_the_desks_key_changed(desk: Desk) -> None:
    person = Person()
    body = sealed_body(person.inbox)
    first = person.call("POST", "messages", body)
    desk.open_epoch()
    again = person.call("POST", "messages", body)
    assert (again.status_code, again.json()) == (200, first.json())


def test_another_first_message_under_the_same_words(desk: Desk) -> None:
    person = Person()
    person.write_first()
    before = all_rows()
    refused = person.write_first("Something else")
    assert (refused.status_code, kind_of(refused)) == (409, "inbox-exists")
    assert all_rows() == before


def test_a_later_message_twice(desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    body = person.sealed()
    first = person.call("POST", "inbox/envelopes", body)
    before = all_rows()
    again = person.call("POST", "inbox/envelopes", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["sequence"] == 2
    assert all_rows() == before


def test_two_windows_that_write_at_once(desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    one, other = person.sealed("From one window"), person.sealed("From the other")
    taken = person.call("POST", "inbox/envelopes", one)
    before = all_rows()
    refused = person.call("POST", "inbox/envelopes", other)
    assert (refused.status_code, kind_of(refused)) == (409, "conflict")
    assert refused.json()["head"] == {"sequence": 2, "hash": taken.json()["hash"]}
    assert all_rows() == before
    assert person.write("From the other, sealed afresh").status_code == 201


def test_an_answer_twice_and_two_answers_at_once(desk: Desk) -> None:
    conversation = decode(Person().write_first().json()["conversation"])
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    path = f"conversations/{encode(conversation)}/envelopes"
    one, other = counsellor.sealed(conversation, "One"), counsellor.sealed(conversation, "Other")
    assert counsellor.call("POST", path, one).status_code == 201
    before = all_rows()
    assert counsellor.call("POST", path, one).status_code == 200
    refused = counsellor.call("POST", path, other)
    assert kind_of(refused) == "conflict"
    assert refused.json()["head"]["sequence"] == 1
    assert all_rows() == before


def test_bytes_of_somebody_elses_thread_are_refused(desk: Desk) -> None:
    person, stranger = Person(), Person()
    for each in (person, stranger):
        each.write_first()
        each.come_back()
    before = all_rows()
    assert kind_of(stranger.call("POST", "inbox/envelopes", person.sealed())) == "malformed"
    assert all_rows() == before
    assert not Envelope.objects.filter(sequence=2).exists()


def test_a_conversations_id_cannot_be_taken_from_somebody(desk: Desk) -> None:
    person = Person()
    body = sealed_body(person.inbox)
    person.call("POST", "messages", body)
    taken = Sealed.parse(decode(body["envelope"])).conversation
    before = all_rows()
    refused = Person().call("POST", "messages", sealed_into(taken))
    assert kind_of(refused) == "malformed"
    assert all_rows() == before


def sealed_into(conversation: bytes) -> dict[str, str]:
    """A first message of a new person who chose that conversation's id."""
    chosen = chain([conversation])
    today = check_desk(site(), desk_answer(at=NOON, conversation_limit=50), TODAY)
    intake = {"route": "self", "terms": 1, "text": "I am worried"}
    return seal_first(site(), new_inbox(), today, intake, random=lambda size: next(chosen, None) or urandom(size))
