"""Later messages: under a new epoch, after an answer, at most fifty unanswered, and with a promise that the calendar can keep."""

from datetime import timedelta

import pytest

from messaging.models import Conversation, Opening
from messaging.protocol.encoding import decode, encode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, set_clock, texts_of, who_has

pytestmark = pytest.mark.django_db


def started(desk: Desk) -> Person:
    person = Person()
    person.write_first()
    person.come_back()
    return person


def test_a_new_epoch_needs_a_new_opening(desk: Desk) -> None:
    person = started(desk)
    old = person.sealed("Under the old key")
    desk.open_epoch()
    refused = person.call("POST", "inbox/envelopes", old)
    assert (kind_of(refused), refused.json()["epoch"]) == ("epoch-changed", 2)
    body = person.sealed("Under the new key")
    before = all_rows()
    without = person.call("POST", "inbox/envelopes", body | {"opening": None})
    assert (without.status_code, kind_of(without)) == (409, "opening-missing")
    assert all_rows() == before
    assert person.call("POST", "inbox/envelopes", body).status_code == 201
    assert [text for _, text in texts_of(person.thread())] == ["I am worried", "Under the new key"]
    assert person.call("POST", "inbox/envelopes", person.sealed("And again")).status_code == 201
    assert Opening.objects.count() == 2


def test_whoever_opens_second_is_given_the_first_opening(desk: Desk) -> None:
    person = started(desk)
    conversation = Conversation.objects.get().conversation_id
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    desk.open_epoch()
    body = person.sealed("At the same moment")
    assert counsellor.reply(conversation).status_code == 201
    standing = encode(Opening.objects.get(epoch=2).opening)
    before = all_rows()
    refused = person.call("POST", "inbox/envelopes", body)
    assert (refused.status_code, kind_of(refused), refused.json()["opening"]) == (409, "opening-exists", standing)
    assert all_rows() == before
    assert person.write("Under the desk's opening").status_code == 201
    assert [text for _, text in texts_of(person.thread())][-1] == "Under the desk's opening"


def test_the_same_opening_may_come_again_with_the_next_message(desk: Desk) -> None:
    person = started(desk)
    opening = encode(Opening.objects.get().opening)
    assert person.call("POST", "inbox/envelopes", person.sealed() | {"opening": opening}).status_code == 201
    assert Opening.objects.count() == 1


def test_fifty_messages_may_wait_and_an_answer_makes_room(desk: Desk) -> None:
    person = started(desk)
    conversation = Conversation.objects.get()
    Conversation.objects.update(received=50)
    before = all_rows()
    refused = person.call("POST", "inbox/envelopes", person.sealed() | {"opening": None})
    assert (refused.status_code, kind_of(refused)) == (429, "too-many")
    assert all_rows() == before
    Conversation.objects.filter(pk=conversation.pk).update(received=1)
    route_waiting(at=NOON)
    AtDesk(desk, str(who_has(conversation.conversation_id))).reply(conversation.conversation_id)
    assert person.write().status_code == 201


def test_an_answered_thread_waits_again_with_a_new_promise(desk: Desk) -> None:
    person = started(desk)
    conversation = Conversation.objects.get().conversation_id
    route_waiting(at=NOON)
    AtDesk(desk, str(who_has(conversation))).reply(conversation)
    row = Conversation.objects.get()
    assert (row.state, row.unrouted_since, row.waiting_since, row.due_at) == ("answered", None, None, None)
    later = NOON + timedelta(minutes=10)
    set_clock(later)
    taken = person.write()
    row = Conversation.objects.get()
    assert row.state == "waiting"
    assert row.waiting_since is not None
    assert row.waiting_since >= later
    assert taken.json()["reply_by"].startswith("2026-11-26T12:1")


def test_a_second_message_keeps_the_first_ones_place_and_promise(desk: Desk) -> None:
    person = started(desk)
    before = Conversation.objects.values("unrouted_since", "waiting_since", "due_at").get()
    set_clock(NOON + timedelta(hours=1))
    person.come_back()
    assert person.write().json()["reply_by"].startswith("2026-11-26T12:0")
    assert Conversation.objects.values("unrouted_since", "waiting_since", "due_at").get() == before


def test_a_closed_thread_opens_again(desk: Desk) -> None:
    person = started(desk)
    Conversation.objects.update(state="closed", unrouted_since=None, waiting_since=None, due_at=None)
    assert person.write().status_code == 201
    assert Conversation.objects.get().state == "waiting"


def test_a_person_can_still_read_when_the_desk_has_no_key_today(desk: Desk) -> None:
    person = started(desk)
    set_clock(NOON + timedelta(days=40))
    person.come_back()
    assert [text for _, text in texts_of(person.thread(NOON + timedelta(days=40)))] == ["I am worried"]
    before = all_rows()
    body = {"opening": None, "envelope": person.answer()["envelopes"][0]}
    assert person.call("POST", "inbox/envelopes", body).status_code == 200
    spoilt = decode(body["envelope"])
    body["envelope"] = encode(spoilt[:26] + b"\2" + spoilt[27:75] + Conversation.objects.get().received_hash + spoilt[107:])
    assert kind_of(person.call("POST", "inbox/envelopes", body)) == "closed"
    assert all_rows() == before
