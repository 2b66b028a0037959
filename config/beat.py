"""Celery beat with leader election; of several, one sends tasks: `celery --app config.celery beat --scheduler config.beat:OneAtATime`.

The lock is Postgres's, held by a session, because that fails safe both ways. A beat that dies loses it with its connection; one that
freezes or is cut off says nothing for IDLE_SECONDS, and Postgres ends its session; one that comes back finds out before it sends.
A lock in Redis would be gone with Redis's memory, and two would act. Where Postgres is down none acts, and no task could do anything.
"""

import contextlib
import tempfile
import time
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from celery.beat import Scheduler
from celery.utils.log import get_logger
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

log = get_logger(__name__)
LOCK = 0x68656C70  # Any number that nobody else's advisory lock has.
LOOK_SECONDS = 2.0
SLACK = timedelta(seconds=1)  # A clock that the network puts right by a little is no matter.
IDLE_SECONDS = 20  # Longer than the longest tick: publishing gives up after a few seconds.
SAY_AGAIN_SECONDS = 300.0
PULSE = Path(tempfile.gettempdir()) / "helpline-beat"  # Touched at each look; the container's health check reads its age.


class BeatLock:
    """One session's lock. `held` may be asked at any time, and says the truth of that moment."""

    def __init__(self) -> None:
        # A connection of its own: what else this process asks of the database must neither close it nor keep it awake.
        self._connection: BaseDatabaseWrapper = connection.copy()

    def held(self) -> bool:
        """Takes the lock or confirms it. False while another session has it, or the database does not answer."""
        try:
            new = self._connection.connection is None
            with self._connection.cursor() as cursor:
                if new:
                    cursor.execute("SET idle_session_timeout = %s", [f"{IDLE_SECONDS}s"])
                # A session may take it again and again, so one question serves a session that has it, and a new one.
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                return bool(cursor.fetchone()[0])
        except DatabaseError:
            self.give_up()
            return False

    def give_up(self) -> None:
        """Ends the session, and with it the lock."""
        try:
            self._connection.close()
        except DatabaseError:
            self._connection.connection = None


class OneAtATime(Scheduler):  # type: ignore[misc]
    """Celery's scheduler in memory, which ticks while this process has the lock and looks again every other second while not."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lock = BeatLock()
        self._acting: bool | None = None
        self._unsent, self._say_again_at = 0, 0.0
        self.max_interval = LOOK_SECONDS

    def tick(self, *args: Any, **options: Any) -> float:
        """Seconds until the next look."""
        with contextlib.suppress(OSError):
            PULSE.touch()
        acting = self._lock.held()
        if acting is not self._acting:
            log.warning("This beat has the lock and acts." if acting else "Another beat acts, or the database is away: this one waits.")
            # Whatever became due in between is sent now: rather once too often than not, for every task may come twice.
            self._acting = acting
        self._forget_what_is_to_come()
        return float(super().tick(*args, **options)) if acting else LOOK_SECONDS

    @cached_property
    def producer(self) -> Any:
        """Celery's own waits here, for minutes, until the broker is there; this one connects when a task is sent, and gives up at once."""
        return self.Producer(self.connection, auto_declare=False)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        """Asks for a task. While the broker is away Celery's own would write a traceback each time, and fill the log with them."""
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next tick tries again
            self._unsent += 1
            if time.monotonic() >= self._say_again_at:
                self._say_again_at = time.monotonic() + SAY_AGAIN_SECONDS
                log.warning("The broker took no task (%s: %s); %d were not sent so far.", type(error).__name__, error, self._unsent)
        else:
            if self._unsent:
                log.warning("The broker takes tasks again; %d were not sent.", self._unsent)
            self._unsent, self._say_again_at = 0, 0.0

    def _forget_what_is_to_come(self) -> None:
        """After a clock was set back, what ran at a time that is yet to come counts as run now: each task comes within its interval.

        Otherwise none would be due before the clock is where it was.
        """
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > entry.default_now() + SLACK]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self._heap = None  # Ordered by times that are no more.
            log.warning("The clock was set back: %s tasks begin again.", len(ahead))

    def close(self) -> None:
        """At the end the next one need not wait."""
        self._lock.give_up()
        super().close()
