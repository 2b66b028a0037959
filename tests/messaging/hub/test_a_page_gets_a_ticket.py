"""Both interfaces give out tickets that the hub takes: for one's own side of an open conversation, and for the desk's bell."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from messaging.http.live_tickets import watch
from messaging.hub.frames import BEAT, Kind
from messaging.hub.tickets import Side, bell_room_of, read_ticket, room_of
from messaging.protocol.encoding import decode, encode
from tests.parts.environment import LIVE_KEY
from tests.parts.hub import KEY, Hub, seated
from tests.parts.processes import wait_until
from tests.parts.redis_server import Redis
from tests.world.noon import clock, conversation, desk, lead, moira, person
from tests.world.person import AtDesk, Person, Response

__all__ = ["clock", "conversation", "desk", "lead", "moira", "person"]
pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def live(settings: Settings, redis_server: Redis, hub: Hub) -> Generator[None]:
    settings.LIVE_KEY = LIVE_KEY
    wait_until(hub.ready, "the hub hears")
    watch.forget()
    yield
    watch.forget()


def ticket_in(answer: Response) -> bytes:
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["beat"] == BEAT
    return decode(body["ticket"])


def test_person_and_counsellor_meet_in_one_room_whose_name_says_nothing(
    person: Person, moira: AtDesk, conversation: bytes, hub: Hub, within: Callable[[Coroutine[Any, Any, None]], None]
) -> None:
    shown = ticket_in(person.call("POST", "inbox/live", {})), ticket_in(moira.does(conversation, "live"))
    said = [read_ticket(KEY, each, at=datetime.now(UTC)) for each in shown]
    assert [each.side for each in said] == [Side.PERSON, Side.COUNSELLOR]
    assert {each.room for each in said} == {room_of(KEY, conversation)}
    assert said[0].holder != said[1].holder
    assert not [each for each in shown if conversation in each or encode(conversation).encode() in each]

    async def act() -> None:
        async with seated(hub, shown[0]) as here, seated(hub, shown[1]) as there:
            await here.pulse(b"hello".ljust(256))
            while not (await there.until(Kind.PULSE)).startswith(b"hello"):
                await asyncio.sleep(0)
            # What is committed rings: the reply has both look.
            assert (await asyncio.to_thread(moira.reply, conversation)).status_code == 201
            await asyncio.gather(here.until(Kind.LOOK), there.until(Kind.LOOK))

    within(act())


def test_the_bell_is_every_counsellors(moira: AtDesk, lead: AtDesk) -> None:
    said = [read_ticket(KEY, ticket_in(each.call("POST", "live", {})), at=datetime.now(UTC)) for each in (moira, lead)]
    assert [(each.side, each.room) for each in said] == [
        (Side.BELL, bell_room_of(KEY, each.desk.members[each.name].pk)) for each in (moira, lead)
    ]
    assert len({each.holder for each in said}) == 2


def test_only_who_has_the_conversation_sits_at_its_side(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    answer = lead.does(conversation, "live")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-yours")
    lead.does(conversation, "take-over")
    assert lead.does(conversation, "live").status_code == 200
    assert moira.does(conversation, "live").status_code == 403


def test_a_closed_conversation_and_one_that_is_none_have_no_room(person: Person, moira: AtDesk, conversation: bytes) -> None:
    moira.answer(conversation)
    assert moira.does(conversation, "close", route="self", actions=[], signposts=[]).status_code == 200
    assert person.call("POST", "inbox/live", {}).status_code == 404
    assert moira.does(conversation, "live").status_code == 403
    assert moira.does(bytes(16), "live").status_code == 404
    assert Person().call("POST", "inbox/live", {}).status_code == 401


def test_too_many_tickets_are_refused_with_the_seconds_to_wait(person: Person, moira: AtDesk) -> None:
    for asks, path, most in ((person.call, "inbox/live", 10), (moira.call, "live", 30)):
        answers = [asks("POST", path, {}) for _ in range(most + 1)]
        assert [each.status_code for each in answers] == [200] * most + [429]
        assert answers[-1].json()["wait"] > 0


@pytest.mark.parametrize("lack", ["no key", "no Redis", "no hub"])
def test_where_nobody_would_hear_nobody_gets_a_ticket(
    person: Person, moira: AtDesk, settings: Settings, redis_server: Redis, hub: Hub, lack: str
) -> None:
    if lack == "no key":
        settings.LIVE_KEY = ""
    elif lack == "no Redis":
        redis_server.kill()
    else:
        hub.kill()
    watch.forget()
    for answer in (person.call("POST", "inbox/live", {}), moira.call("POST", "live", {})):
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/live-unavailable")
    if lack == "no hub":
        hub.run()
