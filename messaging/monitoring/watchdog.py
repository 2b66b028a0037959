"""Who watches when beat is silent: the web processes do, while anyone asks them for anything.

Beat's task watches once a minute. When beat, the workers or the broker are down, no task runs; so after a request, at most once a minute,
one thread of a web process looks whether the last tick is long ago, and if so watches in beat's place. No request waits for it.
"""

import logging
import os
import time
from datetime import datetime, timedelta

from django.core.signals import request_finished
from django.db import connection

from helpline.clock import now
from helpline.web.background import BackgroundJob
from messaging.models import Pulse
from messaging.monitoring.alerts import send_alerts
from messaging.monitoring.assess_parts import FAR_SKEWED, LOST_TICK

log = logging.getLogger(__name__)
EVERY_SECONDS = 60


class Watchdog:
    """One web process's. It judges nothing before the process has been up for as long as beat may be silent."""

    def __init__(self) -> None:
        self._job = BackgroundJob("watchdog", self._look, failed=_log)
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._next = time.monotonic() + LOST_TICK

    def __call__(self, **_: object) -> None:
        """After a request."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY_SECONDS
            self._job.request()

    @staticmethod
    def _look() -> None:
        try:
            watch_for_beat(at=now())
        finally:
            connection.close()


def _log(error: Exception) -> None:
    log.warning("The watch could not look (%s).", type(error).__name__)


def watch_for_beat(*, at: datetime) -> bool:
    """Watches in beat's place, if beat is silent; says whether it did. A tick that lies ahead is of a clock that was set back since."""
    recent = {"at__gt": at - timedelta(seconds=LOST_TICK), "at__lte": at + timedelta(seconds=FAR_SKEWED)}
    if Pulse.objects.filter(pk=Pulse.BEAT, **recent).exists():
        return False
    send_alerts(at=at)
    return True


watchdog = Watchdog()


def start_watchdog() -> None:
    """From here on this process watches after its requests: a web server's does."""
    request_finished.connect(watchdog, dispatch_uid="watchdog")
