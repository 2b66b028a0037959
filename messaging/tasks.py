"""Celery's tasks: each reads the clock once and calls one operation. They carry nothing, and may come twice or not at all."""

from celery import shared_task

from helpline.clock import now
from messaging.operations.route import route_waiting
from messaging.operations.tidy import tidy as tidy_up

# Acknowledged only when done, and given to another worker when this one dies: doing it again changes nothing.
SAFE_TO_REPEAT = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="messaging.route", **SAFE_TO_REPEAT)
def route() -> None:
    """A message was taken, or a counsellor has room again."""
    route_waiting(at=now())


@shared_task(name="messaging.sweep", **SAFE_TO_REPEAT)
def sweep() -> None:
    """Every few seconds: whatever a lost nudge, a killed worker or an opening hour left waiting."""
    route_waiting(at=now())


@shared_task(name="messaging.tidy", **SAFE_TO_REPEAT)
def tidy() -> None:
    """Every minute: sessions and challenges that have run out."""
    tidy_up(at=now())
