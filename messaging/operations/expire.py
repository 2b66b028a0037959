"""Deletes conversations whose time is over, as if the person had done it: inbox, messages, sessions, reasons. Sums stay."""

from datetime import datetime

from django.db import transaction

from messaging import nudge
from messaging.days import day_on
from messaging.models import Inbox
from messaging.operations import store
from messaging.queries.retention import expired

# One run is bounded; the next one, minutes later, goes on.
MOST_AT_ONCE = 500


def expire(*, at: datetime) -> int:
    """How many were deleted. Each in a transaction of its own: a run that is killed loses nothing, and doing it again changes nothing."""
    today = day_on(at)
    due = list(expired(today)[:MOST_AT_ONCE])
    return sum(_delete(pk, inbox_pk, at) for pk, inbox_pk in due)


def _delete(pk: int, inbox_pk: int, at: datetime) -> bool:
    """False when somebody wrote in it, or deleted it, since it was found."""
    with transaction.atomic():
        store.locked(pk=pk)
        if not expired(day_on(at), one=pk).exists():
            return False
        Inbox.objects.filter(pk=inbox_pk).delete()
        transaction.on_commit(nudge.wake)  # A counsellor has room again.
    return True
