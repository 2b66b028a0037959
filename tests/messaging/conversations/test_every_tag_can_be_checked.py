"""The server gives a reader what tags are checked with: everyone's certificate, also of those who have gone (§4.6, §7.6)."""

import pytest

from messaging.models import Conversation
from messaging.protocol.encoding import decode, encode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, kind_of, who_has

pytestmark = pytest.mark.django_db


def test_the_certificates_of_every_roster_are_there_after_two_epochs_more(desk: Desk) -> None:
    person = Person()
    person.write_first()
    first = desk.statements[0]
    route_waiting(at=NOON)
    conversation = Conversation.objects.get().conversation_id
    desk.join("Isla")
    desk.open_epoch(names=["Moira", "Isla"])
    desk.open_epoch(names=["Moira", "Isla"])
    person.come_back()
    thread = person.thread()
    assert set(first.roster) <= set(thread.certificates)
    assert [item.vouched for item in thread.items if item.kind == "message"] == [True]
    assert not thread.warnings
    moira = AtDesk(desk, "Moira")
    assert len(moira.answer(conversation)["certificates"]) == 3


def test_a_true_thread_is_vouched_for_to_each_side(desk: Desk) -> None:
    person = Person()
    person.write_first()
    route_waiting(at=NOON)
    conversation = Conversation.objects.get().conversation_id
    counsellor = AtDesk(desk, str(who_has(conversation)))
    counsellor.reply(conversation)
    person.come_back()
    assert person.write("Thank you").status_code == 201
    assert [item.vouched for item in person.thread().items if item.kind == "message"] == [True, None, True]


def test_a_place_of_nobodys_is_refused_in_a_later_message_too(desk: Desk) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    body = person.sealed("Again")
    raw = bytearray(decode(body["envelope"]))
    raw[8315 + 16 * len(desk.statements[0].roster)] ^= 1
    assert kind_of(person.call("POST", "inbox/envelopes", body | {"envelope": encode(bytes(raw))})) == "malformed"
    assert person.call("POST", "inbox/envelopes", body).status_code == 201
