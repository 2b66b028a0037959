"""Live talks under way in an installation: pages that come, write in turn, and are listened to until the last message was shown."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from messaging.hub.frames import BEAT
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from tests.bench.installation import say
from tests.bench.live_line import Line, Network, chance
from tests.bench.live_pages import CounsellorPage, PersonPage
from tests.bench.live_runs import TalkRun
from tests.bench.live_usage import p50_p95

# Pages come one after another, so many a second; and after the last message was pressed it has so long to be shown.
COME, AFTER = 40, 4 * BEAT
PATIENCE = 30.0


@dataclass
class Scene:
    """Talks with both pages. `lines`: with the hub; without, persons send at once, and counsellors hear by the bell alone."""

    network: Network
    runs: list[TalkRun]
    lines: bool = True
    persons: list[PersonPage] = field(default_factory=list)
    desks: list[CounsellorPage] = field(default_factory=list)
    began: float = 0.0
    # Nobody begins to write after it (monotonic).
    until: float = math.inf
    _desk_of: dict[str, CounsellorPage] = field(default_factory=dict)

    async def enter(self, group: asyncio.TaskGroup) -> None:
        """All come; returns when their lines are live, or after a while."""
        by_browser: dict[str, list[TalkRun]] = {}
        for run in self.runs:
            by_browser.setdefault(run.cast.browser["Cookie"], []).append(run)
        for share in by_browser.values():
            desk = CounsellorPage(self.network, share[0].cast.browser, share, lines=self.lines)
            self.desks.append(desk)
            self._desk_of.update({run.cast.address: desk for run in share})
        self.persons = [PersonPage(self.network, run, line=self.lines) for run in self.runs]
        for stay in (*(desk.stay for desk in self.desks), *(person.stay for person in self.persons)):
            group.create_task(stay())
            await asyncio.sleep(1 / COME)
        end = time.monotonic() + PATIENCE
        while not all(line.live for line in self.all_lines()) and time.monotonic() < end:
            await asyncio.sleep(0.1)
        self.began = time.monotonic()

    def all_lines(self) -> Iterable[Line]:
        """Those that stand, or are to."""
        for desk in self.desks:
            yield desk.bell
            yield from desk.lines.values()
        for person in self.persons:
            if person.line is not None:
                yield person.line

    async def talk(self, seconds: float, every: float, *, both: bool = True) -> None:
        """Each side writes every so often, persons alone where not `both`. After so many seconds the last words have time to be shown."""
        self.until = min(self.until, time.monotonic() + seconds)
        acts: list[Coroutine[Any, Any, None]] = [self._keep_writing(person.write, every) for person in self.persons]
        if both:
            acts += [self._keep_writing(self._reply(run), every) for run in self.runs]
        await asyncio.gather(*acts)
        end = time.monotonic() + AFTER
        while self.unshown() and time.monotonic() < end:
            await asyncio.sleep(0.1)

    def _reply(self, run: TalkRun) -> Callable[[], Coroutine[Any, Any, None]]:
        return lambda: self._desk_of[run.cast.address].write(run)

    async def _keep_writing(self, write: Callable[[], Coroutine[Any, Any, None]], every: float) -> None:
        await asyncio.sleep(every * chance.random())
        while time.monotonic() < self.until:
            await write()
            await asyncio.sleep(max(0.0, min(every * (0.5 + chance.random()), self.until - time.monotonic())))

    def unshown(self) -> int:
        """How many messages were sent that the other page does not show; where there are no lines, a person's page shows none."""
        heard = (FROM_PERSON, FROM_DESK) if self.lines else (FROM_PERSON,)
        return sum(len(run.said(direction).unshown) for run in self.runs for direction in heard)

    def took(self, direction: int) -> list[float]:
        """Seconds from the press to the other screen, of what was pressed since all had come."""
        found = []
        for run in self.runs:
            said = run.said(direction)
            found += [said.shown[number] - said.pressed[number] for number in said.shown if said.pressed.get(number, 0) >= self.began]
        return found

    def say(self) -> None:
        """How soon messages came, and what did not."""
        say("… person to counsellor, from the press to the other screen", p50_p95(self.took(FROM_PERSON)))
        if self.lines:
            say("… counsellor to person", p50_p95(self.took(FROM_DESK)))
        both = [run.said(direction) for run in self.runs for direction in (FROM_PERSON, FROM_DESK)]
        say(
            "… sent; not shown; shown twice",
            f"{sum(len(said.sent) for said in both)}; {self.unshown()}; {sum(said.twice for said in both)}",
        )
        lines = list(self.all_lines())
        say("… lines: live, of", f"{sum(line.live for line in lines)}, {len(lines)}")
        talks = [line for run in self.runs for line in run.lines[-2:]]
        if self.lines:
            silence, unheard = max(longest(line.frames) for line in talks), max(longest(line.pulses) for line in talks)
            say("… longest without a frame; without a pulse of the other side", f"{silence:.1f} s; {unheard:.1f} s")
        for error in self.network.broken:
            say("… a page met", repr(error))
        self.network.broken.clear()
        if self.network.failed:
            say("… requests that failed", f"{len(self.network.failed)}: {', '.join(sorted(set(self.network.failed)))}")
            self.network.failed.clear()


def longest(moments: Sequence[float]) -> float:
    """Seconds between two that follow one another, until now."""
    return max((after - before for before, after in pairwise([*moments, time.monotonic()])), default=0.0)


@asynccontextmanager
async def on_stage(scene: Scene) -> AsyncIterator[Scene]:
    """All have come; all go afterwards."""
    try:
        async with asyncio.TaskGroup() as group:
            await scene.enter(group)
            yield scene
            raise _Over
    except* _Over:
        pass


class _Over(Exception):
    """All go."""
