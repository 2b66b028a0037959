"""The three that meet in a flood, each in a process of its own: who floods, who reads at the desk, and one person who sends.

All of them ask at fixed instants, whether or not the one before was answered. What is sent was made in advance: the flood costs its sender
little more than writing to a socket, and never does the work that it is asked for.
"""

import http.client
import json
import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from messaging.protocol.peer.work import do_work
from tests.bench.apart import TIMEOUT, Failed
from tests.bench.clients import KeptAlive, request_of

ASKED_FOR_WORK = 429
# Everybody begins together, so long after the processes were started.
HEAD_START = 3.0


@dataclass
class Seen:
    """What one of them saw: each answer's seconds, how many of each status, its own CPU, and the seconds that it took for work."""

    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    cpu: float = 0.0
    seconds: float = 0.0
    worked: list[float] = field(default_factory=list)

    def note(self, status: int, took: float) -> None:
        self.statuses[status] += 1
        self.took.append(took)


Act = Callable[[float, Seen], None]


def flooding(port: int, bodies: Sequence[bytes], a_second: float, threads: int, begin: float, seen: Seen) -> None:
    """Sends them all, and reads what is answered."""

    def one(number: int) -> None:
        line = KeptAlive(port)
        for turn in range(number, len(bodies), threads):
            time.sleep(max(0.0, begin + turn / a_second - time.monotonic()))
            asked = time.monotonic()
            status, _ = line.ask(request_of(port, bodies[turn]))
            seen.note(status, time.monotonic() - asked)
        line.close()

    running = [threading.Thread(target=one, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def reading(port: int, cookie: str, paths: Sequence[str], a_second: float, seconds: float, begin: float, seen: Seen) -> None:
    """A counsellor's browser: the lists, and a conversation, in turn."""
    connection = http.client.HTTPConnection("localhost", port, timeout=TIMEOUT)
    for turn in range(int(a_second * seconds)):
        time.sleep(max(0.0, begin + turn / a_second - time.monotonic()))
        asked = time.monotonic()
        connection.request("GET", paths[turn % len(paths)], headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        seen.note(answer.status, time.monotonic() - asked)
    connection.close()


def sending(port: int, bodies: Sequence[bytes], every: float, begin: float, seen: Seen) -> None:
    """A person's browser, each time another's: it sends, does the work that it is asked for, and sends the same bytes again."""
    for turn, body in enumerate(bodies):
        time.sleep(max(0.0, begin + turn * every - time.monotonic()))
        line, work, took, status = KeptAlive(port), "", 0.0, ASKED_FOR_WORK
        for _ in range(5):
            asked = time.monotonic()
            status, said = line.ask(request_of(port, body, work=work))
            took += time.monotonic() - asked
            if status != ASKED_FOR_WORK:
                break
            begun = time.monotonic()
            work = do_work(json.loads(said)["work"])
            seen.worked.append(time.monotonic() - begun)
        seen.note(status, took)
        line.close()


def together(**acts: "partial[None]") -> dict[str, Seen]:
    """What each of them saw; `begin` and `seen` are given to each.

    Raises:
        Failed: one of them broke down.
    """
    context = multiprocessing.get_context("spawn")
    found: Any = context.SimpleQueue()
    begin = time.monotonic() + HEAD_START
    children = [context.Process(target=_child, args=(name, act, begin, found)) for name, act in acts.items()]
    for child in children:
        child.start()
    said = dict(found.get() for _ in children)
    for child in children:
        child.join()
    for name, seen in said.items():
        if isinstance(seen, str):
            raise Failed(f"{name}: {seen}")
    return said


def _child(name: str, act: "partial[None]", begin: float, found: Any) -> None:
    seen = Seen()
    try:
        before = time.process_time()
        act(begin=begin, seen=seen)
        seen.cpu, seen.seconds = time.process_time() - before, time.monotonic() - begin
        found.put((name, seen))
    except Exception as error:
        found.put((name, repr(error)))
        raise
