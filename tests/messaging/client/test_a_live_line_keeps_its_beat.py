"""The client's live line at a real hub, in node: one frame a beat whatever its page does, and polling while there is no hub."""

import asyncio
import json
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from typing import Any

import pytest

from config.hub import HubServer, serving
from messaging.hub.pace import Pace
from messaging.hub.sockets import Hub
from messaging.hub.tickets import Side, holder_of, make_ticket, room_of
from messaging.protocol.encoding import encode
from messaging.release.build import CLIENT, install, node_path
from tests.parts.cut_line import CutLine
from tests.parts.environment import free_port

KEY = b"for-the-tests-of-the-line-alone"
BEAT = 0.2
TYPING, AWAY = 1, 4
Happened = list[dict[str, Any]]


@dataclass
class RunningHub:
    """The hub in a thread of its own; it notes when each socket sent how many bytes, and when it was sent something."""

    port: int
    beat: float = BEAT
    came: defaultdict[int, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    went: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        hub = Hub(KEY, most=20, pace=Pace(beat=self.beat, haste=self.beat / 2))
        hub.hears = True

        async def noted(scope: Any, receive: Any, send: Any) -> None:
            async def hear() -> Any:
                message = await receive()
                if message["type"] == "websocket.receive":
                    self.came[id(scope)].append((time.monotonic(), len(message["bytes"])))
                return message

            async def say(message: Any) -> None:
                if message["type"] == "websocket.send":
                    self.went[id(scope)].append(time.monotonic())
                await send(message)

            await hub(scope, hear, say)

        self.server = HubServer(serving(noted, host="127.0.0.1", port=self.port), hub)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()


@pytest.fixture
def hub() -> Generator[RunningHub]:
    running = RunningHub(free_port())
    yield running
    running.stop()


def ticket(side: Side, room: str = "one") -> str:
    return encode(make_ticket(KEY, side, room_of(KEY, room.encode()), holder_of(KEY, f"{side}{room}".encode()), at=datetime.now(UTC)))


def line(name: str, side: Side, flags: list[int], room: str = "one", tickets: int = 1, failing: int = 0) -> dict[str, Any]:
    return {"name": name, "side": side, "tickets": [ticket(side, room)] * tickets, "flags": flags, "failing": failing}


def begun(hub: RunningHub | CutLine, lasts: float, *lines: dict[str, Any], beat: float = BEAT) -> subprocess.Popen[str]:
    install()
    asked = {"address": f"ws://127.0.0.1:{hub.port}/live/socket", "beat": beat * 1000, "lasts": lasts * 1000, "lines": lines}
    command = [node_path(), CLIENT / "tests" / "parts" / "live_lines.ts"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CLIENT)
    assert process.stdin is not None
    process.stdin.write(json.dumps(asked))
    process.stdin.close()
    process.stdin = None
    return process


def ended(process: subprocess.Popen[str]) -> Happened:
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    happened: Happened = json.loads(said)
    return happened


def of(happened: Happened, name: str, what: str) -> list[Any]:
    return [each["more"] for each in happened if (each["name"], each["what"]) == (name, what)]


def test_a_message_waits_for_one_beat_and_not_for_two() -> None:
    """Both sides of a room are told at one moment, and what a page sends at its beat comes a little before that."""
    beat = 0.8
    hub = RunningHub(free_port(), beat)
    processes = []
    for side, after in ((Side.PERSON, 0.0), (Side.COUNSELLOR, 0.33)):
        time.sleep(after * beat)
        processes.append(begun(hub, 7, line(side.name, side, [0]), beat=beat))
    for process in processes:
        ended(process)
    hub.stop()
    first, second = (times[2:] for times in hub.went.values())
    apart = [min(abs(at - other) for other in second) for at in first if second[0] <= at <= second[-1]]
    assert median(apart) < beat / 8
    for socket, times in hub.came.items():
        told = hub.went[socket]
        ahead = [next((out for out in told if out > at), at) - at for at, _ in times[4:-1]]
        assert beat / 20 < median(ahead) < beat / 3, ahead


def test_who_types_who_waits_and_who_is_away_send_the_same(hub: RunningHub) -> None:
    pages = [("types", [TYPING, 0]), ("waits", [0]), ("away", [AWAY])]
    lines = [line(f"{name} {side.name}", side, flags, room=name) for name, flags in pages for side in (Side.PERSON, Side.COUNSELLOR)]
    happened = ended(begun(hub, 3.5, *lines, line("alone", Side.PERSON, [0], room="alone")))
    assert {"there 0", "there 1"} <= set(of(happened, "types COUNSELLOR", "sees"))
    assert "there 4" in of(happened, "away PERSON", "sees")
    assert of(happened, "alone", "sees") == ["nobody"]
    assert len(hub.came) == 7
    for frames in hub.came.values():
        assert {size for _, size in frames} == {257}
        times = [at for at, _ in frames[1:]]
        # One each beat: over the whole time as many as there were beats, and never two at once.
        assert len(times) == pytest.approx((times[-1] - times[0]) / BEAT + 1, abs=1.5)
        assert min(after - before for before, after in pairwise(times)) > BEAT / 4
    counts = sorted(len(frames) for frames in hub.came.values())
    assert counts[-1] - counts[0] <= 2


def test_a_hub_that_goes_is_asked_about_and_comes_back(hub: RunningHub) -> None:
    # A hub that stops sends pages back one after another, within eight seconds.
    process = begun(hub, 10, line("person", Side.PERSON, [0], tickets=9), line("desk", Side.COUNSELLOR, [0], tickets=9))
    time.sleep(2)
    hub.stop()
    time.sleep(2)
    hub.start()
    happened = ended(process)
    for name in ("person", "desk"):
        states = of(happened, name, "is")
        assert states[:2] == ["live", "polling"]
        assert states[-1] == "live"
        # Each time that it is live again it looks once, and every second (here) while it is not.
        looked = [each["at"] for each in happened if each["name"] == name and each["what"] == "looks"]
        away = next(each["at"] for each in happened if each["name"] == name and each["more"] == "polling")
        assert any(at <= away + 1_500 for at in looked if at > away)
        # A ticket that nobody was shown serves for the next try.
        assert len(of(happened, name, "asks for a ticket")) == 2
        assert len(of(happened, name, "may send")) == 1
        assert of(happened, name, "sees")[-1] == "there 0"


def test_a_page_whose_place_was_taken_does_not_fight_for_it(hub: RunningHub) -> None:
    first = begun(hub, 3, line("first", Side.PERSON, [0], tickets=9))
    time.sleep(1)
    second = begun(hub, 1, line("second", Side.PERSON, [0], tickets=9))
    assert of(ended(second), "second", "is") == ["live"]
    happened = ended(first)
    assert of(happened, "first", "is") == ["live", "elsewhere"]
    taken = next(each["at"] for each in happened if each["more"] == "elsewhere")
    assert not [each for each in happened if each["what"] == "looks" and each["at"] > taken]


def test_without_a_ticket_it_asks_and_asks(hub: RunningHub) -> None:
    happened = ended(begun(hub, 3, line("person", Side.PERSON, [0], tickets=0)))
    assert of(happened, "person", "is") == ["polling"]
    assert len(of(happened, "person", "looks")) >= 2
    assert hub.came == {}


def test_a_look_that_fails_is_made_again_though_the_line_stands(hub: RunningHub) -> None:
    happened = ended(begun(hub, 4, line("person", Side.PERSON, [0], failing=2)))
    assert of(happened, "person", "is") == ["live"]
    # The first when it was live, and one each second (here) until one is answered. The hub alone would ask for two in this time.
    assert len(of(happened, "person", "looks")) >= 3
    assert of(happened, "person", "reaches") == [False, True]


@pytest.mark.parametrize("failing", [0, 100])
def test_a_path_on_which_a_socket_hangs_is_given_up_and_comes_back(hub: RunningHub, failing: int) -> None:
    """Something accepts the connection and forwards nothing: at first the page polls, and then it is forwarded."""
    with CutLine(hub.port) as path:
        path.swallows = True
        process = begun(path, 10, line("person", Side.PERSON, [0], tickets=9, failing=failing))
        time.sleep(4)
        path.heal()
        happened = ended(process)
    assert of(happened, "person", "is") == ["polling", "live"]
    back = next(each["at"] for each in happened if each["more"] == "live") / 1000
    # A try takes 0.6 seconds here, and twice as much after each of those in which the site answered; in between are 0.6 at most.
    assert back < 4 + (6 if failing == 0 else 2.5)
