"""An operator changes the storage key by the commands of docs/operate.md: a dump from before opens no vault then, a newer one does."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import Settings

from messaging.keys.storage_keys import read_storage_keys
from messaging.protocol.encoding import decode
from messaging.protocol.peer import make_passphrase
from messaging.protocol.peer.vault import change_passphrase, open_vault
from tests.messaging.keys.changes import does
from tests.messaging.keys.storage import begin_storage
from tests.parts.databases import a_database, on_database
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.operator import Operator, commands_after
from tests.parts.postgres import Postgres
from tests.world.desk import Desk, open_helpline, site
from tests.world.person import AtDesk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk_with_storage(clock: None, transactional_db: None, settings: Settings, tmp_path: Path) -> Desk:
    begin_storage(settings, tmp_path)
    desk = open_helpline()
    desk.sheets_on_paper()
    return desk


def given(desk: Desk) -> str | None:
    record: str | None = AtDesk(desk, "Moira").call("GET", "me").json()["vaults"][0]["record"]
    return record


def test_the_page_is_followed(desk_with_storage: Desk, postgres_server: Postgres, installation: Installation, tmp_path: Path) -> None:
    desk, words = desk_with_storage, make_passphrase()
    record = change_passphrase(site(), desk.keys["Moira"], words)
    assert does(AtDesk(desk, "Moira"), "vault/records", record=record).status_code == 201
    folder, path = tmp_path / "dumps", settings.STORAGE_KEYS_FILE
    assert path is not None
    (tmp_path / "operator").mkdir()
    operator = Operator(tmp_path / "operator", installation)
    operator.environment["HELPLINE_STORAGE_KEYS_FILE"] = str(path)
    with a_database(postgres_server, "helpline", str(connection.settings_dict["NAME"])):
        operator.run(f"{REPOSITORY}/bin/backup {folder}")
        [old] = folder.iterdir()
        first = read_storage_keys(path).current
        old = old.rename(tmp_path / "stolen.dump")
        routine = commands_after("Every three months, and when someone").replace(
            "bin/backup /var/backups/helpline", f"{REPOSITORY}/bin/backup {folder}"
        )
        operator.run(routine)
        assert first not in read_storage_keys(path).keys
        [new] = folder.iterdir()
        for dump, opens in ((new, True), (old, False)):
            operator.run(commands_after("To restore one"), DUMP=str(dump))
            with on_database("helpline"):
                assert (given(desk) == record) is opens
                assert (given(desk) is None) is not opens
        # The words open the vault: it was not they that failed.
        assert open_vault(site(), desk.keys["Moira"].counsellor_id, record, {"passphrase": words}).secret == desk.keys["Moira"].secret
    for dump in (old, new):
        operator.run('docker compose exec -T postgres pg_restore --file - "$DUMP" > whole.sql', DUMP=str(dump))
        whole = (operator.folder / "whole.sql").read_text()
        assert bytes(desk.members["Moira"].public_id).hex() in whole
        assert decode(record)[17:].hex() not in whole
        assert first.secret not in whole
