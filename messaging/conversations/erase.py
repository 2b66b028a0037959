"""Deletes everything of a person at once: inbox, conversation, openings, envelopes, sessions, routing's reasons (PROTOCOL §7.6)."""

from django.db import transaction

from messaging import trigger
from messaging.conversations import append
from messaging.hub.rings import ring_conversation, ring_desk
from messaging.models import Inbox


def erase_conversation(inbox_pk: int) -> None:
    """Deletes everything, with no trace that there was something. Deleting what does not exist is no error."""
    with transaction.atomic():
        # Whoever writes into the conversation has finished, or comes too late and finds nothing.
        conversation = append.lock_conversation(inbox=inbox_pk)
        Inbox.objects.filter(pk=inbox_pk).delete()
        transaction.on_commit(trigger.request_routing)  # A counsellor has room again.
        if conversation is not None:
            ring_conversation(conversation.conversation_id)
            ring_desk()
