"""Counsellors see who else looks at a conversation, for seconds and in no table; the second of two who answer is told who was first."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache

from messaging.models import RoutingEvent
from messaging.protocol.encoding import encode
from tests.parts.redis_server import Redis
from tests.world.desk import NOON, Desk, send
from tests.world.person import AtDesk, all_rows, kind_of, set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def test_each_is_told_of_the_other_until_they_leave_or_fall_silent(desk: Desk) -> None:
    conversation, moira, callum = send().conversation, AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    before = all_rows()
    assert moira.does(conversation, "presence", doing="views").json() == {"others": []}
    assert callum.does(conversation, "presence", doing="types").json() == {"others": [{"name": "Moira", "doing": "views"}]}
    assert moira.does(conversation, "presence", doing="views").json() == {"others": [{"name": "Callum", "doing": "types"}]}
    assert callum.does(conversation, "presence", doing="left").status_code == 200
    assert moira.does(conversation, "presence", doing="views").json() == {"others": []}
    set_clock(NOON + timedelta(seconds=30))
    assert callum.does(conversation, "presence", doing="views").json() == {"others": []}
    assert all_rows() == before


@pytest.mark.redis
def test_what_lies_in_redis_of_it_is_json(desk: Desk, redis_server: Redis) -> None:
    conversation = send().conversation
    AtDesk(desk, "Moira").does(conversation, "presence", doing="views")
    with redis_server.client() as client:
        [key] = client.keys("*desk-here-*")
        assert [name for name, _, _ in json.loads(client.get(key)).values()] == ["Moira"]


def test_only_what_can_be_done_in_a_conversation_that_is_there(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    assert kind_of(moira.does(bytes(16), "presence", doing="views")) == "not-found"
    assert kind_of(moira.does(send().conversation, "presence", doing="Hello Callum")) == "malformed"


def test_the_second_tab_is_told_who_answered_and_how_long_ago(desk: Desk) -> None:
    conversation, moira = send().conversation, AtDesk(desk, "Moira")
    moira.claim(conversation)
    late = moira.sealed(conversation, "Too late")
    moira.reply(conversation)
    # The service's clock has gone on since noon, on a busy machine by seconds.
    set_clock(RoutingEvent.objects.get(kind=RoutingEvent.Kind.ANSWERED).at + timedelta(seconds=10))
    refused = moira.call("POST", f"conversations/{encode(conversation)}/envelopes", late)
    assert kind_of(refused) == "conflict"
    assert refused.json()["by"] == "Moira"
    assert 10 <= refused.json()["ago"] < 60
