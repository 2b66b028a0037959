"""Every table of the database, its own and Django's, before somebody wrote and after everything was deleted: only sums are different."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from helpline import statistics
from messaging.conversations.expire import expire_conversations
from messaging.models import Conversation, Envelope, Inbox
from messaging.protocol.encoding import decode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, who_has

# A used challenge names nobody, and goes within minutes; who is next in turn is a count over the whole desk; staff sign in; the trail
# says what they did, and never in which conversation.
NOBODYS = {
    "messaging_spentchallenge",
    "messaging_deskmember",
    "django_session",
    "helpline_account",
    "helpline_auditentry",
    "mfa_authenticator",
}
# What adverts did, what the desk's reports count, and how many conversations routing gave to whom in a week.
SUMS = {"helpline_tally", "messaging_desksum", "messaging_weekshare"}


def every_table() -> dict[str, set[tuple[object, ...]]]:
    """All rows of all tables that the database has, whatever model they are of, or none."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            found[table] = {tuple(_plain(value) for value in row) for row in cursor.fetchall()}
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview | bytes) else str(value)


def by_hand(person: Person) -> None:
    assert person.call("DELETE", "inbox").status_code == 204


def by_time(person: Person) -> None:
    assert person.call("POST", "inbox/retention", {"own": 7}).status_code == 200
    Inbox.objects.update(made_on=NOON.date() - timedelta(days=7))
    Envelope.objects.update(received_on=NOON.date() - timedelta(days=7))
    Conversation.objects.update(newest_on=NOON.date() - timedelta(days=7))
    assert expire_conversations(at=NOON) == 1


@pytest.mark.parametrize("delete", [by_hand, by_time])
def test_all_tables_are_as_before_but_for_sums(
    desk: Desk, delete: Callable[[Person], None], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    statistics.forget_counts()
    before = every_table()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        Person(person.inbox).come_back()
        route_waiting(at=NOON)
        first = AtDesk(desk, str(who_has(conversation)))
        assert first.reply(conversation).status_code == 201
        assert person.write().status_code == 201
        route_waiting(at=NOON)
        first.release(conversation)
        route_waiting(at=NOON)
        delete(person)
    statistics.flush_counts()
    after = every_table()
    assert len(before) > 40
    different = {table for table in before if before[table] != after[table]}
    assert different - NOBODYS == SUMS
    assert not any(person.inbox.inbox_id in row or conversation in row for rows in after.values() for row in rows)
