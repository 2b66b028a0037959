"""Deletes what has run out: idle sessions, and challenges that could not be used again anyway."""

from datetime import datetime, timedelta

from messaging.models import Session, SpentChallenge

IDLE = timedelta(minutes=30)


def tidy(*, at: datetime) -> None:
    Session.objects.filter(used_at__lte=at - IDLE).delete()
    SpentChallenge.objects.filter(expires_at__lte=at).delete()
