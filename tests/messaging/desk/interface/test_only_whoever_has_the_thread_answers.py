"""An answer is taken from the counsellor who has the thread, under their own certificate of the current roster, and from nobody else."""

from datetime import timedelta

import pytest

from messaging.models import Conversation, RoutingEvent
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.primitives import sign
from messaging.protocol.wire import Opening
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, TODAY, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, set_clock, who_has

pytestmark = pytest.mark.django_db


def assigned(desk: Desk) -> tuple[bytes, AtDesk, AtDesk]:
    """A thread, whoever has it, and the other one."""
    conversation = decode(Person().write_first().json()["conversation"])
    route_waiting(at=NOON)
    name = str(who_has(conversation))
    other = next(each for each in desk.members if each != name)
    return conversation, AtDesk(desk, name), AtDesk(desk, other)


def test_another_counsellor_is_told_whose_it_is(desk: Desk) -> None:
    conversation, owner, other = assigned(desk)
    before = all_rows()
    refused = other.reply(conversation)
    assert (refused.status_code, kind_of(refused)) == (403, "not-yours")
    assert owner.name in refused.json()["detail"]
    assert all_rows() == before


def test_a_thread_that_waits_has_to_be_claimed_first(desk: Desk) -> None:
    conversation = decode(Person().write_first().json()["conversation"])
    counsellor = AtDesk(desk, "Callum")
    assert kind_of(counsellor.reply(conversation)) == "not-yours"
    assert counsellor.claim(conversation).json() == {"state": "assigned", "assigned_to": "Callum"}
    assert counsellor.reply(conversation).status_code == 201


def test_an_answer_under_a_colleagues_certificate(desk: Desk) -> None:
    conversation, owner, other = assigned(desk)
    body = desk.sealed_reply(other.name, owner.answer(conversation))
    before = all_rows()
    refused = owner.call("POST", f"conversations/{encode(conversation)}/envelopes", body)
    assert (refused.status_code, kind_of(refused)) == (409, "not-certified")
    assert all_rows() == before


def test_an_answer_whose_signature_does_not_hold(desk: Desk) -> None:
    conversation, owner, _ = assigned(desk)
    body = owner.sealed(conversation)
    raw = bytearray(decode(body["envelope"]))
    raw[-1] ^= 1
    before = all_rows()
    refused = owner.call("POST", f"conversations/{encode(conversation)}/envelopes", body | {"envelope": encode(bytes(raw))})
    assert (refused.status_code, kind_of(refused)) == (403, "bad-proof")
    assert all_rows() == before


def test_a_counsellor_whom_the_new_roster_leaves_out(desk: Desk) -> None:
    conversation = decode(Person().write_first().json()["conversation"])
    owner = AtDesk(desk, "Callum")
    owner.claim(conversation)
    desk.open_epoch(names=["Moira"])
    # Whoever was granted the epoch might pass its seed on: the roster is what counts.
    body = signed_anew(desk.sealed_reply("Moira", owner.answer(conversation)), desk, "Callum")
    before = all_rows()
    refused = owner.call("POST", f"conversations/{encode(conversation)}/envelopes", body)
    assert (refused.status_code, kind_of(refused)) == (409, "not-certified")
    assert all_rows() == before


def signed_anew(body: dict[str, str | None], desk: Desk, name: str) -> dict[str, str | None]:
    """The same opening and envelope, as if that counsellor had written them."""
    keys, certificate_id = desk.keys[name], desk.certificates[name].certificate_id
    opening = decode(body["opening"])[:2438] + certificate_id
    opening += sign(keys.sign_seed, "opening-desk", desk.site.site + opening)
    envelope = decode(body["envelope"])[:8315]
    envelope = envelope[:43] + Opening.parse(opening).opening_hash + envelope[75:]
    signature = sign(keys.sign_seed, "reply", desk.site.site + certificate_id + envelope)
    return {"opening": encode(opening), "envelope": encode(envelope + bytes(1024) + certificate_id + signature)}


def test_a_message_that_came_while_the_answer_was_written_still_waits(desk: Desk) -> None:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    body = counsellor.sealed(conversation)
    person.write("One more thing")
    assert counsellor.call("POST", f"conversations/{encode(conversation)}/envelopes", body).status_code == 201
    row = Conversation.objects.get()
    assert (row.state, row.seen, row.received) == ("assigned", 1, 2)
    assert row.due_at is not None
    assert counsellor.reply(conversation, "I have read that too").status_code == 201
    assert Conversation.objects.get().state == "answered"


def test_a_counsellor_may_write_again_before_the_person_does(desk: Desk) -> None:
    conversation, owner, _ = assigned(desk)
    assert owner.reply(conversation).status_code == 201
    assert owner.reply(conversation, "One more thing").json()["sequence"] == 2


def test_once_answered_no_exact_time_of_the_persons_visit_is_kept(desk: Desk) -> None:
    conversation, owner, _ = assigned(desk)
    set_clock(NOON + timedelta(minutes=7))
    owner.reply(conversation)
    row = Conversation.objects.get()
    assert (row.unrouted_since, row.waiting_since, row.due_at) == (None, None, None)
    *earlier, answered = RoutingEvent.objects.all()
    assert {event.at for event in earlier} == {NOON.replace(hour=0)}
    assert answered.kind == "answered"


def test_a_thread_in_a_later_epoch_is_opened_by_the_counsellor(desk: Desk) -> None:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    route_waiting(at=NOON)
    desk.open_epoch(first_day=TODAY)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    body = counsellor.sealed(conversation)
    assert body["opening"] is not None
    raw = bytearray(decode(body["opening"]))
    raw[-1] ^= 1
    before = all_rows()
    path = f"conversations/{encode(conversation)}/envelopes"
    assert kind_of(counsellor.call("POST", path, body | {"opening": encode(bytes(raw))})) == "bad-proof"
    assert all_rows() == before
    assert counsellor.call("POST", path, body).status_code == 201
    assert person.thread().warnings == []
