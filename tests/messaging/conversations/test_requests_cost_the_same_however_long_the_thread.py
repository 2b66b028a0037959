"""The number of queries does not grow with the thread, the list, or the queue; and on a large table the hot queries read an index."""

from datetime import timedelta
from os import urandom
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from messaging.models import Conversation, Envelope, Inbox, Opening, RoutingEvent, Session
from messaging.protocol.encoding import decode, encode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, receive, sealed, sealed_body, send
from tests.world.person import AtDesk, Person, who_has

pytestmark = pytest.mark.django_db


def cost(person: Person | AtDesk, method: str, path: str, body: object = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert person.call(method, path, body).status_code in {200, 201}
    return len(queries)


def test_taking_a_first_message_costs_fifteen(desk: Desk) -> None:
    # Five for the promise, the inbox and whether it stands, the epoch and its statement, the challenge, three rows, the savepoint's two.
    person = Person()
    assert cost(person, "POST", "messages", sealed_body(person.inbox)) <= 15


def test_reading_and_writing_cost_the_same_after_forty_messages(desk: Desk) -> None:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    path = f"conversations/{encode(conversation)}"
    counsellor.reply(conversation)
    person.write()
    short = [cost(person, "GET", "inbox"), cost(counsellor, "GET", path), cost(counsellor, "GET", path)]
    writing = cost(person, "POST", "inbox/envelopes", person.sealed())
    counsellor.reply(conversation)
    for number in range(20):
        person.write(f"Number {number}")
        counsellor.reply(conversation)
    person.write()
    assert len(person.answer()["envelopes"]) > 40
    assert [cost(person, "GET", "inbox"), cost(counsellor, "GET", path), cost(counsellor, "GET", path)] == short
    counsellor.reply(conversation)
    person.write()
    assert cost(person, "POST", "inbox/envelopes", person.sealed()) == writing
    assert short[0] <= 5


def test_the_desks_list_costs_the_same_for_one_and_for_fifty(desk: Desk) -> None:
    counsellor = AtDesk(desk, "Moira")
    send()
    one = cost(counsellor, "GET", "conversations")
    for _ in range(12):
        send()
    route_waiting(at=NOON)
    for _ in range(8):
        send()
    listed = counsellor.call("GET", "conversations").json()
    assert len(listed["mine"]) + len(listed["waiting"]) > 10
    assert cost(counsellor, "GET", "conversations") == one


def test_routing_costs_a_constant_for_each_thread(desk: Desk) -> None:
    def routed(count: int) -> int:
        for _ in range(count):
            send()
        with CaptureQueriesContext(connection) as queries:
            assert route_waiting(at=NOON) == count
        return len(queries)

    first = routed(1)
    assert routed(6) - first <= 5 + 1  # One conditional update more for each, and perhaps another member's time.


def fill(count: int) -> None:
    """So many answered threads as rows; what is in them is noise."""
    noise = urandom(9419)
    day = NOON.date()
    inboxes = Inbox.objects.bulk_create(
        [
            Inbox(inbox_id=urandom(16), kem_public=noise[:1216], sign_public=noise[:32], tag_public=noise[:32], made_on=day)
            for _ in range(count)
        ]
    )
    threads = Conversation.objects.bulk_create(
        [Conversation(conversation_id=urandom(16), inbox=inbox, state="answered", received=1, shown=1, seen=1) for inbox in inboxes]
    )
    Opening.objects.bulk_create(
        [Opening(conversation=thread, epoch_id=1, opening=noise[:2518], opening_hash=noise[:32]) for thread in threads]
    )
    Envelope.objects.bulk_create(
        [
            Envelope(conversation=thread, direction=1, sequence=1, epoch_id=1, envelope=noise, envelope_hash=noise[:32], received_on=day)
            for thread in threads
        ]
    )
    RoutingEvent.objects.bulk_create([RoutingEvent(conversation=thread, kind="assigned", at=NOON, why="So.") for thread in threads])
    Session.objects.bulk_create([Session(token_hash=urandom(32), inbox=inbox, used_at=NOON) for inbox in inboxes])


def plan(query: QuerySet[Any]) -> str:
    return query.explain()


@pytest.mark.postgres
def test_the_hot_queries_read_an_index(desk: Desk) -> None:
    fill(3_000)
    message = sealed(Person().inbox)
    receive(message)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    member, since = desk.members["Moira"], NOON - timedelta(minutes=30)
    thread = Conversation.objects.latest("pk")
    hot: dict[str, QuerySet[Any]] = {
        "session": Session.objects.filter(token_hash=bytes(32), used_at__gt=since).select_related("inbox__conversation"),
        "idle sessions": Session.objects.filter(used_at__lte=since),
        "inbox": Inbox.objects.filter(inbox_id=bytes(16)),
        "thread": Conversation.objects.filter(conversation_id=bytes(16)),
        "envelopes": Envelope.objects.filter(conversation=thread).order_by("pk"),
        "one envelope": Envelope.objects.filter(conversation=thread, direction=1, sequence=1),
        "openings": Opening.objects.filter(conversation=thread).order_by("pk"),
        "events": RoutingEvent.objects.filter(conversation=thread),
        "unrouted": Conversation.objects.filter(unrouted_since__isnull=False).order_by("unrouted_since", "pk")[:200],
        "waiting": Conversation.objects.filter(state="waiting").order_by("waiting_since", "pk")[:200],
        "mine": Conversation.objects.filter(member=member, state="assigned").order_by("due_at", "pk"),
    }
    scans = {name: plan(query) for name, query in hot.items()}
    assert {name: text for name, text in scans.items() if "Seq Scan" in text} == {}
