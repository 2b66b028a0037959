"""Measures the installation's request rate without recording who asks; under load, work is asked for (PROTOCOL §7.10).

Each process counts in memory, so that no request waits for anything. One thread adds what it counted to a sum of ten seconds in the cache,
about once a second and only while something comes, and reads what all processes counted together. When the cache is away a process knows
of its own requests alone, which is enough to protect it.
"""

import logging
import os
import threading
from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from helpline.web.background import BackgroundJob
from messaging.flood.proof_of_work import MOST_LEVEL

log = logging.getLogger(__name__)
WINDOW = 10  # Seconds.
PAUSE_SECONDS = 1.0
STEP = 4  # Each level begins at so many times the rate of the one before.
DEEP = "load-deep"  # Whether too many conversations wait; the watch says so each minute (`share_load_deep`).
DEEP_SECONDS = 300
DRAFTS = "load-drafts"  # How much work a draft is worth because so many are kept; the watch says so each minute (`share_drafts_kept`).


class LoadMeter:
    """This process's count and what it knows of the others'; started again in a forked process."""

    def __init__(self) -> None:
        self.shares = False
        self._job = BackgroundJob("load", self.exchange, pause=PAUSE_SECONDS, failed=self._say)
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Nothing was counted."""
        self._window = 0
        self._own = self._told = 0  # Of this window: counted here, and how much of that the others know.
        self._all = self._before = 0  # What everyone counted in this window, as last read, and in the one before.
        self._deep, self._drafts = False, 0

    def count(self, at: datetime) -> None:
        """One more request that costs something; returns at once."""
        with self._lock:
            self._turn(at)
            self._own += 1
        if self.shares:
            self._job.request()

    def level(self, at: datetime, *, draft: bool = False) -> int:
        """0 when nothing is asked for; otherwise how much work, up to MOST_LEVEL. For a draft it counts besides how many are kept."""
        with self._lock:
            self._turn(at)
            passed = (at.timestamp() % WINDOW) / WINDOW
            rate = self._known() + self._before * (1 - passed)
            least = max(1 if self._deep else 0, self._drafts if draft else 0)
        return max(_level_of(rate, settings.FLOOD_FROM), least)

    def _known(self) -> int:
        return self._all + self._own - self._told

    def _turn(self, at: datetime) -> None:
        window = int(at.timestamp()) // WINDOW
        if window != self._window:
            self._before = self._known() if window == self._window + 1 else 0
            self._window, self._own, self._told, self._all = window, 0, 0, 0

    @staticmethod
    def _say(error: Exception) -> None:
        log.warning("The load of other processes is not known (%s).", type(error).__name__)

    def exchange(self) -> None:
        """Tells the cache what was counted since the last time, and reads the sum."""
        with self._lock:
            window, more = self._window, self._own - self._told
        key = f"load-{window}"
        cache.add(key, 0, timeout=3 * WINDOW)
        everybody = cache.incr(key, more)
        said = cache.get_many([DEEP, DRAFTS])
        with self._lock:
            self._deep, self._drafts = bool(said.get(DEEP)), int(said.get(DRAFTS, 0))
            if window == self._window:
                self._told, self._all = self._told + more, everybody


def _level_of(found: float, first: float) -> int:
    """How many steps it has reached, the first at so many and each further one at STEP times as many."""
    return next((level for level in range(MOST_LEVEL) if found < first * STEP**level), MOST_LEVEL)


meter = LoadMeter()


def share_load_deep(waiting: int) -> None:
    """Notes for every process whether too many conversations wait; forgotten automatically when nobody says so again."""
    if waiting >= settings.FLOOD_QUEUE:
        cache.set(DEEP, 1, timeout=DEEP_SECONDS)
    else:
        cache.delete(DEEP)


def share_drafts_kept(count: int) -> None:
    """Notes for every process how many drafts are kept: nobody answers one, so nothing else would ever hold back who writes thousands."""
    cache.set(DRAFTS, _level_of(count, settings.FLOOD_QUEUE), timeout=DEEP_SECONDS)


def start_metering() -> None:
    """From here on this process tells the others what it counts: a web server's does."""
    meter.shares = True
