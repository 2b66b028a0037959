"""`manage.py storage_keys`: a new key, every record under it, the old one destroyed; in this order, and when nothing needs it."""

from pathlib import Path

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from messaging.keys.storage_keys import read_storage_keys
from messaging.models import Vault
from tests.messaging.keys.changes import PASSPHRASE, does
from tests.messaging.keys.storage import begin_storage, storage_keys, stored_of
from tests.world.desk import Desk, open_helpline
from tests.world.person import AtDesk, all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def path(settings: Settings, tmp_path: Path) -> Path:
    return begin_storage(settings, tmp_path)


@pytest.fixture
def stored(path: Path, db: None) -> Desk:
    return open_helpline()


def uses(path: Path) -> list[str]:
    return [str(key.use) for key in read_storage_keys(path).keys]


def given(desk: Desk) -> list[str]:
    return [AtDesk(desk, name).call("GET", "me").json()["vaults"][0]["record"] for name in ("Moira", "Callum")]


def sheets(desk: Desk, *names: str) -> None:
    for name in names:
        AtDesk(desk, name).call("POST", "vault/sheet", {})


def test_a_key_is_made_used_and_destroyed_while_the_desk_goes_on(stored: Desk, path: Path) -> None:
    before, rows = given(stored), stored_of(stored.members["Moira"])
    assert "It is not in use yet" in storage_keys("new")
    assert uses(path) == ["current", "next"]
    assert given(stored) == before
    assert "brought under the current storage key: 2." in storage_keys("rotate")
    assert uses(path) == ["old", "current"]
    assert stored_of(stored.members["Moira"]) != rows
    assert given(stored) == before
    sheets(stored, "Moira", "Callum")
    assert "Old storage keys destroyed: 1." in storage_keys("destroy")
    assert uses(path) == ["current"]
    assert given(stored) == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["storage-keys"]


def test_what_lies_unencrypted_is_encrypted_by_the_rotation(settings: Settings, tmp_path: Path, db: None) -> None:
    settings.STORAGE_KEYS_FILE = None
    desk = open_helpline()
    before = given(desk)
    assert {len(each) for each in Vault.objects.values_list("record", flat=True)} == {109}
    begin_storage(settings, tmp_path)
    assert given(desk) == before
    assert "Vault records by their key: current 0. Not encrypted: 2. Without a key here: 0." in storage_keys("status")
    assert "brought under the current storage key: 2." in storage_keys("rotate")
    assert {len(each) for each in Vault.objects.values_list("record", flat=True)} == {228}
    assert given(desk) == before
    assert "brought under the current storage key: 0." in storage_keys("rotate")


def test_a_waiting_key_is_not_joined_by_another(stored: Desk, path: Path) -> None:
    storage_keys("new")
    with pytest.raises(CommandError, match="A new key is waiting already"):
        storage_keys("new")


def test_nothing_is_destroyed_that_a_record_needs(stored: Desk, path: Path) -> None:
    with pytest.raises(CommandError, match="There is no old storage key"):
        storage_keys("destroy")
    sheets(stored, "Moira", "Callum")
    [old] = stored_of(stored.members["Moira"])
    storage_keys("new")
    storage_keys("rotate")
    Vault.objects.filter(member=stored.members["Moira"]).update(record=old)
    with pytest.raises(CommandError, match=r"not under the current key: 1\. Run this first: storage_keys rotate"):
        storage_keys("destroy")
    assert uses(path) == ["old", "current"]
    assert "current 1, old 1." in storage_keys("status")


def test_nothing_is_destroyed_while_someone_has_no_sheet_unless_it_is_meant(stored: Desk, path: Path) -> None:
    storage_keys("new")
    storage_keys("rotate")
    sheets(stored, "Moira")
    rows = all_rows()
    with pytest.raises(CommandError, match="No recovery sheet on paper: Callum") as refused:
        storage_keys("destroy")
    assert "these counsellors lose their keys" in str(refused.value)
    assert (uses(path), all_rows()) == (["old", "current"], rows)
    assert "destroyed: 1." in storage_keys("destroy", "--without-sheets")
    assert uses(path) == ["current"]


def test_two_machines_with_copies_of_the_file_open_what_either_stores(stored: Desk, path: Path, settings: Settings) -> None:
    """Each has a file of its own. It is copied after `new`; `rotate` runs on the one, and the other stores under the key before."""
    here, there = path, path.with_name("copied")
    storage_keys("new")
    there.write_bytes(here.read_bytes())
    before = given(stored)
    storage_keys("rotate")
    settings.STORAGE_KEYS_FILE = there
    assert given(stored) == before
    assert does(AtDesk(stored, "Moira"), "vault/records", record=PASSPHRASE).status_code == 201
    settings.STORAGE_KEYS_FILE = here
    assert given(stored) == [PASSPHRASE, before[1]]
    sheets(stored, "Moira", "Callum")
    with pytest.raises(CommandError, match="not under the current key: 1"):
        storage_keys("destroy")
    assert "brought under the current storage key: 1." in storage_keys("rotate")
    assert "destroyed: 1." in storage_keys("destroy")


@pytest.mark.parametrize("step", ["rotate", "status", "destroy"])
def test_each_step_says_what_is_missing(settings: Settings, tmp_path: Path, step: str) -> None:
    settings.STORAGE_KEYS_FILE = None
    with pytest.raises(CommandError, match="Set HELPLINE_STORAGE_KEYS_FILE"):
        storage_keys(step)
    settings.STORAGE_KEYS_FILE = tmp_path / "storage-keys"
    with pytest.raises(CommandError, match="There is no file of storage keys"):
        storage_keys(step)
    settings.STORAGE_KEYS_FILE.write_text("current 2026-11-25 secret-but-no-key\n")
    with pytest.raises(CommandError, match="is not a file of storage keys, or is damaged") as refused:
        storage_keys(step)
    assert "secret-but" not in str(refused.value)


def test_a_damaged_file_is_never_written_over(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGE_KEYS_FILE = path = tmp_path / "storage-keys"
    path.write_text("damaged")
    with pytest.raises(CommandError, match="damaged"):
        storage_keys("new")
    assert path.read_text() == "damaged"
