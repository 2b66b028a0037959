"""Wakes routing after a commit, without ever making a request wait for the broker.

One thread a process publishes a task that carries nothing; several messages make one nudge. When the broker does not answer, the thread
says so once and is quiet for a while: the rows are in the database, and the sweeper finds them.
"""

import logging
import os
import threading

from celery import current_app

log = logging.getLogger(__name__)
TASK = "messaging.route"
PAUSE_SECONDS = 0.02
QUIET_SECONDS = 5
# A nudge that nobody took within this time has been overtaken by the sweeper.
EXPIRES_SECONDS = 10


class Nudger:
    """The publishing thread of a process; begun when first wanted, and anew in a forked process, where a parent's thread does not live."""

    def __init__(self) -> None:
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        # A lock or an event that was held when the process forked would stay held for ever.
        self._lock, self._wanted, self._running = threading.Lock(), threading.Event(), False

    def wake(self) -> None:
        """Returns at once, whatever becomes of the nudge."""
        self._wanted.set()
        if not self._running:
            with self._lock:
                if not self._running:
                    threading.Thread(target=self._run, args=(self._wanted,), name="nudge", daemon=True).start()
                    self._running = True

    def _run(self, wanted: threading.Event) -> None:
        failing = False
        while wanted.wait():
            # Cleared before publishing: whatever is committed from here on sets it again.
            wanted.clear()
            try:
                self.publish()
            except Exception as error:  # noqa: BLE001 - whatever the broker does, the row in the database is enough
                if not failing:
                    log.warning("Routing could not be woken (%s); the sweeper will find what waits.", type(error).__name__)
                failing = True
                threading.Event().wait(QUIET_SECONDS)
            else:
                failing = False
                # Under load, whatever comes within this time is one nudge.
                threading.Event().wait(PAUSE_SECONDS)

    def publish(self) -> None:
        current_app.send_task(TASK, ignore_result=True, expires=EXPIRES_SECONDS, retry=False)


nudger = Nudger()


def wake() -> None:
    """Returns at once. Call it on commit."""
    nudger.wake()
