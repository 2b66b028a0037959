"""The first start makes a storage key. A later one makes none where vaults lie under a key that is missing: the file may yet come back."""

from pathlib import Path

import pytest
from pytest_django import Settings

from messaging.keys.storage_keys import KeyUse, read_storage_keys
from messaging.keys.stored_vaults import ensure_storage_key
from tests.messaging.keys.storage import begin_storage, storage_keys
from tests.world.desk import NOON, open_helpline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_there_is_one_after_the_first_start_and_the_same_after_the_second(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGE_KEYS_FILE = path = tmp_path / "new" / "keys"
    assert ensure_storage_key(at=NOON) == ""
    [key] = read_storage_keys(path).keys
    assert (key.use, key.made_on) == (KeyUse.CURRENT, NOON.date())
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert ensure_storage_key(at=NOON) == ""
    assert read_storage_keys(path).keys == (key,)
    assert key.secret not in repr(key)


def test_an_installation_that_sets_no_file_starts_as_before(settings: Settings) -> None:
    settings.STORAGE_KEYS_FILE = None
    assert ensure_storage_key(at=NOON) == ""


def test_vaults_that_are_there_unencrypted_are_no_hindrance(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGE_KEYS_FILE = None
    open_helpline()
    settings.STORAGE_KEYS_FILE = path = tmp_path / "keys"
    assert ensure_storage_key(at=NOON) == ""
    assert path.exists()


def test_a_lost_key_is_told_and_not_replaced(settings: Settings, tmp_path: Path) -> None:
    path = begin_storage(settings, tmp_path)
    open_helpline()
    kept = path.read_text()
    path.unlink()
    said = ensure_storage_key(at=NOON)
    assert said.startswith(f"There is no file of storage keys at {path}. Counsellors cannot open their vaults.")
    assert not path.exists()
    path.write_text("damaged")
    assert "is damaged" in ensure_storage_key(at=NOON)
    assert path.read_text() == "damaged"
    path.write_text(kept)
    assert ensure_storage_key(at=NOON) == ""
    assert "Without a key here: 0" in storage_keys("status")


def test_a_folder_that_cannot_be_made_stops_no_start(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.STORAGE_KEYS_FILE = tmp_path / "file" / "keys"
    assert ensure_storage_key(at=NOON).endswith("Counsellors cannot open their vaults.")
