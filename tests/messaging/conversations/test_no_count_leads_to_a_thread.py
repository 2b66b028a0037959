"""Counts and conversations have nothing in common: no column, no order, no transaction, no time; only a day's sum of messages."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from helpline import statistics
from helpline.models import Tally
from helpline.statistics.counter import sums
from tests.parts.counted import nothing_counted
from tests.world.desk import NOON, new_inbox, open_helpline, receive, sealed, send
from tests.world.person import Person

__all__ = ["nothing_counted"]


def sent() -> list[tuple[Any, ...]]:
    return list(Tally.objects.filter(what="sent").values_list("day", "band", "page", "advert", "number"))


def test_a_count_has_a_day_a_part_of_it_a_name_and_a_number_and_nothing_leads_from_or_to_it() -> None:
    columns = {field.name: type(field) for field in Tally._meta.get_fields()}
    assert columns == {
        "id": models.BigAutoField,
        "what": models.CharField,
        "day": models.DateField,
        "band": models.PositiveSmallIntegerField,
        "page": models.CharField,
        "advert": models.CharField,
        "number": models.PositiveIntegerField,
    }
    assert not [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.related_model is Tally or (model is not Tally and field.name in {"advert", "band", "tally"})
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{"band": 3}, {"page": "me"}, {"advert": "k7mt"}])
def test_the_database_takes_a_sum_of_messages_by_the_day_alone(more: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.create(what="sent", day=NOON.date(), number=1, **more)


@pytest.mark.django_db(transaction=True)
def test_a_message_is_counted_once_when_it_is_taken_and_not_when_it_is_refused() -> None:
    open_helpline()
    message = sealed(new_inbox())
    for _ in range(2):  # The same bytes again are the same message.
        receive(message)
    person = Person()
    person.write_first()
    person.come_back()
    person.write("And something more")
    assert person.call("POST", "messages", {"envelope": "no"}).status_code == 400
    assert sent() == []
    statistics.flush_counts()
    assert sent() == [(NOON.date(), 8, "", "", 3)]


@pytest.mark.django_db(transaction=True)
def test_a_messages_transaction_touches_no_count() -> None:
    open_helpline()
    message = sealed(new_inbox())
    with CaptureQueriesContext(connection) as queries:
        receive(message)
    assert not [query["sql"] for query in queries if "tally" in query["sql"]]
    # What waits in memory to be written has no id, no size, and no instant finer than a quarter of an hour.
    assert sums._sums == {("sent", int(NOON.timestamp()) // 900, "", ""): 1}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_messages_are_one_later_writing_of_one_row() -> None:
    open_helpline()
    for number in range(7):
        send(f"Number {number}")
    statistics.count_page_visit("me", at=NOON)
    statistics.flush_counts()
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, number FROM helpline_tally WHERE what = 'sent'")
        counts = cursor.fetchall()
        cursor.execute("SELECT xmin::text FROM helpline_tally")
        writings = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT xmin::text FROM messaging_envelope UNION SELECT xmin::text FROM messaging_conversation")
        messages = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT pg_column_size(t.*) FROM helpline_tally t WHERE what = 'sent'")
    assert [number for _, number in counts] == [7]
    assert len(writings) == 1
    assert len(messages) >= 7
    assert not writings & messages
    assert int(next(iter(writings))) > max(map(int, messages))
