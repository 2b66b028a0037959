"""Asks for a run of routing, or for the desk's emails to be sent, after a commit. No request ever waits for the broker.

The task that is published carries nothing, and several requests make one task. When the broker does not answer, that is logged once: the
rows are in the database, and the sweeper finds them; emails go with the next minute's run.
"""

import logging

from celery import current_app

from helpline.web.background import BackgroundJob

log = logging.getLogger(__name__)
ROUTE, SEND = "messaging.route", "messaging.send_notices"
# Under load, all requests within this time make one task.
PAUSE_SECONDS = 0.02
# A task that no worker took within this time has been overtaken by the sweeper.
EXPIRES_SECONDS = 10


class TaskTrigger:
    """Publishes one task for a process."""

    def __init__(self, task: str = ROUTE, missed: str = "Routing could not be woken (%s); the sweeper will find what waits.") -> None:
        self._task, self._missed = task, missed
        self._job = BackgroundJob(f"trigger {task}", self.publish, pause=PAUSE_SECONDS, failed=self._say)

    def wake(self) -> None:
        """Returns at once, whatever becomes of the task."""
        self._job.request()

    def publish(self) -> None:
        current_app.send_task(self._task, ignore_result=True, expires=EXPIRES_SECONDS, retry=False)

    def _say(self, error: Exception) -> None:
        log.warning(self._missed, type(error).__name__)


routing_trigger = TaskTrigger()
email_trigger = TaskTrigger(SEND, "Emails of the desk could not be sent at once (%s); they go with the next minute's run.")


def request_routing() -> None:
    """Routing looks. Returns at once. Call it on commit."""
    routing_trigger.wake()


def request_emails() -> None:
    """The desk's emails that wait are sent. Returns at once. Call it on commit."""
    email_trigger.wake()
