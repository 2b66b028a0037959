"""What is measured of live talks, one part after the other: see `tests.bench.live_whole`."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from messaging.hub.tickets import Side
from messaging.keys.desk_epochs import desk_public_keys
from messaging.models import Conversation
from messaging.protocol.days import day_of
from messaging.protocol.encoding import encode
from messaging.protocol.peer import check_desk, seal_first
from messaging.protocol.peer.keys import inbox_keys_of
from tests.bench.installation import say
from tests.bench.live_line import Line, LinePace, Network
from tests.bench.live_runs import TalkRun
from tests.bench.live_scene import Scene, on_stage
from tests.bench.live_usage import Usage, memory_of, p50_p95, p95, staff_reads
from tests.parts.hub import ticket
from tests.parts.whole import Whole
from tests.world.desk import as_message, receive, signed_body
from tests.world.staff import People

READS_A_SECOND = 4
IDLE_BEAT = 10.0


@dataclass
class Bench:
    """What runs, who takes part, and how long each part of it takes."""

    whole: Whole
    network: Network
    usage: dict[str, Sequence[int]]
    runs: list[TalkRun]
    reader: str
    paths: Sequence[str]
    seconds: float
    every: float
    quiet: float = 0.0

    async def reads(self, seconds: float) -> list[float]:
        """Staff's ordinary reads for so long, in seconds; each is answered as it should be."""
        network = self.network
        seen = await asyncio.to_thread(
            staff_reads, network.port, network.authority, network.host, self.reader, self.paths, READS_A_SECOND, seconds
        )
        if set(seen.statuses) != {200}:
            say("… staff's reads were answered", ", ".join(f"{number} × {status}" for status, number in seen.statuses.items()))
        return seen.took

    async def be_quiet(self, name: str) -> None:
        """What is compared with: the same reads, and nothing else."""
        took = await self.reads(self.seconds / 2)
        self.quiet = p95(took) if not self.quiet else min(self.quiet, p95(took))
        say(f"{name}: a counsellor reads ordinary messages", p50_p95(took, "ms"))

    async def play(self, name: str, scene: Scene, *, both: bool = True) -> None:
        """The talks, with the reads beside them."""
        async with on_stage(scene):
            usage = Usage(self.usage)
            _, took = await asyncio.gather(scene.talk(self.seconds, self.every, both=both), self.reads(self.seconds))
            say(name, f"each side writes every {self.every:.0f} s, for {self.seconds:.0f} s")
            scene.say()
            usage.say()
            say(
                "… a counsellor reads ordinary messages; p95 beside the quiet desk's",
                f"{p50_p95(took, 'ms')}; {p95(took) / self.quiet:.1f} times",
            )

    def begin_hub(self, **settings: str) -> None:
        """A new one in its place, with these variables besides."""
        hub = self.whole.hub
        assert hub.environment is not None
        hub.environment.update(settings)
        hub.stop()
        hub.run()
        self.usage["hub"] = [hub.pid]

    async def idle(self, number: int) -> None:
        """Sockets that say nothing but that they are there, at a hub that had none before."""
        self.begin_hub()
        before = {name: memory_of(self.usage[name]) for name in ("hub", "proxy")}
        names = count()

        async def shown() -> bytes:
            return ticket(Side.PERSON, f"idle {next(names)}".encode())

        lines = [Line(self.network, shown, lambda: None, pace=LinePace(beat=IDLE_BEAT, poll=600)) for _ in range(number)]
        tasks = []
        for line in lines:
            tasks.append(asyncio.create_task(line.run()))
            await asyncio.sleep(0.008)
        await asyncio.sleep(IDLE_BEAT)
        live = sum(line.live for line in lines) or 1
        each = ", ".join(f"{name} {(memory_of(self.usage[name]) - before[name]) * 1024 / live:.0f} KB" for name in before)
        say(f"{number} idle sockets: live; each", f"{live}; {each}")
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def refuse(self, seats: int) -> None:
        """Talks under way in a hub with so many seats, and more that come than it has."""
        self.begin_hub(HELPLINE_LIVE_SOCKETS=str(seats))
        under_way = len(self.runs) * 2 // 5
        old, new = Scene(self.network, self.runs[:under_way]), Scene(self.network, self.runs[under_way:])
        async with on_stage(old), on_stage(new):
            await asyncio.gather(old.talk(self.seconds / 2, self.every), new.talk(self.seconds / 2, self.every))
            say(
                f"{len(self.runs)} talks, {seats} seats: told to come later",
                f"{sum(line.refused for line in new.all_lines())} times, of the old {sum(line.refused for line in old.all_lines())}",
            )
            say(f"… the {under_way} that were there before", "")
            old.say()
            say(f"… the {len(self.runs) - under_way} that came after, with a seat or by asking every ten seconds", "")
            new.say()


async def measure(bench: Bench, talks: int, idle: int) -> None:
    few = bench.runs[:talks]
    await bench.be_quiet("a quiet desk")
    await bench.play(f"{talks} conversations, told at once (no line; the bell)", Scene(bench.network, few, lines=False), both=False)
    await bench.play(f"{talks} talks, at the beat (constant rate)", Scene(bench.network, few))
    await bench.be_quiet("quiet again")
    await bench.idle(idle)
    if len(bench.runs) > talks:
        await bench.play(f"{len(bench.runs)} talks, at the beat", Scene(bench.network, bench.runs))
        # A talk takes two seats, and each desk one for its bell: of those who come, two of three find one.
        await bench.refuse(len(bench.runs) * 8 // 5)


def written_to(people: People, number: int, *, at: datetime) -> list[str]:
    """What a counsellor's browser asks who looks at the lists and at ordinary conversations in turn, of which they have so many."""
    desk = check_desk(people.site, desk_public_keys(at=at, conversation_limit=50), day_of(at))
    paths = []
    for _ in range(number):
        inbox = inbox_keys_of(people.site, os.urandom(32))
        first = seal_first(people.site, inbox, desk, {"route": "self", "terms": 1, "text": "I am worried"})
        taken = receive(as_message(signed_body(inbox, first, at)), at)
        paths += ["/desk/api/conversations", f"/desk/api/conversations/{encode(taken.conversation)}"]
    Conversation.objects.filter(member=None).update(member=people.ailsa.member, state=Conversation.State.ASSIGNED, unrouted_since=None)
    return paths
