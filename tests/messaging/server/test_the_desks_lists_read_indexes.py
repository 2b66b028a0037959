"""Among many conversations every query of the desk's lists is answered from an index, as EXPLAIN says of the very SQL that is sent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.clock import now
from messaging.queries.lists import conversations
from tests.bench.many import fill
from tests.parts.people import People

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MANY = 10_000


def test_no_list_reads_the_whole_table(people: People) -> None:
    at = now()
    fill(MANY, [people.ailsa.member, people.bhavna.member], at=at)
    with CaptureQueriesContext(connection) as queries:
        answer = conversations(people.ailsa.member, lead=True, at=at)
    assert {name: len(lines) > 0 for name, lines in answer.items()} == dict.fromkeys(answer, True)
    assert len(queries) == 8
    plans = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert [plan for plan in plans if "Seq Scan on messaging_conversation" in plan] == []
    # Of what is done, a counsellor with many is read backwards along the primary key, and one with few by an index of its own.
    used = ("conversation_snoozed", "conversation_mine", "conversation_waiting", "conversation_passed", "conversation_flagged")
    assert [name for name in used if not any(name in plan for plan in plans)] == []
