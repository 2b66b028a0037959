"""The sums of this process, in memory until a thread writes them. Counting never waits for a database, and never fails a request."""

import atexit
import logging
import os
import secrets
import threading
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from helpline.models import Tally
from helpline.statistics.store import QUARTER_SECONDS, write_counts
from helpline.web.background import BackgroundJob

log = logging.getLogger(__name__)
EARLIEST_SECONDS, LATEST_SECONDS = 60, 180
# So many different sums are kept while the database is away; what comes after that is not counted. A busy day has some hundreds.
MOST = 5_000
# As the column is wide: one name too long would keep every other sum from being written.
LONGEST_NAME = 40


class CountedSums[Key: Hashable]:
    """One process's sums, and how they become rows; started again in a forked process, whose parent writes its own."""

    # Whether this process writes what it counts, and everything that it counts.
    in_background = False
    every: "list[CountedSums[Any]]" = []

    def __init__(self, write: Callable[[Mapping[Key, int]], None]) -> None:
        self._write = write
        self._job = BackgroundJob("statistics", self._write_and_close, failed=_log, delay=_jitter)
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)
        CountedSums.every.append(self)

    def _begin_anew(self) -> None:
        # A lock that was held when the process forked would stay held for ever.
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._sums: dict[Key, int] = {}
        self._failing = False

    def add(self, key: Key) -> None:
        """One more. The key has no instant finer than a quarter of an hour, and is kept only until it is written."""
        self._put({key: 1})
        if CountedSums.in_background:
            self._job.request()

    def _put(self, more: dict[Key, int]) -> None:
        with self._lock:
            for key, number in more.items():
                if key in self._sums or len(self._sums) < MOST:
                    self._sums[key] = self._sums.get(key, 0) + number

    def _write_and_close(self) -> None:
        try:
            if not self.flush() and CountedSums.in_background:
                self._job.request()
        finally:
            # This thread's own connection: none is held between two writings.
            connection.close()

    def finish(self) -> None:
        """At the end of the process: what has not been written yet."""
        if self._sums:
            self._write_and_close()

    def flush(self) -> bool:
        """Writes the sums, all or none; those that could not be written stay for the next time. Says whether nothing is left."""
        with self._writing:
            with self._lock:
                sums, self._sums = self._sums, {}
            try:
                self._write(sums)
            except Exception as error:  # noqa: BLE001 - whatever the database does, the sums are kept and the process goes on
                self._put(sums)
                if not self._failing:
                    log.warning("Sums of visits could not be written (%s); they are kept for now.", type(error).__name__)
                self._failing = True
                return False
            self._failing = False
            return True

    def forget(self) -> None:
        """Drops what has not been written."""
        with self._lock:
            self._sums = {}


def _jitter() -> float:
    """Seconds until the next writing: nobody learns from a row's instant when someone came."""
    return secrets.SystemRandom().uniform(EARLIEST_SECONDS, LATEST_SECONDS)


def _log(error: Exception) -> None:
    log.warning("Sums of visits could not be written (%s).", type(error).__name__)


def quarter_hour_of(at: datetime) -> int:
    """Which quarter of an hour since 1970: the zone, and so the day, is in the database."""
    return int(at.timestamp()) // QUARTER_SECONDS


sums = CountedSums(write_counts)


def flush_counts() -> bool:
    """Writes everything that this process counted; says whether nothing is left."""
    left = [each for each in CountedSums.every if not each.flush()]
    return not left


def forget_counts() -> None:
    """Drops what has not been written."""
    for each in CountedSums.every:
        each.forget()


def finish_counting() -> None:
    """At the end of the process: what has not been written yet."""
    for each in CountedSums.every:
        each.finish()


def start_counting() -> None:
    """From here on this process writes its sums: a web server's does, a command's need not."""
    if not CountedSums.in_background:
        CountedSums.in_background = True
        atexit.register(finish_counting)


def _add(what: str, at: datetime, *, page: str = "", advert: str = "") -> None:
    sums.add((what, quarter_hour_of(at), page[:LONGEST_NAME], advert))


def count_page_visit(page: str, *, at: datetime) -> None:
    """Someone looked at the page: an address such as /write, or the slug of something to read."""
    _add(Tally.What.VISIT, at, page=page)


def count_advert_visit(advert: str, *, at: datetime) -> None:
    """Someone came by the advert with this code."""
    _add(Tally.What.VISIT, at, advert=advert)


def count_start(*, at: datetime) -> None:
    """Someone read what stays private, and went on to write."""
    _add(Tally.What.START, at)


def count_sent_message(*, at: datetime) -> None:
    """A person's message was taken. Call it on commit."""
    _add(Tally.What.SENT, at)
