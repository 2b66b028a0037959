"""People who write at a steady rate, whatever becomes of those before them: who cannot get through stays in line and tries again."""

import queue
import random
import threading
import time

from messaging.protocol.peer import Desk, Site
from tests.journeys.chaos_writers import Crowd, Writer, new_writer

AT_ONCE = 48
# Of those who come: who comes back and writes a second time, and who closes the page at the first failure.
GO_ON, LEAVE = 0.15, 0.05


class Steady(Crowd):
    """So many messages a second, until `close`."""

    pause = 1.0

    def __init__(self, site: Site, port: int, today: int, desk: Desk, *, rate: float, chance: random.Random) -> None:
        super().__init__(site, port, today, [])
        self.desk, self.rate, self.chance = desk, rate, chance
        self._line: queue.SimpleQueue[Writer | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._pacer = threading.Thread(target=self._come, name="pacer")

    @property
    def in_line(self) -> int:
        """How many came, and were not yet begun with."""
        return self._line.qsize()

    def open(self) -> None:
        self.begin(AT_ONCE)
        self._pacer.start()

    def close(self) -> None:
        """Nobody comes any more; returns when everybody who came is done."""
        self._closed.set()
        self._pacer.join()
        self.end()

    def abandon(self) -> None:
        self._closed.set()
        super().abandon()

    def check(self) -> None:
        """Raises what went wrong with somebody who writes, if anything did."""
        for work in self._at_work:
            if work.done():
                work.result()

    def _come(self) -> None:
        due = time.monotonic()
        while not self._closed.wait(max(0, due - time.monotonic())):
            writer = new_writer(self.site, self.desk, len(self.writers))
            kind = self.chance.random()
            writer.goes_on, writer.stays = kind < GO_ON, kind < 1 - LEAVE
            self.writers.append(writer)
            self._line.put(writer)
            due += (1 + writer.goes_on) / self.rate
        for _ in range(AT_ONCE):
            self._line.put(None)

    def _next(self) -> Writer | None:
        return self._line.get()
