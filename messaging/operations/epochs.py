"""The desk's epoch of today."""

from datetime import datetime

from messaging.days import day_of
from messaging.models import Epoch
from messaging.problems import Problem


def current_epoch(at: datetime) -> Epoch:
    """The epoch with the greatest number whose days include `at` (PROTOCOL §2.6); raises Problem `closed` when nobody could read a message."""
    day = day_of(at)
    epoch = Epoch.objects.filter(first_day__lte=day, last_day__gte=day).order_by("-number").first()
    if epoch is None:
        raise Problem("closed", "The helpline's desk has no key for today. Please use the phone.")
    return epoch
