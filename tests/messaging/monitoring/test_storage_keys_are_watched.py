"""The status page, its emails and `check_keys` say what is wrong with how vaults are stored, and who has no sheet."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from helpline.models import Account
from messaging.models import CertificateRequest, Vault
from messaging.monitoring.alerts import send_alerts
from messaging.monitoring.assess import StatusFinding, StatusState, status_findings
from messaging.monitoring.figures import status_figures
from tests.messaging.keys.storage import begin_storage, storage_keys
from tests.world.desk import NOON, Desk, open_helpline
from tests.world.person import AtDesk, Person

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def desk(settings: Settings, tmp_path: Path, clock: None, db: None) -> Desk:
    """Two key-holders with sheets, under a storage key of today."""
    begin_storage(settings, tmp_path)
    desk = open_helpline()
    desk.sheets_on_paper()
    return desk


def line(name: str = "Storage of vaults", days: int = 0) -> StatusFinding:
    [found] = [each for each in status_findings(status_figures(at=NOON + timedelta(days=days))) if each.name == name]
    return found


def check() -> str:
    """What `check_keys` says is wrong."""
    with pytest.raises(CommandError) as refused:
        call_command("check_keys", stdout=StringIO())
    return str(refused.value)


def test_all_is_well(desk: Desk) -> None:
    assert (line().state, line().do) == (StatusState.FINE, "")
    assert line().says == "Every vault record is under the current storage key, which is 0 days old."
    assert line("Recovery sheets").state == StatusState.FINE
    assert "storage" not in check()


def test_a_key_of_more_than_ninety_days_is_told(desk: Desk) -> None:
    assert line(days=90).state == StatusState.FINE
    assert line(days=91).state == StatusState.LOOK
    assert "which is 91 days old" in line(days=91).says
    assert "storage_keys new" in line(days=91).do


def test_the_command_says_that_the_key_is_old(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "storage-keys"
    path.write_text(path.read_text().replace(NOON.date().isoformat(), "2026-08-01"))
    assert "The storage key is 116 days old. Make a new one: storage_keys new, then rotate, then destroy." in check()


def test_no_key_is_told(desk: Desk, settings: Settings) -> None:
    Vault.objects.update(record=bytes(109))
    settings.STORAGE_KEYS_FILE = None
    assert line().state == StatusState.LOOK
    assert "Vaults are stored without a storage key" in line().says
    assert "No file of storage keys is set" in check()


def test_what_the_current_key_does_not_hold_is_told(desk: Desk) -> None:
    Vault.objects.filter(member=desk.members["Moira"]).update(record=bytes(109))
    assert line().state == StatusState.LOOK
    assert line().says == "Vault records that are not under the current storage key: 1."
    assert "not under the current storage key: 1. Run: storage_keys rotate." in check()
    storage_keys("rotate")
    assert line().state == StatusState.FINE


def test_a_counsellor_without_a_sheet_is_told(desk: Desk) -> None:
    CertificateRequest.objects.filter(member=desk.members["Callum"]).update(sheet_made_on=None)
    assert line("Recovery sheets").state == StatusState.LOOK
    assert line("Recovery sheets").says == "Counsellors without a recovery sheet on paper: 1."
    assert "No recovery sheet on paper: Callum." in check()


def test_a_lost_key_is_an_alarm_and_nothing_else_breaks(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    settings.SENDS_EMAIL = True
    Account.objects.create_user("lead@example.org", None, name="Lorna", role="lead", alerts=True)
    (tmp_path / "storage-keys").unlink()
    assert line().state == StatusState.ACT
    assert line().says == "Vault records that the server has no storage key for: 2. They cannot be opened."
    assert "Vault records that the server has no storage key for: 2." in check()
    send_alerts(at=NOON)
    assert "Helpline: vaults cannot be opened" in {email.subject for email in mail.outbox}
    # The public site, a message, the desk's pages and the rota.
    assert Client().get("/").status_code == 200
    assert Person().write_first().status_code == 201
    moira = AtDesk(desk, "Moira")
    assert {path: moira.client.get(path).status_code for path in ("/desk/", "/desk/vault/", "/desk/keys/", "/desk/rota/")} == {
        "/desk/": 200,
        "/desk/vault/": 200,
        "/desk/keys/": 200,
        "/desk/rota/": 200,
    }
    storage_keys("new")
    assert line().state == StatusState.ACT
    Vault.objects.all().delete()
    assert line().state == StatusState.FINE
