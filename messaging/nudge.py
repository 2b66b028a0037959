"""Wakes routing after a commit, without ever making the request wait for the broker.

One thread a process publishes a task that carries nothing; several messages make one nudge. When the broker does not answer, the thread says so once
and is quiet for a while: the sweeper finds what it missed.
"""

import logging
import os
import threading

from messaging.tasks import route

log = logging.getLogger(__name__)
QUIET_SECONDS = 5


class Nudger:
    """The publishing thread; made anew in a forked process, where a parent's thread does not live."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._process = 0

    def wake(self) -> None:
        """Returns at once."""
        with self._lock:
            if self._process != os.getpid():
                self._process, self._wanted = os.getpid(), threading.Event()
                threading.Thread(target=self._run, args=(self._wanted,), name="nudge", daemon=True).start()
        self._wanted.set()

    def _run(self, wanted: threading.Event) -> None:
        failing = False
        while True:
            wanted.wait()
            wanted.clear()
            try:
                route.delay()
            except Exception as error:  # noqa: BLE001 - whatever the broker does, the row in the database is enough
                if not failing:
                    log.warning("routing could not be woken (%s); the sweeper will find what waits", type(error).__name__)
                failing = True
                threading.Event().wait(QUIET_SECONDS)
            else:
                failing = False


wake = Nudger().wake
