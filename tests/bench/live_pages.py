"""The two pages of a live talk, as browsers have them: what they ask at each ring and each beat, and how they send."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from tests.bench.live_line import Http, Line, LinePace, Network, NoAnswer, chance
from tests.bench.live_runs import Once, TalkRun, demand, post_until_sent, ticket

# As in the desk's pages, in seconds: after a ring, between two looks at talks, between two signs of presence, without a bell; and how long
# an answer is waited for before the next ring is heeded.
SOON, TALKS_EVERY, PRESENCE_EVERY, LISTS_EVERY, GAP, SLOWER = 0.5, 5.0, 8.0, 30.0, 0.3, 4
BELL = LinePace(beat=4.0, poll=60.0)


class PersonPage:
    """Somebody in their open conversation; `line`: with the hub, else they ask every ten seconds."""

    def __init__(self, network: Network, run: TalkRun, *, line: bool = True) -> None:
        self._http = Http(network, {"Authorization": f"Bearer {run.cast.token}"})
        self._run, self._tag = run, ""
        self.look = Once(self._look, network.broken)
        self.line = (
            Line(
                network,
                lambda: ticket(self._http, "/api/v1/inbox/live"),
                self.look,
                mark=run.mark(FROM_PERSON),
                expects=run.mark(FROM_DESK),
            )
            if line
            else None
        )
        if self.line is not None:
            run.lines.append(self.line)

    async def _look(self) -> None:
        demand(await self._http.ask("GET", "/api/v1/inbox/live/request"), 200)
        answer = demand(await self._http.ask("GET", "/api/v1/inbox", tag=self._tag), 200, 304)
        if answer.status == 200:
            self._tag = answer.tag
            self._run.ears[FROM_DESK].hear(json.loads(answer.body)["envelopes"])

    async def write(self) -> None:
        await post_until_sent(self._http, "/api/v1/inbox/envelopes", self._run.voices[FROM_PERSON], self.line)

    async def stay(self) -> None:
        """Until it is cancelled."""
        try:
            if self.line is not None:
                await self.line.run()
            await asyncio.Event().wait()
        finally:
            self._http.close()


class CounsellorPage:
    """An open desk with some talks: its bell, its lists, and beside each talk a line of its own (`lines`)."""

    def __init__(self, network: Network, headers: dict[str, str], runs: Iterable[TalkRun], *, lines: bool = True) -> None:
        self._http = Http(network, headers)
        self._runs = {run.cast.address: run for run in runs}
        self._tag, self._seen = "", dict[str, dict[str, Any] | None]()
        self._lines: dict[str, dict[str, Any]] = {}
        self._heeds = 0.0
        self._rung, self._talk_rung = asyncio.Event(), asyncio.Event()
        self.bell = Line(network, lambda: ticket(self._http, "/desk/api/live"), self._ring, pace=BELL)
        self.lines: dict[str, Line] = {}
        for address, run in self._runs.items() if lines else ():
            self.lines[address] = Line(
                network,
                self._talk_ticket(address),
                lambda: None,
                mark=run.mark(FROM_DESK),
                expects=run.mark(FROM_PERSON),
            )
            run.lines.append(self.lines[address])

    def _talk_ticket(self, address: str) -> Callable[[], Awaitable[bytes]]:
        return lambda: ticket(self._http, f"/desk/api/conversations/{address}/live")

    def _ring(self) -> None:
        self._rung.set()
        self._talk_rung.set()

    async def _hear_bell(self) -> None:
        """The lists at each ring that is heeded, and now and then without; what changed in them is read."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LISTS_EVERY if self.bell.live else TALKS_EVERY):
                    await self._rung.wait()
            await asyncio.sleep(self._heeds - time.monotonic())
            self._rung.clear()
            began = time.monotonic()
            with contextlib.suppress(NoAnswer):
                await self._lists()
            self._heeds = time.monotonic() + max(GAP, SLOWER * (time.monotonic() - began))

    async def _lists(self) -> None:
        answer = demand(await self._http.ask("GET", "/desk/api/conversations", tag=self._tag), 200, 304)
        # The same as last time may be new all the same: what was unread then was read since, and as much is unread now.
        if answer.status == 200:
            lists = json.loads(answer.body)
            self._tag, self._lines = answer.tag, {each["conversation"]: each for name in ("mine", "answered") for each in lists[name]}
        lines = self._lines
        changed = [address for address in self._runs if self._seen.get(address) != lines.get(address)]
        if changed:
            with contextlib.suppress(NoAnswer):
                await self._http.ask("GET", "/desk/api/work")
        for address in changed:
            await self._open(address, whole=self._seen.get(address) is None)
            # One that could not be opened is opened at the next look: the page says so, and has a button for it.
            self._seen[address] = {**lines[address], "unread": 0} if address in lines else None

    async def _open(self, address: str, *, whole: bool = False) -> None:
        """What the page asks when it draws a conversation again: its notes and disclosures only where more than a message came."""
        path = f"/desk/api/conversations/{address}"
        answer = demand(await self._http.ask("GET", path), 200)
        self._runs[address].ears[FROM_PERSON].hear(json.loads(answer.body)["envelopes"])
        if whole:
            await asyncio.gather(*(self._http.ask("GET", f"{path}/{part}") for part in ("notes", "disclosures")))

    async def _look_at_talks(self) -> None:
        """Half a second after a ring, else every ten; every five without a bell."""
        while True:
            self._talk_rung.clear()
            with contextlib.suppress(NoAnswer):
                demand(await self._http.ask("POST", "/desk/api/talks", b'{"here": true}'), 200)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TALKS_EVERY * (2 if self.bell.live else 1)):
                    await self._talk_rung.wait()
                    await asyncio.sleep(SOON)

    async def _be_there(self, address: str) -> None:
        await asyncio.sleep(PRESENCE_EVERY * chance.random())
        while True:
            with contextlib.suppress(NoAnswer):
                await self._http.ask("POST", f"/desk/api/conversations/{address}/presence", b'{"doing": "views"}')
            await asyncio.sleep(PRESENCE_EVERY)

    async def write(self, run: TalkRun) -> None:
        """A reply; what was said is drawn again afterwards."""
        address = run.cast.address
        await post_until_sent(self._http, f"/desk/api/conversations/{address}/envelopes", run.voices[FROM_DESK], self.lines.get(address))
        with contextlib.suppress(NoAnswer):
            await self._open(address)
        self._rung.set()

    async def stay(self) -> None:
        """Until it is cancelled."""
        with contextlib.suppress(NoAnswer):
            await self._lists()
        acts = [self.bell.run(), self._hear_bell(), self._look_at_talks()]
        # The page shows one conversation at a time, and says so of that one.
        acts += [self._be_there(address) for address in list(self._runs)[:1]]
        acts += [line.run() for line in self.lines.values()]
        try:
            async with asyncio.TaskGroup() as group:
                for act in acts:
                    group.create_task(act)
        finally:
            self._http.close()
