"""The commands of docs/operate.md dump the database and restore it: words open their thread in what came back, and counsellors read it."""

import sys
import time
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from helpline.audit import record_audit
from helpline.models import AuditEntry
from helpline.models.audit import Action, Kind
from messaging.protocol.encoding import decode
from messaging.protocol.peer import derive_inbox, make_words, read_as_desk
from messaging.routing.route import route_waiting
from tests.parts.databases import a_database, on_database
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.operator import Operator, commands_after
from tests.parts.postgres import Postgres
from tests.world.desk import NOON, TODAY, Desk, site
from tests.world.person import AtDesk, Person, all_rows, texts_of, who_has

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TEXT, REPLY = "I am worried about what I do at night", "I am glad that you wrote"


def test_words_open_the_thread_from_the_restored_database(
    desk: Desk, postgres_server: Postgres, installation: Installation, tmp_path: Path
) -> None:
    words = make_words()
    writer = Person(derive_inbox(site(), words))
    conversation = decode(writer.write_first(TEXT).json()["conversation"])
    assert route_waiting(at=NOON) == 1
    name = str(who_has(conversation))
    assert AtDesk(desk, name).reply(conversation, REPLY).status_code == 201
    record_audit(None, Action.CHANGED, "opening hours", kind=Kind.HOURS, at=NOON)
    before = all_rows()

    operator = Operator(tmp_path, installation)
    with a_database(postgres_server, "helpline", str(connection.settings_dict["NAME"])):
        operator.run(commands_after("## Backups").replace("bin/backup /var/backups/helpline", f"{REPOSITORY}/bin/backup {tmp_path}"))
        [dump] = tmp_path.glob("*.dump")
        assert dump.stat().st_mode & 0o077 == 0, "others on the machine could read it"
        started = time.monotonic()
        operator.run(commands_after("To restore one"), DUMP=dump.name)
        sys.stdout.write(f"Restored {dump.stat().st_size / 1000:.0f} KB in {time.monotonic() - started:.2f} s.\n")
        assert operator.asked_of_docker() == [
            "compose up --detach --wait postgres",
            "compose stop proxy web desk worker beat",
            "compose up --detach",
        ]
        with on_database("helpline"):
            executor = MigrationExecutor(connection)
            assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
            assert all_rows() == before
            with pytest.raises(IntegrityError, match="only added to"):
                AuditEntry.objects.all().delete()

            returned = Person(derive_inbox(site(), words))
            assert returned.come_back().status_code == 201
            assert texts_of(returned.thread()) == [(None, TEXT), (name, REPLY)]
            assert returned.write("Thank you").status_code == 201
            assert route_waiting(at=NOON) == 1
            counsellor = AtDesk(desk, name)
            thread = read_as_desk(desk.site, desk.unlocked(name), counsellor.answer(conversation), TODAY)
            assert texts_of(thread) == [(None, TEXT), (name, REPLY), (None, "Thank you")]
    assert all_rows() == before, "it was the restored database that all this was asked of"
