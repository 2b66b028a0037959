"""So many conversations as rows: nearly all answered or closed, a few hundred in every other place. What is in them is noise."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from os import urandom

from django.db import connection

from messaging.models import Conversation, DeskMember, Inbox

State = Conversation.State
# So many wait or are assigned, and as many after them are snoozed, handed over or flagged.
BUSY = 400


def fill(number: int, members: Sequence[DeskMember], *, at: datetime) -> None:
    """The first few hundred wait, are assigned, snoozed, handed over or flagged; the others are done. The tables are analysed."""
    noise, day = urandom(1216), at.date()
    inboxes = Inbox.objects.bulk_create(
        (Inbox(inbox_id=urandom(16), kem_public=noise, sign_public=noise[:32], tag_public=noise[:32], made_on=day) for _ in range(number)),
        batch_size=2_000,
    )
    threads = (_thread(place, inbox, members, at) for place, inbox in enumerate(inboxes))
    Conversation.objects.bulk_create(threads, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _thread(place: int, inbox: Inbox, members: Sequence[DeskMember], at: datetime) -> Conversation:
    member = members[place % len(members)]
    thread = Conversation(conversation_id=urandom(16), inbox=inbox, member=member, state=State.ANSWERED if place % 3 else State.CLOSED)
    thread.received = thread.shown = thread.seen = 1
    thread.newest_on = at.date()
    if place < BUSY:
        waits = place % 4 == 0 or place % 4 == 1
        thread.state = State.WAITING if waits else State.ASSIGNED
        thread.waiting_since, thread.due_at = at - timedelta(minutes=place), at + timedelta(hours=8)
        thread.seen = thread.shown = 0
        thread.member = None if waits else members[place // 4 % len(members)]
    elif place < 2 * BUSY:
        thread.snoozed_until = at + timedelta(hours=place - BUSY - 4) if thread.state == State.ANSWERED else None
        thread.handed_by = members[(place + 1) % len(members)] if place % 8 in {0, 3} else None
        if place % 8 == 1:
            thread.flagged, thread.flag_reason = True, "advice"
    return thread
