"""The sizes and the times of what a page is sent are the same whether the other side types, waits, is away, or sends a message."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Generator
from typing import Any

import pytest

from messaging.hub.frames import BEAT, SIZE, Kind, make_frame
from messaging.hub.rings import CHANNEL
from messaging.hub.tickets import Side, room_of
from tests.parts.environment import Installation
from tests.parts.hub import KEY, Client, Hub, besides, seated, ticket
from tests.parts.redis_server import Redis

pytestmark = pytest.mark.redis
BEATS = 5
NAMES = (b"types", b"waits", b"away", b"sends")


@pytest.fixture
def unhurried(installation: Installation, redis_server: Redis) -> Generator[Hub]:
    hub = Hub(installation, name="unhurried-hub")
    hub.run()
    yield hub
    hub.stop()


async def heard(client: Client) -> list[tuple[float, int]]:
    """When each frame came, and how many bytes it had; the page itself sends as a page does."""

    async def speak() -> None:
        while True:
            await client.socket.send(make_frame(Kind.PULSE))
            await asyncio.sleep(BEAT)

    found = []
    async with besides(speak()):
        for _ in range(BEATS):
            raw = await client.socket.recv()
            found.append((time.monotonic(), len(raw)))
    return found


def test_at_each_beat_one_frame_of_one_size(
    unhurried: Hub, redis_server: Redis, within: Callable[[Coroutine[Any, Any, None]], None]
) -> None:
    async def other_side(name: bytes) -> None:
        """What the counsellor does in each of the four talks."""
        if name == b"away":
            return
        async with seated(unhurried, ticket(Side.COUNSELLOR, name)) as counsellor:
            while True:
                if name == b"types":
                    await counsellor.pulse(b"typing".ljust(256))
                if name == b"sends":
                    with redis_server.client() as client:
                        client.publish(CHANNEL, room_of(KEY, name))
                await asyncio.sleep(1.5 if name == b"types" else 0.7)

    async def talk(name: bytes) -> list[tuple[float, int]]:
        async with besides(other_side(name)), seated(unhurried, ticket(Side.PERSON, name)) as person:
            return await heard(person)

    async def act() -> None:
        talks = dict(
            zip(
                (b"types", b"waits", b"away", b"sends"),
                await asyncio.gather(*map(talk, (b"types", b"waits", b"away", b"sends"))),
                strict=True,
            )
        )
        for name, found in talks.items():
            assert {size for _, size in found} == {SIZE}, name
            begin = found[0][0]
            # Never much before its beat, and never two for one. How late a busy machine makes them says nothing.
            for number, (at, _) in enumerate(found):
                assert at - begin > BEAT * number - BEAT / 2, (name, found)
        # From the second on: the first comes when a page sits down, wherever its room’s moment is.
        lasted = [found[-1][0] - found[1][0] for found in talks.values()]
        assert max(lasted) - min(lasted) < BEAT, talks

    within(act())
