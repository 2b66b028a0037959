"""Each change that a list or a thread shows rings, once it is committed: the desk's room, and the conversation's own."""

import time
from collections.abc import Callable

import pytest
from pytest_django import Settings

from helpline.clock import now
from messaging.conversations.expire import expire_conversations
from messaging.hub.rings import rings
from messaging.hub.tickets import DESK_ROOM, bell_room_of, room_of
from messaging.models import Grant
from messaging.routing.hand_back_unable import hand_back_unable
from messaging.routing.route import route_waiting
from tests.parts.environment import LIVE_KEY
from tests.parts.hub import KEY
from tests.parts.processes import wait_until
from tests.world.desk import Desk
from tests.world.noon import clock, conversation, desk, lead, moira, person
from tests.world.person import AtDesk, Person

__all__ = ["clock", "conversation", "desk", "lead", "moira", "person"]
pytestmark = pytest.mark.django_db(transaction=True)
type Heard = list[bytes]


@pytest.fixture(autouse=True)
def heard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What a hub of this very process hears, as the demonstration has one."""
    settings.LIVE_KEY = LIVE_KEY
    found: Heard = []
    monkeypatch.setattr(rings, "inside", found.append)
    return found


def rung(heard: Heard, act: Callable[[], object], *rooms: bytes) -> None:
    # What was rung before has been told.
    time.sleep(0.1)
    heard.clear()
    answer = act()
    assert getattr(answer, "status_code", 200) in {200, 201, 204}, getattr(answer, "content", b"")
    wait_until(lambda: set(rooms) <= set(heard), f"{len(rooms)} rooms were rung", patience=10)


def test_what_is_done_with_a_conversation_rings(heard: Heard, person: Person, desk: Desk, lead: AtDesk, conversation: bytes) -> None:
    moira, room = AtDesk(desk, "Moira"), room_of(KEY, conversation)
    both = room, DESK_ROOM
    rung(heard, lambda: moira.claim(conversation), *both)
    # What stands in one counsellor's lists alone rings at their desk alone.
    own = room, bell_room_of(KEY, desk.members["Moira"].pk)
    rung(heard, lambda: moira.reply(conversation), *own)
    assert DESK_ROOM not in heard
    rung(heard, person.write, *both)
    rung(heard, lambda: moira.does(conversation, "flag", reason="advice"), *both)
    rung(heard, lambda: lead.does(conversation, "flag/opened"), *both)
    rung(heard, lambda: lead.does(conversation, "flag", reason=None), *both)
    rung(heard, lambda: moira.claim(conversation), *both)
    rung(heard, lambda: moira.does(conversation, "snooze", until="tomorrow"), *both)
    rung(heard, lambda: moira.does(conversation, "snooze", until=None), *both)
    rung(heard, lambda: moira.does(conversation, "release"), *both)
    rung(heard, lambda: lead.does(conversation, "take-over"), *both)
    rung(heard, lambda: lead.does(conversation, "block", days=1), *both)
    rung(heard, lambda: lead.does(conversation, "block", days=None), *both)
    lead.answer(conversation)
    rung(heard, lambda: lead.does(conversation, "close", route="self", actions=[], signposts=[]), *both)
    rung(heard, lambda: lead.call("POST", "work", {"takes": 3}), DESK_ROOM)
    rung(heard, lambda: lead.call("POST", "work/break", {"minutes": 10}), DESK_ROOM)
    rung(heard, lambda: lead.call("POST", "work/break", {"minutes": 0}), DESK_ROOM)
    rung(heard, lambda: person.call("DELETE", "inbox"), *both)


def test_a_first_message_and_its_routing_ring(heard: Heard, desk: Desk) -> None:
    rung(heard, Person().write_first, DESK_ROOM)
    rung(heard, lambda: route_waiting(at=now()), DESK_ROOM)
    assert len(set(heard)) == 2


def test_what_goes_back_from_someone_who_can_read_no_more_rings(heard: Heard, desk: Desk, conversation: bytes) -> None:
    AtDesk(desk, "Moira").claim(conversation)
    Grant.objects.filter(certificate__member__counsellor__display_name="Moira").delete()
    rung(heard, lambda: hand_back_unable(at=now()), room_of(KEY, conversation), DESK_ROOM)


def test_looking_rings_nobody(heard: Heard, moira: AtDesk, person: Person, conversation: bytes) -> None:
    time.sleep(0.1)
    heard.clear()
    moira.lists()
    moira.answer(conversation)
    moira.does(conversation, "presence", doing="views")
    person.answer()
    expire_conversations(at=now())
    time.sleep(0.2)
    assert heard == []
