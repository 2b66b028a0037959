"""The whole way over the interfaces: a person writes, routing gives, a counsellor answers, the person reads, answers, and deletes."""

import pytest

from messaging.models import Conversation, RoutingEvent
from messaging.protocol.encoding import decode
from messaging.protocol.peer import read_as_desk
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, TODAY, Desk
from tests.world.person import AtDesk, Person, texts_of, who_has

pytestmark = pytest.mark.django_db


def test_there_and_back(desk: Desk) -> None:
    person = Person()
    first = person.write_first("I am worried about what I do at night")
    assert first.status_code == 201
    assert first.json()["sequence"] == 1
    assert first.json()["reply_by"].startswith("2026-11-26T12:0")
    conversation = decode(first.json()["conversation"])

    assert route_waiting(at=NOON) == 1
    name = str(who_has(conversation))
    counsellor = AtDesk(desk, name)
    listed = counsellor.call("GET", "conversations").json()
    assert [line["unread"] for line in listed["mine"]] == [1]
    assert listed["waiting"] == []
    thread = read_as_desk(desk.site, desk.unlocked(name), counsellor.answer(conversation), TODAY)
    assert texts_of(thread) == [(None, "I am worried about what I do at night")]
    assert counsellor.reply(conversation, "I am glad that you wrote").status_code == 201

    assert person.come_back().status_code == 201
    answer = person.answer()
    assert (answer["state"], answer["reply_by"], answer["days"]) == ("answered", None, ["2026-11-25"] * 2)
    thread = person.thread()
    assert texts_of(thread)[1:] == [(name, "I am glad that you wrote")]
    assert thread.warnings == []

    assert person.write("Thank you").status_code == 201
    assert person.answer()["state"] == "waiting"
    assert route_waiting(at=NOON) == 1
    assert who_has(conversation) == name
    assert [event.kind for event in RoutingEvent.objects.all()] == ["assigned", "answered", "assigned"]
    assert counsellor.call("GET", "conversations").json()["mine"][0]["unread"] == 1

    assert person.call("DELETE", "inbox").status_code == 204
    assert Conversation.objects.count() == 0
    assert not any(counsellor.call("GET", "conversations").json().values())
