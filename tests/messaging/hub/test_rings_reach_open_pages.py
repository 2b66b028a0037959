"""A ring in Redis has both sides of the room look at their next beat, and the desk's bells at once; an outage of Redis is made up for."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from messaging.hub.frames import Kind
from messaging.hub.pace import BEATS_TO_A_LOOK
from messaging.hub.rings import CHANNEL
from messaging.hub.tickets import DESK_ROOM, Side, room_of
from tests.parts.hub import KEY, Hub, besides, seated, ticket
from tests.parts.processes import wait_until
from tests.parts.redis_server import Redis

pytestmark = pytest.mark.redis
type Within = Callable[[Coroutine[Any, Any, None]], None]


def ring(redis_server: Redis, conversation: bytes = b"") -> None:
    with redis_server.client() as client:
        assert client.publish(CHANNEL, room_of(KEY, conversation) if conversation else DESK_ROOM) == 1


def test_both_sides_of_the_room_look_and_nobody_else(hub: Hub, redis_server: Redis, within: Within) -> None:
    async def act() -> None:
        async with (
            seated(hub, ticket(Side.PERSON, b"a")) as person,
            seated(hub, ticket(Side.COUNSELLOR, b"a")) as counsellor,
            seated(hub, ticket(Side.PERSON, b"b")) as other,
            seated(hub, ticket(Side.BELL)) as bell,
        ):
            ring(redis_server, b"a")
            ring(redis_server, b"a")
            await asyncio.gather(person.until(Kind.LOOK), counsellor.until(Kind.LOOK))
            following = [(await each.frame())[0] for each in (person, counsellor, other, other, bell)]
            assert following == [Kind.PULSE] * 5

    within(act())


def test_a_pulse_that_a_look_kept_back_comes_with_the_next_beat(hub: Hub, redis_server: Redis, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"c")) as person, seated(hub, ticket(Side.COUNSELLOR, b"c")) as counsellor:
            await counsellor.frame()
            ring(redis_server, b"c")
            await person.pulse(b"kept".ljust(256))
            await counsellor.until(Kind.LOOK)
            assert (await counsellor.until(Kind.PULSE)).startswith(b"kept")

    within(act())


def test_a_ring_that_was_lost_is_made_up_for_within_fifteen_beats(hub: Hub, redis_server: Redis, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"e")) as person:
            beats = 0
            while (await person.frame())[0] != Kind.LOOK:
                beats += 1
                await person.pulse(bytes(256))
            assert beats <= BEATS_TO_A_LOOK

    within(act())


def test_a_bell_rings_at_once_and_many_rings_in_a_moment_are_few_looks(hub: Hub, redis_server: Redis, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.BELL, session=b"one")) as bell, seated(hub, ticket(Side.BELL, session=b"two")) as other:
            ring(redis_server)
            # Its sign of life is a second away in this hub.
            await asyncio.gather(bell.until(Kind.LOOK), other.until(Kind.LOOK))
            began = time.monotonic()
            for _ in range(200):
                ring(redis_server)
            took = time.monotonic() - began
            await asyncio.sleep(0.3)
            ring(redis_server, b"nobody's")
            looks = 0
            while (await bell.frame())[0] == Kind.LOOK:
                looks += 1
            # One in each gap of a tenth of a second while they came, one more for the last, and one for the edge.
            assert 1 <= looks <= took / 0.1 + 2

    within(act())


def test_a_bell_is_shown_that_the_hub_lives_and_one_that_does_not_answer_is_closed(hub: Hub, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.BELL)) as bell, seated(hub, ticket(Side.BELL, session=b"mute")) as mute:
            closing = asyncio.create_task(mute.code())
            while not closing.done():
                await bell.until(Kind.PULSE)
                await bell.pulse(bytes(256))
            assert await closing == 1008
            await bell.until(Kind.PULSE)

    within(act())


@pytest.mark.parametrize(
    "how", ["killed", pytest.param("frozen", marks=pytest.mark.night("a Redis that hangs is seen after nine seconds"))]
)
def test_after_redis_was_away_everyone_looks(hub: Hub, redis_server: Redis, within: Within, how: str) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.BELL)) as bell, seated(hub, ticket(Side.PERSON, b"d")) as person:

            async def speak() -> None:
                while True:
                    await asyncio.gather(person.pulse(bytes(256)), bell.pulse(bytes(256)))
                    await asyncio.sleep(0.5)

            async with besides(speak()):
                redis_server.kill() if how == "killed" else redis_server.freeze()
                await asyncio.to_thread(wait_until, lambda: hub.figure("helpline_live_hears") == 0, "the hub saw that Redis is away")
                assert hub.says("/health/ready") is None
                assert hub.says("/health/live") is not None
                # Talks go on: what is between two pages needs no Redis. And as nobody rings, everyone looks without.
                await person.until(Kind.PULSE)
                for _ in range(2):
                    await asyncio.gather(person.until(Kind.LOOK), bell.until(Kind.LOOK))
                looking = asyncio.gather(person.until(Kind.LOOK), bell.until(Kind.LOOK))
                redis_server.run() if how == "killed" else redis_server.thaw()
                await looking
                assert hub.says("/health/ready") is not None

    within(act())
