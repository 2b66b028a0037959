"""One conditional update of many conversations at once: a batch of routing costs the same however many it decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from messaging.models.inbox import Conversation

# Postgres and SQLite share it. Numbers and states stand as they are; 0 is no member. Who is given a conversation has been shown what was
# answered before, and nothing newer. Whoever is given it finds it awake, and from whom it came; whoever keeps it, as they left it.
UPDATE = """
WITH decided (conversation, was_state, was_member, was_since, now_state, now_member) AS (VALUES {rows})
UPDATE messaging_conversation SET
    state = now_state,
    member_id = NULLIF(now_member, 0),
    unrouted_since = CASE WHEN now_state = 'assigned' THEN NULL ELSE unrouted_since END,
    released_by_id = CASE WHEN now_state = 'assigned' THEN NULL ELSE released_by_id END,
    snoozed_until = CASE WHEN {kept} THEN snoozed_until ELSE NULL END,
    kept_until = CASE WHEN {kept} THEN kept_until ELSE NULL END,
    handed_by_id = CASE
        WHEN {kept} OR now_state <> 'assigned' THEN handed_by_id
        WHEN was_state = 'assigned' THEN NULLIF(was_member, 0)
        WHEN handed_by_id = now_member THEN NULL
        ELSE handed_by_id END,
    shown = CASE WHEN now_state = 'assigned' AND COALESCE(member_id, 0) <> now_member THEN seen ELSE shown END
FROM decided
WHERE messaging_conversation.id = conversation AND state = was_state AND COALESCE(member_id, 0) = was_member AND unrouted_since = was_since
RETURNING messaging_conversation.id
"""
KEPT = "was_state = 'assigned' AND now_state = 'assigned' AND was_member = now_member"
ROW = "(%s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class AssignmentChange:
    """From how a conversation was read to how it should be."""

    id: int
    was_state: str
    was_member: int | None
    was_since: datetime
    state: str
    member: int | None


def assign(changes: Iterable[AssignmentChange]) -> set[int]:
    """The conversations that were changed: those that still stood as they were read."""
    values = [
        (
            change.id,
            str(change.was_state),
            change.was_member or 0,
            connection.ops.adapt_datetimefield_value(change.was_since),
            str(change.state),
            change.member or 0,
        )
        for change in changes
    ]
    if not values:
        return set()
    assert Conversation._meta.db_table == "messaging_conversation"  # noqa: S101, SLF001 - what the statement names
    with connection.cursor() as cursor:
        cursor.execute(UPDATE.format(kept=KEPT, rows=", ".join([ROW] * len(values))), [value for row in values for value in row])
        return {pk for (pk,) in cursor.fetchall()}
