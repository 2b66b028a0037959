"""Later messages: under a new epoch, after an answer, at most fifty unanswered, and with a promise that the calendar can keep."""

from dataclasses import replace
from datetime import timedelta

import pytest

from messaging.models import Conversation, Opening
from messaging.protocol import wire
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.primitives import sign
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


def test_two_who_open_at_once_both_write(desk: Desk) -> None:
    person = started(desk)
    conversation = Conversation.objects.get().conversation_id
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    desk.open_epoch()
    body = person.sealed("At the same moment")
    assert counsellor.reply(conversation).status_code == 201
    assert person.call("POST", "inbox/envelopes", body).status_code == 201
    assert Opening.objects.filter(epoch=2).count() == 2
    assert person.write("Under the desk's opening").status_code == 201
    assert [text for _, text in texts_of(person.thread())][-2:] == ["At the same moment", "Under the desk's opening"]


def test_a_counsellor_opens_twice_in_an_epoch_and_no_more(desk: Desk) -> None:
    started(desk)
    conversation = Conversation.objects.get().conversation_id
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    desk.open_epoch()
    bodies = [counsellor.sealed(conversation, f"Opening {number}") for number in range(3)]
    path = f"conversations/{encode(conversation)}/envelopes"
    assert counsellor.call("POST", path, bodies[0]).status_code == 201
    # Each opening of its own, and the envelope that follows the ones before.
    for number, body in enumerate(bodies[1:], 1):
        before = all_rows()
        answer = counsellor.call("POST", path, followed(desk, counsellor, conversation, body))
        assert answer.status_code == (201 if number == 1 else 409), answer.content
        if number == 2:
            assert kind_of(answer) == "opening-exists"
            assert all_rows() == before


def followed(desk: Desk, counsellor: AtDesk, conversation: bytes, body: dict[str, str | None]) -> dict[str, str | None]:
    """The opening of a body with an envelope under it that is the next."""
    answer = counsellor.answer(conversation)
    answer["openings"] = [opening for opening in answer["openings"] if wire.Opening.parse(decode(opening)).epoch == 1] + [body["opening"]]
    return {**body, "envelope": desk.sealed_reply(counsellor.name, answer)["envelope"]}


def test_the_persons_opening_stands_once_and_one_under_another_statement_is_none(desk: Desk) -> None:
    person = started(desk)
    desk.open_epoch()
    first = person.sealed("First")
    assert person.call("POST", "inbox/envelopes", first).status_code == 201
    own, statement = wire.Opening.parse(decode(str(first["opening"]))), desk.statements[1]
    raw = own.raw[:-64][:102] + bytes(1168) + own.raw[1270:-64]
    other = raw + sign(person.inbox.sign_seed, "opening-person", desk.site.site + raw)
    place = EnvelopePlace(
        own.conversation, 1, 2, wire.Opening.parse(other).opening_hash, 3, wire.Envelope.parse(decode(str(first["envelope"]))).envelope_hash
    )
    envelope = seal_envelope(desk.site, bytes(32), place, bytes(8192), None)
    before = all_rows()
    refused = person.call("POST", "inbox/envelopes", {"opening": encode(other), "envelope": encode(envelope)})
    assert (refused.status_code, kind_of(refused)) == (409, "opening-exists")
    unsigned = raw + bytes(64)
    refused = person.call("POST", "inbox/envelopes", under(desk, unsigned, place))
    assert (refused.status_code, kind_of(refused)) == (403, "bad-proof")
    elsewhere = raw[:38] + bytes(32) + raw[70:] + bytes(64)
    refused = person.call("POST", "inbox/envelopes", under(desk, elsewhere, place))
    assert (refused.status_code, kind_of(refused)) == (400, "malformed")
    assert statement.number == 2
    assert all_rows() == before


def under(desk: Desk, opening: bytes, place: EnvelopePlace) -> dict[str, str]:
    """An opening, whatever is wrong with it, with an envelope that names it."""
    at = replace(place, opening_hash=wire.Opening.parse(opening).opening_hash)
    return {"opening": encode(opening), "envelope": encode(seal_envelope(desk.site, bytes(32), at, bytes(8192), None))}


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
