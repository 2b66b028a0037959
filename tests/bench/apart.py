"""Work that is measured, done by processes of its own that begin together, so that none of it slows what it is measured against."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

TIMEOUT = 120
Act = Callable[[], None]
# From a share of the work and a number of connections: what each connection's thread does.
Prepare = Callable[[Sequence[Any], int], list[Act]]


class Failed(Exception):
    """Something went wrong in one of the processes."""


@dataclass(frozen=True)
class Rate:
    """How many were done, in how many seconds from the first beginning to the last end."""

    count: int
    seconds: float

    @property
    def a_second(self) -> float:
        return self.count / self.seconds


def apart(prepare: Prepare, work: Sequence[Any], *, processes: int, connections: int) -> Rate:
    """Does all the work; what `prepare` itself takes is not counted.

    Raises:
        Failed: in one of the processes.
    """
    context = multiprocessing.get_context("spawn")
    ready, spans = context.Barrier(processes), context.SimpleQueue()
    shares = [work[number::processes] for number in range(processes)]
    children = [context.Process(target=_child, args=(prepare, share, connections, ready, spans)) for share in shares]
    for child in children:
        child.start()
    found = [spans.get() for _ in children]
    for child in children:
        child.join()
    if failures := [each for each in found if isinstance(each, str)]:
        raise Failed(failures[0])
    return Rate(len(work), max(end for _, end in found) - min(begin for begin, _ in found))


def _child(prepare: Prepare, share: Sequence[Any], connections: int, ready: Any, spans: Any) -> None:
    failures: list[BaseException] = []

    def run(act: Act) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the one who waits must hear of it
            failures.append(error)

    try:
        threads = [threading.Thread(target=run, args=(act,)) for act in prepare(share, connections)]
        ready.wait(timeout=TIMEOUT)
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spans.put(repr(failures[0]) if failures else (begin, time.monotonic()))
    except Exception as error:
        ready.abort()
        spans.put(repr(error))
        raise
