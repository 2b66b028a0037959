"""Ends what has run out: idle sessions, used challenges that could not be used again anyway, and disclosures that wait too long."""

from datetime import datetime

from messaging.models import Session, SpentChallenge
from messaging.operations.disclose import expire_disclosures
from messaging.operations.use_session import IDLE


def tidy(*, at: datetime) -> None:
    Session.objects.filter(used_at__lte=at - IDLE).delete()
    SpentChallenge.objects.filter(expires_at__lte=at).delete()
    expire_disclosures(at=at)
