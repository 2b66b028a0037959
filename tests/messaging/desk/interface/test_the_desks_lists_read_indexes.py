"""Among many conversations every query of the desk's lists is answered from an index, as EXPLAIN says of the very SQL that is sent."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.clock import now
from messaging.desk.lists import desk_lists
from messaging.models import Conversation, Disclosure
from tests.bench.many import fill
from tests.world.staff import People

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MANY = 10_000


def propose_some(people: People, at: datetime) -> None:
    """One in each of twenty conversations, and many that are over."""
    bhavna = {"proposed_by": people.bhavna.member, "proposed_account": people.bhavna.account, "epoch_id": 1, "proposed_at": at}
    codes = {"reason": "harm-child", "recipient": "police", "telling": "told", "places": "1:1", "expires_at": at + timedelta(days=7)}
    Disclosure.objects.bulk_create(
        Disclosure(
            conversation_id=pk,
            public_id=pk.to_bytes(16),
            note_hash=pk.to_bytes(32),
            state="proposed" if place < 20 else "withdrawn",
            note=bytes(9527) if place < 20 else None,
            **bhavna,
            **codes,
        )
        for place, pk in enumerate(Conversation.objects.order_by("pk").values_list("pk", flat=True)[:2_000])
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE messaging_disclosure")


@pytest.mark.night("speed in a large database; by day the lists ask a constant number of questions")
def test_no_list_reads_the_whole_table(people: People) -> None:
    at = now()
    fill(MANY, [people.ailsa.member, people.bhavna.member], at=at)
    propose_some(people, at)
    with CaptureQueriesContext(connection) as queries:
        answer = desk_lists(people.ailsa.member, lead=True, at=at)
    assert {name: len(lines) > 0 for name, lines in answer.items()} == dict.fromkeys(answer, True)
    assert len(queries) == 21
    plans = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert [plan for plan in plans if re.search("Seq Scan on messaging_(conversation|disclosure)", plan)] == []
    # Of what is done, a counsellor with many is read backwards along the primary key, and one with few by an index of its own.
    used = ("conversation_snoozed", "conversation_mine", "conversation_waiting", "conversation_passed", "conversation_flagged")
    assert [name for name in used if not any(name in plan for plan in plans)] == []
