"""Deletes conversations whose time is over, as if the person had done it: inbox, messages, sessions, reasons. Sums stay."""

from datetime import date, datetime
from itertools import batched

from django.db import transaction

from messaging import trigger
from messaging.conversations import append
from messaging.conversations.retention import conversation_is_expired, conversations_to_expire, newest_envelope_day
from messaging.hub.rings import ring_desk
from messaging.models import Conversation, Inbox
from messaging.protocol.days import day_on

# One run is bounded; the next one, minutes later, goes on.
MOST_AT_ONCE, MOST_LOOKED_AT = 500, 10_000
# So many rows are locked at once, and not for long.
BATCH = 500


def expire_conversations(*, at: datetime) -> int:
    """How many were deleted. Each in a transaction of its own: a run that is killed loses nothing, and doing it again changes nothing."""
    today = day_on(at)
    # Whether there are any is asked for few alone: for many, Postgres starts processes that take longer than the answer.
    if not conversations_to_expire(today)[:1]:
        return 0
    _look_again(today)
    return sum(_delete(pk, inbox_pk, at) for pk, inbox_pk in list(conversations_to_expire(today)[:MOST_AT_ONCE]))


def _look_again(today: date) -> None:
    """Corrects `newest_on` of conversations that look expired: the previous version may have left it too early."""
    found = [pk for pk, _ in conversations_to_expire(today)[:MOST_LOOKED_AT]]
    for batch in batched(found, BATCH):
        with transaction.atomic():
            # Those that someone else has just now are left for the next time: whoever waits for nobody keeps nobody waiting in a ring.
            free = Conversation.objects.filter(pk__in=batch).select_for_update(skip_locked=True, no_key=True)
            mine = list(free.values_list("pk", flat=True))
            Conversation.objects.filter(pk__in=mine).exclude(newest_on=newest_envelope_day()).update(newest_on=newest_envelope_day())


def _delete(pk: int, inbox_pk: int, at: datetime) -> bool:
    """False when someone wrote in it, or deleted it, since it was found."""
    with transaction.atomic():
        append.lock_conversation(pk=pk)
        if not conversation_is_expired(pk, day_on(at)):
            return False
        Inbox.objects.filter(pk=inbox_pk).delete()
        transaction.on_commit(trigger.request_routing)  # A counsellor has room again.
        ring_desk()
    return True
