"""`GET inbox/kept` tells a person every row about their inbox, every column of it, and nothing about who works here or who else writes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.desk.assignment import give_back_conversation
from messaging.http.problems import Problem
from messaging.inbox.stored_data import stored_data_of_person
from messaging.models import Conversation, Disclosure, Envelope, Inbox, RoutingEvent, Session
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import PersonDraft, seal_draft
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, site
from tests.world.person import AtDesk, Person, who_has

pytestmark = pytest.mark.django_db
DISCLOSURE = {str(column.column) for column in Disclosure._meta.concrete_fields}
HIDDEN: dict[str, set[str]] = {
    "messaging_inbox": {"id"},
    "messaging_conversation": {"id", "inbox_id", "member_id", "released_by_id", "handed_by_id", "flagged", "flag_reason"}
    | {"flagged_by_id", "flag_told_at", "flag_opened_by_id", "flag_opened_at"},
    "messaging_opening": {"id", "conversation_id"},
    "messaging_envelope": {"id", "conversation_id"},
    "messaging_routingevent": {"id", "conversation_id", "member_id"},
    "messaging_desknote": {"id", "conversation_id", "note", "note_hash"},
    "messaging_disclosure": DISCLOSURE,
    "messaging_session": {"id", "inbox_id"},
    "messaging_notecarry": {"id", "note_id", "certificate_id", "carry"},
    "messaging_draft": {"id", "inbox_id"},
    "messaging_talk": {"id", "conversation_id", "member_id", "passed"},
    "messaging_conversationread": {"id", "conversation_id", "member_id"},
}


def write_and_be_answered(desk: Desk) -> tuple[Person, bytes, AtDesk]:
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    counsellor.reply(conversation)
    person.write()
    return person, conversation, counsellor


def asked(person: Person) -> dict[str, dict[str, Any]]:
    answer = person.call("GET", "inbox/kept")
    assert answer.status_code == 200
    assert answer.json().keys() == {"tables"}
    return {table["table"]: table for table in answer.json()["tables"]}


def in_the_database(table: str, condition: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {condition} ORDER BY id")  # noqa: S608 - the test's own names
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    names = [column["name"] for column in table["columns"]]
    return [dict(zip(names, row, strict=True)) for row in table["rows"]]


def told(value: Any, hidden: bool) -> Any:
    if hidden:
        return bool(value) if isinstance(value, bool | str) else value is not None
    if isinstance(value, memoryview | bytes):
        return encode(bytes(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.postgres
def test_it_is_what_stands_in_the_database_column_by_column(desk: Desk) -> None:
    write_and_be_answered(desk)
    person, conversation, _ = write_and_be_answered(desk)
    thread = Conversation.objects.get(conversation_id=conversation)
    own = f"id = {thread.inbox_id}", f"inbox_id = {thread.inbox_id}", f"conversation_id = {thread.pk}"
    of_notes = f"note_id IN (SELECT id FROM messaging_desknote WHERE {own[2]})"  # noqa: S608 - the test's own names
    conditions = dict(
        zip(HIDDEN, (own[0], own[1], own[2], own[2], own[2], own[2], own[2], own[1], of_notes, own[1], own[2], own[2]), strict=True)
    )
    begun = seal_draft(site(), person.inbox, PersonDraft("And then", "2026-11-25"), conversation)
    assert person.call("POST", "inbox/draft", {"draft": encode(begun)}).status_code == 200
    assert person.call("POST", "inbox/live/request", {}).status_code == 200
    tables = asked(person)
    assert tables.keys() == HIDDEN.keys()
    assert [len(tables[name]["rows"]) for name in HIDDEN] == [1, 1, 1, 3, 2, 0, 0, 1, 0, 1, 1, 1]
    for name, condition in conditions.items():
        rows = in_the_database(name, condition)
        assert {column["name"] for column in tables[name]["columns"] if column["as"] == "set"} == HIDDEN[name]
        expected = [{column: told(value, column in HIDDEN[name]) for column, value in row.items()} for row in rows]
        assert rows_of(tables[name]) == expected


def test_the_inbox_itself_comes_first_and_nothing_is_stored_on_the_way(desk: Desk) -> None:
    person, _, _ = write_and_be_answered(desk)
    answer = person.call("GET", "inbox/kept")
    assert answer.json()["tables"][0]["table"] == "messaging_inbox"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/json"


def test_no_more_is_told_of_a_counsellor_than_that_there_is_one(desk: Desk) -> None:
    person, conversation, counsellor = write_and_be_answered(desk)
    route_waiting(at=NOON)

    def of_conversation() -> dict[str, Any]:
        return rows_of(asked(person)["messaging_conversation"])[0]

    assert (of_conversation()["member_id"], of_conversation()["released_by_id"]) == (True, False)
    give_back_conversation(counsellor.desk.members[counsellor.name], conversation, at=NOON)
    assert (of_conversation()["member_id"], of_conversation()["released_by_id"]) == (False, True)
    said = person.call("GET", "inbox/kept").content.decode()
    for name, member in desk.members.items():
        account = member.counsellor.account
        assert not [secret for secret in (name, account.email, encode(member.public_id)) if secret in said]
    assert RoutingEvent.objects.filter(kind="released").exists()


def test_two_visits_do_not_tell_how_many_others_wrote_in_between(desk: Desk) -> None:
    person, _, _ = write_and_be_answered(desk)
    route_waiting(at=NOON)
    before = asked(person)
    write_and_be_answered(desk)
    assert asked(person) == before


def test_it_costs_the_same_after_forty_messages(desk: Desk) -> None:
    person, conversation, counsellor = write_and_be_answered(desk)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            asked(person)
        return len(queries)

    # The session, and one for each table but that which is kept back.
    assert cost() == len(HIDDEN)
    for number in range(20):
        counsellor.reply(conversation)
        person.write(f"Number {number}")
    assert Envelope.objects.count() > 40
    assert cost() == len(HIDDEN)


def test_an_inbox_that_was_deleted_has_no_rows_to_tell(desk: Desk) -> None:
    person, _, _ = write_and_be_answered(desk)
    other = Person(person.inbox)
    other.come_back()
    pk = Inbox.objects.get().pk
    person.call("DELETE", "inbox")
    assert other.call("GET", "inbox/kept").status_code == 401
    # At this very moment: the session was still found.
    with pytest.raises(Problem, match="not-found"):
        stored_data_of_person(pk)
    assert not Session.objects.exists()
