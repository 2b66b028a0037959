"""Whoever records the lines of a talk cannot tell from sizes and times whether someone types, waits, needs a moment or hides the page.

For ten minutes. A page whose frames go a little later while someone types is found by the same test, where that is half of what chance
makes.
"""

import random
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from statistics import mean, pstdev

import pytest
from playwright.sync_api import Page

from messaging.hub.frames import BEAT
from tests.parts.browser import Visit
from tests.parts.cut_line import CutLine, Seen
from tests.parts.environment import ARTEFACTS
from tests.parts.live import LiveSite
from tests.parts.told_apart import Block, by_chance
from tests.world.staff import People
from tests.world.under_way import TwoSides

pytestmark = [pytest.mark.browser, pytest.mark.proxy, pytest.mark.long(90), pytest.mark.django_db(transaction=True)]
# A browser's frame is masked (RFC 6455): 8 bytes before the 257. The hub's has 4.
UP, DOWN = 265, 261
# One block is as many beats.
BEATS = 2
TYPES, WAITS, MOMENT, HIDES = "types", "waits", "needs a moment", "hides the page"
# How seldom chance alone may be as far off as what is found, before it is looked at again.
SELDOM = 0.002
# In a page that types: its frames of that time go some milliseconds later. Chance makes each late by up to a hundred.
LEAKS = """(() => {
  const own = WebSocket.prototype.send;
  let typed = -Infinity;
  addEventListener("keydown", () => { typed = performance.now(); }, true);
  WebSocket.prototype.send = function (data) {
    if (performance.now() - typed < 1_000) setTimeout(() => this.readyState === 1 && own.call(this, data), LATER);
    else own.call(this, data);
  };
})();"""


@dataclass
class Side:
    """One side's page and what was recorded of its path."""

    name: str
    page: Page
    path: CutLine
    box: str
    kinds: Sequence[str]
    blocks: list[tuple[str, float, float]] = field(default_factory=list)

    def act(self, kind: str) -> None:
        """A twentieth of a second of it."""
        if kind == TYPES:
            self.page.keyboard.press(random.choice("abcdefghij "))  # noqa: S311 - no secret

    def turn(self, kind: str, talk: TwoSides, *, begins: bool) -> None:
        if kind == MOMENT:
            self.page.get_by_role("button", name="I need a moment").click()
        if kind == HIDES:
            talk.hides() if begins else talk.shows_again()
        elif begins:
            self.page.locator(self.box).focus()

    def frames(self, *, up: bool) -> list[Seen]:
        """Those of the talk's line: after the request that opened it, or its answer. Another socket at the desk is its bell's."""
        of_sockets: dict[int, list[Seen]] = {}
        for seen in self.path.seen:
            if seen.socket and seen.up is up:
                of_sockets.setdefault(seen.connection, []).append(seen)
        return max(of_sockets.values(), key=len)[1:]

    def times(self) -> list[Block]:
        """Of each block, by how much each frame was off the beat that this page keeps."""
        frames = [seen.at for seen in self.frames(up=True)]
        off = [(at, (at - frames[0] + BEAT / 2) % BEAT - BEAT / 2) for at in frames]
        return [Block(kind, [late for at, late in off if begin <= at < end]) for kind, begin, end in self.blocks]

    def rest(self) -> list[Block]:
        """How much else was asked in each block, in bytes."""
        others = [seen for seen in self.path.seen if seen.up and not seen.socket]
        return [Block(kind, [sum(len(seen.data) for seen in others if begin <= seen.at < end)]) for kind, begin, end in self.blocks]

    def found(self, seen: Sequence[Block]) -> dict[str, float]:
        return {kind: by_chance(seen, kind) for kind in sorted({*self.kinds})}

    def told(self) -> str:
        """What was measured, in words."""
        lines = [f"{self.name}: {len(self.frames(up=True))} frames; times {self.found(self.times())}; rest {self.found(self.rest())}"]
        for kind in sorted({*self.kinds}):
            late = [1000 * each for block in self.times() if block.label == kind for each in block.measured]
            lines.append(f"  {kind}: {len(late)} frames, off by {mean(late):.2f} ms on average, deviation {pstdev(late):.2f} ms")
        return "\n".join(lines)


@pytest.fixture
def begin(people: People, live_site: LiveSite, visit: Visit) -> Generator[Callable[..., TwoSides]]:
    begun: list[TwoSides] = []

    def begin(**more: str) -> TwoSides:
        begun.append(TwoSides.begin(people, live_site, visit, watches=True, **more))
        return begun[0]

    yield begin
    for each in begun:
        each.end()


def record(talk: TwoSides, blocks: int, *, hides: bool) -> list[Side]:
    """Each side does one thing for some beats and then another, in an order of its own."""
    persons, desks = ([TYPES, WAITS, MOMENT, HIDES], [TYPES, WAITS, MOMENT, WAITS]) if hides else ([TYPES, WAITS, MOMENT],) * 2
    sides = [
        Side("the person", talk.person.page, talk.persons_path, "#answer-text", persons),
        Side("the counsellor", talk.desk.page, talk.desks_path, "#reply", desks),
    ]
    rounds = blocks // len(persons)
    orders = [[kind for _ in range(rounds) for kind in random.sample(side.kinds, len(side.kinds))] for side in sides]
    for kinds in zip(*orders, strict=True):
        acting = list(zip(sides, kinds, strict=True))
        for side, kind in acting:
            side.turn(kind, talk, begins=True)
        began = time.monotonic()
        while time.monotonic() < began + BEATS * BEAT:
            for side, kind in acting:
                side.act(kind)
            # The page goes on while this waits.
            talk.person.page.wait_for_timeout(50)
        for side, kind in acting:
            side.blocks.append((kind, began, time.monotonic()))
            side.turn(kind, talk, begins=False)
    return sides


@pytest.mark.night("it takes ten minutes; by day the hub and the client alone are watched for seconds")
def test_nothing_tells_typing_from_waiting(begin: Callable[..., TwoSides]) -> None:
    talk = begin()
    blocks = 148
    suspected = {
        (side, what, kind)
        for side in ("the person", "the counsellor")
        for what in ("times", "rest")
        for kind in (TYPES, WAITS, MOMENT, HIDES)
    }
    said: list[str] = []
    sides: list[Side] = []
    # What chance did once it does not do again.
    for _ in range(2):
        sides = record(talk, blocks, hides=True)
        for side in sides:
            said.append(side.told())
            assert {len(seen.data) for seen in side.frames(up=True)} == {UP}
            # Some come together where a machine is busy.
            assert {len(seen.data) % DOWN for seen in side.frames(up=False)} == {0}
        suspected &= {
            (side.name, what, kind)
            for side in sides
            for what, seen in {"times": side.times(), "rest": side.rest()}.items()
            for kind, chance in side.found(seen).items()
            if chance <= SELDOM
        }
        if not suspected:
            break
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / f"capture-{blocks}.txt").write_text("\n".join(said) + "\n")
    assert not suspected, said

    for side, send, asked in ((sides[0], talk.from_person, b"/inbox/envelopes"), (sides[1], talk.from_desk, b"/envelopes")):
        assert_goes_with_a_beat(side, send, asked)


def assert_goes_with_a_beat(side: Side, send: Callable[[str], None], asked: bytes) -> None:
    """When a message is sent says nothing of when it was pressed: a beat of the line lies between."""
    before = side.frames(up=True)[-1].at
    while (last := side.frames(up=True)[-1].at) == before:
        side.page.wait_for_timeout(20)
    # Early in a beat, which has most of its two seconds left.
    side.page.wait_for_timeout(300)
    pressed = time.monotonic()
    send(f"Sent by {side.name}, early in a beat.")
    went = next(
        seen.at for seen in side.path.seen if seen.up and seen.at > pressed and seen.data.startswith(b"POST") and asked in seen.data
    )
    # On its way it may overtake the frame that goes at the same moment.
    assert went - last > BEAT * 0.9, (last, pressed, went)


@pytest.mark.night("it takes as long as finding nothing does")
def test_a_page_whose_frames_tell_is_found(begin: Callable[..., TwoSides]) -> None:
    later, blocks = 50, 60
    side, _ = record(begin(persons_script=LEAKS.replace("LATER", str(later))), blocks, hides=False)
    assert by_chance(side.times(), TYPES) <= SELDOM, side.told()
