"""Live talks that go on while parts fail: both pages of each, in a thread with an event loop of its own."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Sequence

from messaging.models import Envelope
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from messaging.protocol.peer import Site
from tests.bench.live_cast import CastTalk
from tests.bench.live_line import Network
from tests.bench.live_runs import TalkRun
from tests.bench.live_scene import Scene, on_stage
from tests.drill.moments import longest_gap

# Seconds between two messages of one side, at least; and so many each side writes: every look reads the whole thread.
EVERY, MOST = 4.0, 40
BOTH = (FROM_PERSON, FROM_DESK)


class Talking:
    """The talks, from `open` to `close`, about `seconds` long; what they said is looked at from outside while they go on."""

    def __init__(self, site: Site, casts: Sequence[CastTalk], network: Network, *, seconds: float = 0.0) -> None:
        self.every = max(EVERY, seconds / MOST)
        self.runs = [TalkRun(site, each) for each in casts]
        self._network = network
        self._scene = Scene(network, self.runs)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="live talks")

    def open(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        async def go_on() -> None:
            async with on_stage(self._scene):
                await self._scene.talk(60 * 60 * 24, self.every)

        try:
            asyncio.run(go_on())
        except BaseException as error:  # noqa: BLE001 - said by `check`, in the drill's own thread
            self._error = error

    def check(self) -> None:
        """Raises what went wrong in a page, if anything did."""
        for error in (self._error, *self._network.broken):
            if error is not None:
                raise error

    def close(self) -> None:
        """Nobody begins to write any more; returns when the last message was shown, or had its time."""
        self._scene.until = 0.0
        self._thread.join()
        self.check()

    def abandon(self) -> None:
        """Ends early, when the drill itself has failed."""
        self._scene.until = 0.0
        self._thread.join(60)

    @property
    def well(self) -> bool:
        """Every line is there, and what was sent some beats ago is shown."""
        ago = time.monotonic() - EVERY
        lines = all(line.live for line in self._scene.all_lines())
        return lines and not any(pressed < ago for pressed in self._unshown())

    def _unshown(self) -> list[float]:
        """When each message was pressed that the other page does not show."""
        said = [run.said(direction) for run in self.runs for direction in BOTH]
        return [pressed for each in said for number, pressed in list(each.pressed.items()) if number not in each.shown]

    def longest_away(self, begun: float, ended: float) -> float:
        """The longest time, in seconds, that one of the lines of a talk had no frame of the hub's between these two moments."""
        lines = [line for run in self.runs for line in run.lines]
        return max((longest_gap(begun, [at for at in list(line.frames) if begun < at < ended], ended) for line in lines), default=0.0)

    def longest_message(self, begun: float, ended: float) -> float:
        """The longest time, in seconds, from a press between these two moments until the other page showed it, or until now."""
        now, took = time.monotonic(), [0.0]
        for run in self.runs:
            for each in map(run.said, BOTH):
                took += [each.shown.get(number, now) - at for number, at in list(each.pressed.items()) if begun < at < ended]
        return max(took)

    def findings(self) -> dict[str, list[str]]:
        """After `close`: what was looked for, and each case of it."""
        lost, twice, unshown = [], [], []
        for run in self.runs:
            rows = list(Envelope.objects.filter(conversation=run.cast.pk).values_list("direction", "sequence", "envelope_hash"))
            kept = Counter((direction, sequence, bytes(digest)) for direction, sequence, digest in rows)
            for direction in BOTH:
                said = run.said(direction)
                where = f"of talk {run.cast.number}, direction {direction}"
                lost += [f"message {number} {where}" for number in said.sent if kept[direction, number, said.hashes[number]] != 1]
                unshown += [f"message {number} {where}" for number in said.unshown]
                twice += [where] * said.twice
            twice += [f"row {place} of talk {run.cast.number}" for place, times in Counter(row[:2] for row in rows).items() if times > 1]
        return {
            "in a talk, sent and not there once": lost,
            "in a talk, there or shown twice": twice,
            "in a talk, sent and never shown": unshown,
        }

    @property
    def sent(self) -> int:
        return sum(len(run.said(direction).sent) for run in self.runs for direction in BOTH)
