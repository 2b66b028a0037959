"""Threads of ten envelopes each, written by the database itself: of true size and spread over the years, with noise for contents."""

from datetime import date
from os import urandom
from typing import Any

from django.db import connection

from messaging.models.inbox import Envelope, Opening

EACH = 10  # Envelopes of a thread: five from either side.
RETENTION_DAYS = 180
# Of twenty threads one goes on for years, and of ten one has its person's own shorter time; the others were begun in the last half year.
# `age` and `newest` are days ago: the thread's beginning, and its newest envelope, which is younger than the rule deletes.
PLAN = """
CREATE TEMPORARY TABLE plan AS
SELECT n, age, keep, CASE WHEN n % 20 = 0 THEN n % 100 WHEN keep IS NOT NULL THEN age % keep ELSE age * (n % 4) / 4 END AS newest FROM (
    SELECT n, CASE WHEN n % 20 = 0 THEN 200 + n % 1000 ELSE n * 7919 % 170 END AS age,
        CASE WHEN n % 10 = 1 THEN (ARRAY[7, 14, 30, 90, 180])[1 + n / 10 % 5] END AS keep
    FROM generate_series({first}::bigint, {last}::bigint) n
) spread
"""
DUE = """
CREATE TEMPORARY TABLE plan AS
SELECT n, 400 AS age, NULL::int AS keep, 200 AS newest FROM generate_series({first}::bigint, {last}::bigint) n
"""
ROWS = (
    """
    INSERT INTO messaging_inbox (id, inbox_id, kem_public, sign_public, tag_public, made_on)
    SELECT n, decode(md5('inbox' || n), 'hex'), %(kem)s, %(hash)s, %(hash)s, %(today)s::date - age::int FROM plan
    """,
    """
    INSERT INTO messaging_conversation
        (id, conversation_id, inbox_id, state, member_id, received, received_hash, sent, sent_hash, shown, seen, keep_days, newest_on)
    SELECT n, decode(md5('thread' || n), 'hex'), n, CASE WHEN n %% 3 = 0 THEN 'closed' ELSE 'answered' END,
        (%(members)s::bigint[])[1 + n %% %(crew)s], 5, %(hash)s, 5, %(hash)s, 5, 5, keep,
        %(today)s::date - newest::int FROM plan
    """,
    """
    INSERT INTO messaging_opening (conversation_id, epoch_id, opening, opening_hash) SELECT n, %(epoch)s, %(opening)s, %(hash)s FROM plan
    """,
    # In the order of the days, so that a thread's envelopes lie as far apart as they would.
    """
    INSERT INTO messaging_envelope (conversation_id, direction, sequence, epoch_id, envelope, envelope_hash, received_on)
    SELECT n, direction, sequence, %(epoch)s, %(envelope)s, sha256((n || '.' || direction || '.' || sequence)::bytea), day FROM (
        SELECT n, 2 - place %% 2 AS direction, (place + 1) / 2 AS sequence,
            %(today)s::date - (newest + (age - newest) * (%(each)s - place) / %(each)s)::int AS day
        FROM plan, generate_series(1, %(each)s) place ORDER BY day, n, place
    ) arrived
    """,
    """
    INSERT INTO messaging_routingevent (conversation_id, kind, member_id, at, why)
    SELECT n, kind, (%(members)s::bigint[])[1 + n %% %(crew)s], %(today)s::date - newest::int, 'Whoever has the longest idle time.'
    FROM plan, unnest(ARRAY['assigned', 'answered', 'nudged', 'closed']) kind
    """,
)


class Filler:
    """Writes threads with numbers of their own into whichever database is connected."""

    def __init__(self, members: list[int], *, today: date, epoch: int) -> None:
        noise = urandom(10_000)
        self._values: dict[str, Any] = {
            "kem": noise[:1216],
            "hash": noise[:32],
            "opening": noise[: _size(Opening, "opening")],
            "envelope": noise[: _size(Envelope, "envelope")],
            "members": members,
            "crew": len(members),
            "epoch": epoch,
            "today": today,
            "each": EACH,
        }
        self._next = 10_000_000  # Above whatever the sequences give.

    def fill(self, threads: int, plan: str = PLAN) -> None:
        """So many more of them."""
        first, self._next = self._next, self._next + threads
        with connection.cursor() as cursor:
            cursor.execute(plan.format(first=first, last=first + threads - 1))
            for statement in ROWS:
                cursor.execute(statement, self._values)
            cursor.execute("DROP TABLE plan")


def _size(model: type[Envelope | Opening], name: str) -> int:
    size = getattr(model._meta.get_field(name), "size", None)
    assert isinstance(size, int)
    return size


def settle() -> None:
    """What autovacuum would have done by itself by now."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
