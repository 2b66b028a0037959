"""A page that looks every few seconds is told "the same as before" in a few bytes, and at once when anything has changed."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.protocol.encoding import decode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, send
from tests.world.person import AtDesk, Person, Response, call, who_has

pytestmark = pytest.mark.django_db


def look(counsellor: AtDesk, tag: str = "") -> Response:
    return call(counsellor.client, "GET", "/desk/api/conversations", **({"if-none-match": tag} if tag else {}))


def test_the_same_answer_is_not_sent_again(desk: Desk) -> None:
    send()
    counsellor = AtDesk(desk, "Moira")
    tag = look(counsellor)["ETag"]
    again = look(counsellor, tag)
    assert (again.status_code, again.content, again["ETag"], again["Cache-Control"]) == (304, b"", tag, "no-store")


def test_whatever_the_lists_show_makes_another_answer(desk: Desk) -> None:
    counsellor = AtDesk(desk, "Moira")
    person = Person()
    tags = [look(counsellor)["ETag"]]
    conversation = decode(person.write_first().json()["conversation"])
    tags.append(look(counsellor)["ETag"])
    counsellor.claim(conversation)
    tags.append(look(counsellor)["ETag"])
    counsellor.answer(conversation)
    tags.append(look(counsellor)["ETag"])
    counsellor.does(conversation, "snooze", until="tomorrow")
    tags.append(look(counsellor)["ETag"])
    person.come_back()
    person.write()
    tags.append(look(counsellor)["ETag"])
    person.call("DELETE", "inbox")
    tags.append(look(counsellor)["ETag"])
    # Deleted, everything is as it was in the beginning.
    assert tags[0] == tags[-1]
    assert all(one != other for one, other in pairwise(tags))


def test_another_counsellors_answer_is_another_one(desk: Desk) -> None:
    conversation = send().conversation
    route_waiting(at=NOON)
    first, second = AtDesk(desk, str(who_has(conversation))), AtDesk(desk, "Moira" if who_has(conversation) == "Callum" else "Callum")
    assert look(second, look(first)["ETag"]).status_code == 200


def test_a_look_costs_seven_queries_of_conversations_however_many(desk: Desk) -> None:
    counsellor = AtDesk(desk, "Moira")
    with CaptureQueriesContext(connection) as queries:
        look(counsellor)
    lists = [query["sql"] for query in queries if 'FROM "messaging_conversation"' in query["sql"]]
    assert len(lists) == 7
