"""A database of an earlier version is brought up to date, with the older programme still at work: every thread in it still opens."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from messaging.models import Conversation
from messaging.protocol.peer import read_as_desk
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from tests.parts.databases import a_database, columns_of, copy_rows, on_database
from tests.parts.environment import Installation
from tests.parts.postgres import Postgres
from tests.world.desk import NOON, TODAY, Desk
from tests.world.person import AtDesk, Person, texts_of, who_has

# Of messaging, where version 2 of the protocol begins: nothing of version 1 can be opened, and the update refuses to pass over it. Of the
# rest, where the second version's tables ended: before the rota told what changed, and before anybody's sessions were kept.
EARLIER = [("helpline", "0101_rota_patterns_offers_and_notices"), ("messaging", "0071_a_second_person_confirms_an_epoch")]
ROOMS = {"helpline", "messaging"}
TEXT, REPLY = "I am worried about what I do at night", "I am glad that you wrote"
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writer(desk: Desk) -> Person:
    """Somebody who wrote and was answered."""
    person = Person()
    assert person.write_first(TEXT).status_code == 201
    assert route_waiting(at=NOON) == 1
    conversation = the_conversation()
    assert AtDesk(desk, str(who_has(conversation))).reply(conversation, REPLY).status_code == 201
    return person


def the_conversation() -> bytes:
    """Its name, where there is one."""
    return bytes(Conversation.objects.get().conversation_id)


def earlier_columns() -> dict[str, list[str]]:
    return columns_of(MigrationExecutor(connection).loader.project_state(EARLIER).apps, ROOMS)


@contextmanager
def of_the_earlier_version(server: Postgres, installation: Installation) -> Generator[str]:
    """The earlier version's tables, with the rows of the test's own database as far as that version had them."""
    columns, own = earlier_columns(), str(connection.settings_dict["NAME"])
    with a_database(server, "earlier") as name:
        with on_database(name):
            executor = MigrationExecutor(connection)
            others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ROOMS]
            executor.migrate([*others, *EARLIER])
            assert "helpline_crisisway" not in columns
        assert copy_rows(installation, own, name, columns) > len(columns) / 2
        yield name


def the_thread_goes_on(desk: Desk, person: Person) -> None:
    """Both sides open it, and write more."""
    conversation = the_conversation()
    assert person.come_back().status_code == 201
    name = str(who_has(conversation))
    assert texts_of(person.thread()) == [(None, TEXT), (name, REPLY)]
    assert person.write("Thank you").status_code == 201
    # After an update every desk that is open asks again, and so is seen.
    end_shifts(at=NOON)
    AtDesk(desk, name).lists()
    assert route_waiting(at=NOON) == 1
    counsellor = AtDesk(desk, name)
    thread = read_as_desk(desk.site, desk.unlocked(name), counsellor.answer(conversation), TODAY)
    assert texts_of(thread) == [(None, TEXT), (name, REPLY), (None, "Thank you")]
    assert counsellor.reply(conversation, "Until then").status_code == 201
    assert Person().write_first("Somebody else").status_code == 201


def test_the_thread_opens_after_the_update(desk: Desk, writer: Person, postgres_server: Postgres, installation: Installation) -> None:
    with of_the_earlier_version(postgres_server, installation) as name, on_database(name):
        call_command("migrate", verbosity=0, interactive=False)
        the_thread_goes_on(desk, writer)


def test_what_the_older_programme_writes_into_the_newer_tables_is_whole(
    desk: Desk, writer: Person, postgres_server: Postgres, installation: Installation
) -> None:
    """Between the migrations and the new containers the older programme goes on: its rows have only the columns that it knows."""
    columns, own = earlier_columns(), str(connection.settings_dict["NAME"])
    with a_database(postgres_server, "newer", own) as name:
        copy_rows(installation, own, name, columns)
        with on_database(name):
            the_thread_goes_on(desk, writer)


def test_conversations_of_version_1_are_not_passed_over(desk: Desk, writer: Person, postgres_server: Postgres) -> None:
    before = [("messaging", "0064_who_is_seen_at_the_desk")]
    with a_database(postgres_server, "version_1") as name, on_database(name):
        MigrationExecutor(connection).migrate(before)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO messaging_inbox (inbox_id, kem_public, sign_public, made_on) VALUES (%s, %s, %s, '2026-11-25')",
                [bytes(16), bytes(1216), bytes(32)],
            )
        with pytest.raises(CommandError, match="version 1 of the messaging protocol"):
            call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM messaging_inbox")
            assert cursor.fetchone() == (1,)
