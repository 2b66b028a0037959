"""Who watches when beat is silent: the web processes do, while anybody asks them for anything.

Beat's task watches once a minute. When beat, the workers or the broker are down, no task runs; so after a request, at most once a minute,
one thread of a web process looks whether the last tick is long ago, and if so watches in beat's place. No request waits for it.
"""

import logging
import os
import threading
import time
from datetime import datetime, timedelta

from django.core.signals import request_finished
from django.db import connection

from helpline.clock import now
from messaging.health import FAR_SKEWED, LOST_TICK
from messaging.models import Pulse
from messaging.operations.watch import watch

log = logging.getLogger(__name__)
EVERY_SECONDS = 60


class Watchman:
    """One web process's. It judges nothing before the process has been up for as long as beat may be silent."""

    def __init__(self) -> None:
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._lock = threading.Lock()
        self._next = time.monotonic() + LOST_TICK

    def __call__(self, **_: object) -> None:
        """After a request."""
        if time.monotonic() < self._next or not self._lock.acquire(blocking=False):
            return
        try:
            self._next = time.monotonic() + EVERY_SECONDS
            threading.Thread(target=self._look, name="watchman", daemon=True).start()
        finally:
            self._lock.release()

    def _look(self) -> None:
        try:
            look(at=now())
        except Exception as error:  # noqa: BLE001 - whatever is broken, the web process goes on
            log.warning("The watch could not look (%s).", type(error).__name__)
        finally:
            connection.close()


def look(*, at: datetime) -> bool:
    """Watches in beat's place, if beat is silent; says whether it did. A tick that lies ahead is of a clock that was set back since."""
    recent = {"at__gt": at - timedelta(seconds=LOST_TICK), "at__lte": at + timedelta(seconds=FAR_SKEWED)}
    if Pulse.objects.filter(pk=Pulse.BEAT, **recent).exists():
        return False
    watch(at=at)
    return True


watchman = Watchman()


def keep() -> None:
    """From here on this process watches after its requests: a web server's does."""
    request_finished.connect(watchman, dispatch_uid="watchman")
