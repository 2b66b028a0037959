"""What another version of the messaging protocol made is passed over by no migration: `migrate` looks first, and changes nothing."""

import re
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from messaging.models import Envelope, Epoch
from messaging.models.older_rows import OF_ANOTHER_VERSION
from messaging.protocol.encoding import VERSION
from tests.parts.databases import a_database, on_database
from tests.parts.environment import REPOSITORY
from tests.parts.postgres import Postgres
from tests.world.desk import Desk
from tests.world.person import Person

BEFORE = [("helpline", "0101_rota_patterns_offers_and_notices"), ("messaging", "0064_who_is_seen_at_the_desk")]
OLDER = bytes([VERSION[0] - 1])
SENTENCE = r"holds keys or messages of another version of the messaging protocol than 2, .* Nothing was changed\."
pytestmark = pytest.mark.django_db(transaction=True)


def statement_of_before() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO messaging_epoch (number, statement, first_day, last_day) VALUES (1, %s, 20000, 20034)", [OLDER + bytes(1358)]
        )


@pytest.mark.postgres
def test_a_database_of_version_1_stays_as_it_is(postgres_server: Postgres, db: None) -> None:
    with a_database(postgres_server, "version_1") as name, on_database(name):
        MigrationExecutor(connection).migrate(BEFORE)
        statement_of_before()
        done = set(MigrationRecorder(connection).applied_migrations())
        with pytest.raises(CommandError, match=SENTENCE):
            call_command("migrate", verbosity=0, interactive=False)
        assert set(MigrationRecorder(connection).applied_migrations()) == done
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM messaging_epoch")
            assert cursor.fetchall() == [(1,)]


def old_envelope() -> None:
    row = Envelope.objects.get()
    Envelope.objects.filter(pk=row.pk).update(envelope=OLDER + bytes(row.envelope)[1:])


def old_statement() -> None:
    row = Epoch.objects.get()
    Epoch.objects.filter(pk=row.pk).update(statement=OLDER + bytes(row.statement)[1:])


@pytest.mark.parametrize("alter", [old_envelope, old_statement])
def test_nor_is_one_with_the_newest_tables_and_older_rows(desk: Desk, alter: Callable[[], None]) -> None:
    """As a trial of the days before the protocol was frozen has it."""
    Person().write_first("In a trial")
    call_command("migrate", verbosity=0, interactive=False)
    alter()
    with pytest.raises(CommandError, match=SENTENCE) as refused:
        call_command("migrate", verbosity=0, interactive=False)
    # It names where to read on, and that is there.
    page, chapter = re.findall(r"(docs/\S+\.md) says how, under “([^”]*)”", str(refused.value))[0]
    assert f"## {chapter}\n" in (REPOSITORY / page).read_text(encoding="utf-8")


def test_each_table_whose_bytes_begin_with_a_version_is_looked_at(db: None) -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, statement in OF_ANOTHER_VERSION.items():
            assert table in tables
            cursor.execute(statement, [VERSION])
            assert cursor.fetchone() is None
