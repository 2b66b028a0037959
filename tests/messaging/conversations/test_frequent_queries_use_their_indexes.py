"""In a table of many conversations, whatever is asked at every message, every sweep and every look is answered from an index."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from helpline.clock import now
from helpline.hours.channels import channel_calendar
from helpline.organisation import organisation
from messaging.conversations.retention import conversations_to_expire
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import Conversation, DeskMember, Envelope, Inbox, Session
from messaging.monitoring.backlog import count_waiting_too_long
from tests.world.staff import People

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MANY = 20_000
State = Conversation.State


@pytest.fixture
def crowded(people: People) -> DeskMember:
    """Answered conversations of both counsellors, and a few that wait or are somebody's."""
    at = now()
    inboxes = Inbox.objects.bulk_create(
        (
            Inbox(inbox_id=number.to_bytes(16), kem_public=bytes(1216), sign_public=bytes(32), tag_public=bytes(32), made_on=at.date())
            for number in range(1, MANY + 1)
        ),
        batch_size=2_000,
    )
    members = people.ailsa.member, people.bhavna.member
    Conversation.objects.bulk_create(
        (
            Conversation(
                conversation_id=number.to_bytes(16),
                inbox=inbox,
                member=None if number < 20 else members[number % 2],
                state=State.WAITING if number < 20 else State.ASSIGNED if number < 40 else State.ANSWERED,
                unrouted_since=at if number < 20 else None,
                waiting_since=at if number < 40 else None,
                due_at=at if number < 40 else None,
                reminded=number % 2,
                keep_days=30 if number % 10 == 1 else None,
                newest_on=at.date(),
            )
            for number, inbox in enumerate(inboxes)
        ),
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people.ailsa.member


@pytest.mark.night("speed in a large database; by day what is asked costs the same however long a thread is")
def test_no_hot_question_reads_the_whole_table(crowded: DeskMember) -> None:
    questions: dict[str, QuerySet[Any]] = {
        "what routing takes next": Conversation.objects.filter(unrouted_since__isnull=False).order_by("unrouted_since", "pk")[:200],
        "how much work each has": Conversation.objects.filter(member__in=[crowded], state=State.ASSIGNED).annotate(Count("pk")),
        "who waits": Conversation.objects.filter(state=State.WAITING).order_by("waiting_since", "pk"),
        "what may have to be nudged": Conversation.objects.filter(waiting_since__lte=now(), reminded=0).order_by("waiting_since", "pk")[
            :200
        ],
        "what may be overdue": Conversation.objects.filter(due_at__lte=now(), reminded=1).order_by("due_at", "pk")[:200],
        "whether anything waits": Conversation.objects.filter(unrouted_since__isnull=False)[:1],
        "what is open at the end of a shift": Conversation.objects.filter(member=crowded, state=State.ASSIGNED).order_by("pk"),
        "a conversation by its id": Conversation.objects.filter(conversation_id=bytes(16)),
        "an inbox by its id": Inbox.objects.filter(inbox_id=bytes(16)),
        "a session by its token": Session.objects.filter(token_hash=bytes(32)),
        "what may have had its time": conversations_to_expire(now().date()),
        "an envelope in its place": Envelope.objects.filter(conversation=1, direction=1, sequence=1),
    }
    plans = {name: question.explain() for name, question in questions.items()}
    whole = [f"Seq Scan on messaging_{table}" for table in ("conversation", "inbox")]
    assert {name: plan for name, plan in plans.items() if any(scan in plan for scan in whole)} == {}
    assert "conversation_newest" in plans["what may have had its time"]
    assert "conversation_unrouted" in plans["what routing takes next"]
    assert "conversation_waiting" in plans["who waits"]
    assert "conversation_not_nudged" in plans["what may have to be nudged"]
    assert "conversation_not_overdue" in plans["what may be overdue"]
    assert "conversation_mine" in plans["what is open at the end of a shift"]
    assert "conversation_mine" in plans["how much work each has"]

    demand_that_who_is_able_reads_no_whole_table()


def demand_that_who_is_able_reads_no_whole_table() -> None:
    """However many conversations there are, whom the desk can count on is one query, and what waits against them a few more."""
    at = now()
    hours = channel_calendar(organisation(), channel="messages", at=at)
    with CaptureQueriesContext(connection) as asked:
        known = desk_knowledge(at)
    assert len(asked) == 1
    assert known.could_read
    with CaptureQueriesContext(connection) as further:
        count_waiting_too_long(hours, known, at=at)
    assert len(further) <= 4
    with connection.cursor() as cursor:
        for query in [*asked, *further]:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on messaging_conversation" not in plan, plan
