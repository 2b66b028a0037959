"""Deletes everything of a person at once: inbox, conversation, openings, envelopes, sessions, routing's reasons (PROTOCOL §7.6)."""

from django.db import transaction

from messaging import nudge
from messaging.models import Inbox
from messaging.operations import store


def erase(inbox_pk: int) -> None:
    """Nothing is left to find, not even that there was something. Deleting what is gone already is no error."""
    with transaction.atomic():
        # Whoever writes into the thread has finished, or comes too late and finds nothing.
        store.locked(inbox=inbox_pk)
        Inbox.objects.filter(pk=inbox_pk).delete()
        transaction.on_commit(nudge.wake)  # A counsellor has room again.
