"""Wakes routing after a commit, without ever making a request wait for the broker.

What is published is a task that carries nothing; several messages make one nudge. When the broker does not answer, that is said once: the
rows are in the database, and the sweeper finds them.
"""

import logging

from celery import current_app

from messaging.errand import Errand

log = logging.getLogger(__name__)
TASK = "messaging.route"
# Under load, whatever comes within this time is one nudge.
PAUSE_SECONDS = 0.02
# A nudge that nobody took within this time has been overtaken by the sweeper.
EXPIRES_SECONDS = 10


class Nudger:
    """Publishes the task for a process."""

    def __init__(self) -> None:
        self._errand = Errand("nudge", self.publish, pause=PAUSE_SECONDS, failed=self._say)

    def wake(self) -> None:
        """Returns at once, whatever becomes of the nudge."""
        self._errand.want()

    def publish(self) -> None:
        current_app.send_task(TASK, ignore_result=True, expires=EXPIRES_SECONDS, retry=False)

    @staticmethod
    def _say(error: Exception) -> None:
        log.warning("Routing could not be woken (%s); the sweeper will find what waits.", type(error).__name__)


nudger = Nudger()


def wake() -> None:
    """Returns at once. Call it on commit."""
    nudger.wake()
