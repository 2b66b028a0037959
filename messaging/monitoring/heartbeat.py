"""Notes that beat's clock ticked and a worker heard it, and what the sweeper found; one statement."""

from datetime import datetime

from django.db.models import F

from messaging.models import Pulse


def record_beat_tick(finds: int, *, at: datetime) -> None:
    """At any number of workers: a sum that is added to, and the newest tick."""
    if not Pulse.objects.filter(pk=Pulse.BEAT).update(at=at, finds=F("finds") + finds):
        Pulse.objects.bulk_create([Pulse(pk=Pulse.BEAT, at=at, finds=finds)], ignore_conflicts=True)
