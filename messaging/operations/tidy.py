"""Ends what has run out: idle sessions, the staff's too, used challenges that nobody could use again, disclosures that wait too long."""

from datetime import datetime

from helpline.sessions import SessionStore
from messaging.models import Session, SpentChallenge
from messaging.operations.disclose import expire_disclosures
from messaging.operations.use_session import GRAIN, IDLE


def tidy(*, at: datetime) -> None:
    # A use at a time that is yet to come was before a clock was set back: idle from now on, unless it is used again.
    Session.objects.filter(used_at__gt=at + GRAIN).update(used_at=at)
    Session.objects.filter(used_at__lte=at - IDLE).delete()
    # By the machine's own clock, by which they were begun; the demonstration's may show another time.
    SessionStore.clear_expired()
    SpentChallenge.objects.filter(expires_at__lte=at).delete()
    expire_disclosures(at=at)
