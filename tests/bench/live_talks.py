"""What the hub costs, and how soon a ring is a look: `python -m tests.bench.live_talks`.

200 talks, each of two open sockets that send a pulse every two seconds, and 20 bells; five rings of talks and one of the desk a second.
Then a thousand idle sockets, for their memory; then 500 talks in a hub with seats for 800 sockets: what gives is the door. The clients
share the machine with the hub: their own share of it is printed too.
"""

import asyncio
import contextlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom
from statistics import quantiles

from redis.asyncio import Redis as Publisher

from messaging.hub.frames import BEAT, Kind
from messaging.hub.tickets import DESK_ROOM, Side, room_of
from tests.bench.installation import cpu_of, say, say_where
from tests.parts.environment import lay_out, new_installation
from tests.parts.hub import KEY, Client, Hub, opened, seated, ticket
from tests.parts.processes import stop_all
from tests.parts.redis_server import Redis

TALKS, BELLS, SECONDS, IDLE, MANY, SEATS = 200, 20, 30, 1_000, 500, 800
RINGS_A_SECOND = 5
CHANNEL = "helpline:live"
chance = SystemRandom()


@dataclass
class Heard:
    """How long each ring took to become a look, in seconds; `rung` is when a room was rung and has not looked yet."""

    talks: list[float] = field(default_factory=list)
    bells: list[float] = field(default_factory=list)
    rung: dict[bytes, float] = field(default_factory=dict)


def name(number: int) -> bytes:
    return f"talk {number}".encode()


async def converse(client: Client, room: bytes, heard: Heard) -> None:
    """A side of a talk: a pulse at each beat, and notes of each look."""

    async def speak() -> None:
        await asyncio.sleep(BEAT * chance.random())
        while True:
            await client.pulse(os.urandom(256))
            await asyncio.sleep(BEAT)

    async with asyncio.TaskGroup() as group:
        group.create_task(speak())
        while True:
            kind, _ = await client.frame()
            if kind == Kind.LOOK and (rung := heard.rung.get(room)) is not None:
                heard.talks.append(time.monotonic() - rung)


async def listen(client: Client, heard: Heard) -> None:
    """A bell: it answers each sign of life, and notes each look."""
    while True:
        kind, _ = await client.frame()
        if kind == Kind.LOOK and (rung := heard.rung.get(DESK_ROOM)) is not None:
            heard.bells.append(time.monotonic() - rung)
        await client.pulse(os.urandom(256))


async def ring(url: str, heard: Heard) -> None:
    """Rings for so many seconds: talks of which none was rung in the two beats before, and the desk once a second."""
    async with Publisher.from_url(url) as publisher:
        for number in range(SECONDS * RINGS_A_SECOND):
            rooms = [room_of(KEY, name(number % TALKS))] + ([DESK_ROOM] if number % RINGS_A_SECOND == 0 else [])
            for room in rooms:
                heard.rung[room] = time.monotonic()
                await publisher.publish(CHANNEL, room)
            await asyncio.sleep(1 / RINGS_A_SECOND)
    await asyncio.sleep(2 * BEAT)


async def enter(stack: contextlib.AsyncExitStack, hub: Hub, shown: list[bytes]) -> list[Client]:
    """Opens them, thirty at a time."""
    found: list[Client] = []
    for begin in range(0, len(shown), 30):
        found += await asyncio.gather(*(stack.enter_async_context(seated(hub, each)) for each in shown[begin : begin + 30]))
    return found


def kilobytes(hub: Hub) -> int:
    """The hub's memory."""
    status = Path(f"/proc/{hub.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def spread(values: list[float]) -> str:
    cuts = quantiles(values, n=20)
    return f"p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, of {len(values)}"


async def talks(hub: Hub, url: str) -> None:
    heard = Heard()
    shown = [ticket(side, name(number)) for number in range(TALKS) for side in (Side.PERSON, Side.COUNSELLOR)]
    async with contextlib.AsyncExitStack() as stack:
        clients = await enter(stack, hub, shown)
        bells = await enter(stack, hub, [ticket(Side.BELL, session=bytes([number])) for number in range(BELLS)])
        tasks = [asyncio.create_task(converse(client, room_of(KEY, name(number // 2)), heard)) for number, client in enumerate(clients)]
        tasks += [asyncio.create_task(listen(bell, heard)) for bell in bells]
        await asyncio.sleep(BEAT)
        began, cpu, own = time.monotonic(), cpu_of([hub.pid]), time.process_time()
        await ring(url, heard)
        took = time.monotonic() - began
        say(
            f"{TALKS} talks and {BELLS} bells, hub: of a core, memory",
            f"{(cpu_of([hub.pid]) - cpu) / took:.1%}, {kilobytes(hub) / 1024:.0f} MB",
        )
        say("… the clients: of a core", f"{(time.process_time() - own) / took:.0%}")
        say("… a ring of a talk becomes a look, at its beat", spread(heard.talks))
        say("… a ring of the desk becomes a look, at once", spread(heard.bells))
        say("… closed by the hub", str(sum(task.done() for task in tasks)))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def idle(hub: Hub) -> None:
    before = kilobytes(hub)
    async with contextlib.AsyncExitStack() as stack:
        await enter(stack, hub, [ticket(Side.PERSON, name(number)) for number in range(IDLE)])
        say(f"{IDLE} idle sockets: each", f"{(kilobytes(hub) - before) / IDLE:.1f} KB; {kilobytes(hub) / 1024:.0f} MB in all")


async def too_many(hub: Hub) -> None:
    taken = refused = 0
    async with contextlib.AsyncExitStack() as stack:
        for number in range(MANY):
            for side in (Side.PERSON, Side.COUNSELLOR):
                client = await stack.enter_async_context(opened(hub))
                await client.socket.send(b"\1" + ticket(side, name(number)).ljust(256, b"\0"))
                kind, _ = await client.frame()
                taken, refused = taken + (kind == Kind.PULSE), refused + (kind == Kind.GO)
        say(f"{MANY} talks, {SEATS} seats: seated, told when to come back", f"{taken}, {refused}")
        say(
            "… seats still taken then",
            str(sum(int(hub.figure(f'helpline_live_sockets{{side="{side}"}}')) for side in ("person", "counsellor"))),
        )


def main() -> None:
    installation = new_installation()
    lay_out(installation, frozenset())
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    say_where()
    try:
        Redis(installation).run()
        hub = Hub(installation)
        hub.run()
        say("an empty hub: memory", f"{kilobytes(hub) / 1024:.0f} MB")
        asyncio.run(talks(hub, installation.redis_url))
        hub.stop()
        hub = Hub(installation, name="idle-hub", pace="silence=600")
        hub.run()
        asyncio.run(idle(hub))
        hub.stop()
        hub = Hub(installation, name="full-hub", pace="silence=600", HELPLINE_LIVE_SOCKETS=str(SEATS))
        hub.run()
        asyncio.run(too_many(hub))
    finally:
        stop_all()


if __name__ == "__main__":
    main()
