"""Celery's tasks: each reads the clock once and calls one operation. All carry nothing, and may come twice or not at all."""

from celery import shared_task

from helpline.clock import now
from messaging.operations.route import route_waiting
from messaging.operations.tidy import tidy as tidy_up


@shared_task(name="messaging.route")
def route() -> None:
    """A message was taken."""
    route_waiting(at=now())


@shared_task(name="messaging.sweep")
def sweep() -> None:
    """Every few seconds: whatever a lost nudge, a killed worker or an opening hour left waiting."""
    route_waiting(at=now())


@shared_task(name="messaging.tidy")
def tidy() -> None:
    """Every minute: sessions and challenges that have run out."""
    tidy_up(at=now())
