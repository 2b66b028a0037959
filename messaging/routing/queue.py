"""Where a conversation that goes back stands among those that wait."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce


def queue_position(at: datetime) -> Coalesce:
    """Since when a conversation that goes back waits to be routed, for `unrouted_since`: as it was, or since `at`."""
    return Coalesce("unrouted_since", "waiting_since", Value(at))
