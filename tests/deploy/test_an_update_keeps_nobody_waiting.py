"""While a backup reads the tables, an update that has to alter them keeps trying, and nobody who writes waits behind it."""

import threading
from contextlib import closing
from io import StringIO

import psycopg2
import psycopg2.errors
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from config.management.commands import prepare
from tests.parts.databases import a_database, on_database
from tests.parts.environment import Installation
from tests.parts.postgres import Postgres
from tests.parts.processes import wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
# What came after it alters the conversations, adds an index to them, and takes one away.
BEFORE = ("messaging", "0055_what_has_had_its_time_is_found_by_an_index")
INDEXES = "SELECT indexname, indisvalid FROM pg_indexes JOIN pg_index ON indexrelid = indexname::regclass WHERE tablename = %s"


def connected(installation: Installation, name: str) -> "closing[Connection]":
    return closing(psycopg2.connect(installation.database_url(name)))


def indexes() -> dict[str, bool]:
    """Those of the conversations, and whether each is whole."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, ["messaging_conversation"])
        return dict(cursor.fetchall())


def test_a_backup_an_update_and_somebody_who_writes(
    postgres_server: Postgres, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "LOCK_SECONDS", 0.3)
    monkeypatch.setattr(prepare, "PAUSE_SECONDS", 0.1)
    said = StringIO()
    with a_database(postgres_server, "updated") as name, on_database(name):
        executor = MigrationExecutor(connection)
        others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != BEFORE[0]]
        executor.migrate([*others, BEFORE])
        connection.close()
        with connected(installation, name) as backup, connected(installation, name) as writer:
            backup.cursor().execute("LOCK TABLE messaging_conversation IN ACCESS SHARE MODE")
            failures: list[BaseException] = []

            def write_and_end_the_backup() -> None:
                try:
                    wait_until(lambda: said.getvalue().count("Trying again.") >= 3, "the update tries")
                    # Whoever writes waits for no longer than the update waits for its table.
                    writer.cursor().execute("SET lock_timeout = '2s'; LOCK TABLE messaging_conversation IN ROW EXCLUSIVE MODE")
                    writer.rollback()
                except BaseException as failure:  # noqa: BLE001 - told by the test
                    failures.append(failure)
                finally:
                    backup.rollback()

            beside = threading.Thread(target=write_and_end_the_backup)
            beside.start()
            prepare.Command(stdout=StringIO(), stderr=said).bring_up_to_date()
            beside.join()
            assert failures == []
        found = indexes()
        assert all(found.values())
        assert "conversation_newest" in found
        assert "conversation_own_time" not in found


@pytest.mark.night("by day an update, while somebody writes")
def test_an_index_that_was_interrupted_is_made_anew(postgres_server: Postgres, installation: Installation) -> None:
    with a_database(postgres_server, "interrupted") as name, on_database(name):
        executor = MigrationExecutor(connection)
        others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != BEFORE[0]]
        executor.migrate([*others, ("messaging", "0056_the_day_of_the_newest_message")])
        with connected(installation, name) as backup, connected(installation, name) as other:
            # As pg_dump does: an index is whole only when nobody looks at the rows as they were before it.
            backup.set_session(isolation_level="REPEATABLE READ")
            backup.cursor().execute("SELECT count(*) FROM messaging_conversation")
            other.autocommit = True
            other.cursor().execute("SET lock_timeout = '300ms'")
            with pytest.raises(psycopg2.errors.LockNotAvailable):
                other.cursor().execute("CREATE INDEX CONCURRENTLY conversation_newest ON messaging_conversation (keep_days, newest_on)")
        assert not indexes()["conversation_newest"]
        connection.close()
        call_command("migrate", verbosity=0, interactive=False)
        assert indexes()["conversation_newest"]
