"""Live talks under way go on while sockets and tickets are asked for in a flood, from one address and from many."""

import asyncio
import contextlib
import json
import os
import time
from collections import Counter
from collections.abc import Coroutine
from itertools import cycle

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from helpline.clock import now
from messaging.hub.frames import BEAT, Kind, make_frame
from messaging.hub.sockets import MOST_AT_THE_DOOR
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, decode
from tests.bench.live_cast import CastTalk, begin_talks, hire
from tests.bench.live_line import Http, Network, NoAnswer
from tests.bench.live_runs import TalkRun
from tests.bench.live_scene import Scene, longest, on_stage
from tests.parts.whole import Whole
from tests.world.staff import People

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True), pytest.mark.night("twenty seconds of everything at once")]
TALKS, SECONDS, EVERY = 4, 16.0, 3.0
FLOODERS = 60
# One address, and many: all of 127.0.0.0/8 is this machine.
SOURCES = {"one address": ["127.0.0.66"], "many addresses": [f"127.0.1.{number}" for number in range(1, 200)]}


async def hold_sockets(network: Network, source: str, told: Counter[str]) -> None:
    """Opens one socket after the other and shows nothing, or noise, or a frame of another kind."""
    for shown in cycle((None, os.urandom(257), make_frame(Kind.TICKET), make_frame(Kind.PULSE), bytes(4_000))):
        try:
            async with connect(network.socket, compression=None, open_timeout=5, close_timeout=1, local_addr=(source, 0)) as socket:
                told["opened"] += 1
                if shown is not None:
                    await socket.send(shown)
                await asyncio.wait_for(socket.recv(), 10)
        except (OSError, WebSocketException, TimeoutError):
            told["closed"] += 1
        # Who is refused at once comes again at once; this process has to serve the talks besides.
        await asyncio.sleep(0.1)


async def ask_for_tickets(network: Network, source: str, token: str, told: Counter[str]) -> None:
    """Somebody with a session of their own: tickets as fast as they are given, each shown at a socket."""
    http = Http(Network(network.port, source=source), {"Authorization": f"Bearer {token}"})
    with contextlib.closing(http):
        while True:
            with contextlib.suppress(NoAnswer):
                answer = await http.ask("POST", "/api/v1/inbox/live", b"{}")
                told[str(answer.status)] += 1
                if answer.status == 200:
                    await show_ticket(network, source, decode(json.loads(answer.body)["ticket"]))
            await asyncio.sleep(0.1)


async def show_ticket(network: Network, source: str, shown: bytes) -> None:
    """At a socket that is let go at once, or taken by the next."""
    with contextlib.suppress(OSError, WebSocketException, TimeoutError):
        async with connect(network.socket, compression=None, open_timeout=5, close_timeout=1, local_addr=(source, 0)) as socket:
            await socket.send(make_frame(Kind.TICKET, shown))
            await asyncio.wait_for(socket.recv(), 5)


@pytest.mark.parametrize("sources", SOURCES.values(), ids=SOURCES)
def test_no_flood_of_sockets_or_of_tickets_keeps_a_talk_from_going_on(people: People, whole: Whole, sources: list[str]) -> None:
    casts = begin_talks(people, hire(people, 2, at=now()), TALKS + 2, at=now())
    network = Network(whole.proxy.port)
    scene = Scene(network, [TalkRun(people.site, each) for each in casts[:TALKS]])
    told: Counter[str] = Counter()

    async def act() -> None:
        async with on_stage(scene), asyncio.TaskGroup() as group:
            floods = [group.create_task(each) for each in flooders(network, sources, casts[TALKS:], told)]
            began = time.monotonic()
            await scene.talk(SECONDS, EVERY)
            for flood in floods:
                flood.cancel()
            lines = [line for run in scene.runs for line in run.lines]
            assert all(line.live for line in scene.all_lines())
            # No more than three beats were left out, of either page's line; its next frame may be a beat away.
            assert max(longest([began, *(at for at in line.frames if at > began)]) for line in lines) < 4 * BEAT
            assert all(line.refused == 0 and line.pulses for line in lines)
        # Connections that were let go are closed.
        await asyncio.sleep(0.2)

    asyncio.run(act())
    assert told["opened"] > FLOODERS, told
    # A session is told to wait, and so is nobody else's.
    assert told["429"] > told["200"] > 0, told
    assert not network.broken
    for run in scene.runs:
        for direction in (FROM_PERSON, FROM_DESK):
            said = run.said(direction)
            assert said.sent
            assert not said.unshown
            assert said.twice == 0
    assert FLOODERS < MOST_AT_THE_DOOR


def flooders(network: Network, sources: list[str], casts: list[CastTalk], told: Counter[str]) -> list[Coroutine[None, None, None]]:
    """Sixty who hold sockets, and two sessions that ask for tickets ten times over each."""
    addresses = cycle(sources)
    found = [hold_sockets(network, next(addresses), told) for _ in range(FLOODERS)]
    return found + [ask_for_tickets(network, next(addresses), each.token, told) for each in casts for _ in range(10)]
