"""A rotation that is killed halfway loses nothing and goes on where it was; nor does a counsellor who changes a vault just then."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from helpline.models import Account, Counsellor
from messaging.keys.registry import make_desk_member
from messaging.keys.storage_keys import KeyUse, WrongOrder, read_storage_keys, use_next_key
from messaging.keys.storage_rotation import BATCH, destroy_old_keys, rotate_storage
from messaging.keys.stored_vaults import count_stored, open_records, seal_record
from messaging.models import DeskMember, Vault
from tests.messaging.keys.storage import begin_storage, storage_keys
from tests.parts.commands import surroundings
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.processes import wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = BATCH + 5


def record(number: int) -> bytes:
    return b"\1" + bytes([number]) * 108


@pytest.fixture
def path(settings: Settings, tmp_path: Path) -> Path:
    return begin_storage(settings, tmp_path)


@pytest.fixture
def members(path: Path) -> list[DeskMember]:
    """More counsellors than are changed at once, each with a stored vault."""
    made = []
    for number in range(MANY):
        account = Account.objects.create_user(f"counsellor{number}@example.org", None, name=f"Counsellor {number}")
        made.append(make_desk_member(Counsellor.objects.create(account=account, display_name=f"Counsellor {number}")))
        Vault.objects.create(member=made[-1], kind=Vault.Kind.PASSPHRASE, record=seal_record(record(number)))
    return made


def all_open() -> list[bytes | None]:
    return open_records(list(Vault.objects.order_by("member").values_list("record", flat=True)))


def under(path: Path) -> dict[KeyUse, int]:
    return dict(count_stored(read_storage_keys(path)).under)


def test_one_that_is_killed_halfway_is_done_again(members: list[DeskMember], path: Path, installation: Installation) -> None:
    storage_keys("new")
    command = [sys.executable, "manage.py", "storage_keys", "rotate"]
    environment = surroundings(installation, HELPLINE_STORAGE_KEYS_FILE=str(path))
    with transaction.atomic():
        # The second batch waits for this row, as for a counsellor who changes their vault.
        DeskMember.objects.select_for_update(no_key=True).get(pk=members[-1].pk)
        halfway = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_until(lambda: under(path).get(KeyUse.CURRENT) == BATCH, "the first batch is changed", patience=60)
        finally:
            halfway.kill()
            assert halfway.wait(30) == -9
    assert under(path) == {KeyUse.CURRENT: BATCH, KeyUse.OLD: MANY - BATCH}
    assert all_open() == [record(number) for number in range(MANY)]
    assert f"brought under the current storage key: {MANY - BATCH}." in storage_keys("rotate")
    assert under(path) == {KeyUse.CURRENT: MANY}
    assert all_open() == [record(number) for number in range(MANY)]


def test_what_is_stored_under_the_key_before_while_it_changes_is_not_lost(members: list[DeskMember], path: Path) -> None:
    """Someone has read the old key and not stored yet, when the keys are changed and the old one is destroyed."""
    storage_keys("new")
    sealed, go_on = threading.Event(), threading.Event()

    def store() -> None:
        try:
            with transaction.atomic():
                DeskMember.objects.select_for_update(no_key=True).get(pk=members[0].pk)
                kept = seal_record(record(200))
                sealed.set()
                assert go_on.wait(60)
                Vault.objects.filter(member=members[0]).update(record=kept)
        finally:
            connection.close()

    def change() -> None:
        try:
            rotate_storage(path)
            destroy_old_keys(path, without_sheets=True)
        finally:
            connection.close()

    storing, changing = threading.Thread(target=store), threading.Thread(target=change)
    storing.start()
    assert sealed.wait(60)
    changing.start()
    wait_until(lambda: read_storage_keys(path).next is None, "the next key is in use", patience=60)
    assert changing.is_alive()
    go_on.set()
    for thread in (storing, changing):
        thread.join(60)
    assert [key.use for key in read_storage_keys(path).keys] == [KeyUse.CURRENT]
    assert all_open() == [record(200), *(record(number) for number in range(1, MANY))]


def test_a_first_vault_that_is_being_stored_holds_up_the_destruction(members: list[DeskMember], path: Path) -> None:
    """A rotation that ended early has not waited for them, and no row of theirs could be seen: the destruction waits itself."""
    Vault.objects.filter(member=members[0]).delete()
    storage_keys("new")
    old, sealed, go_on = read_storage_keys(path), threading.Event(), threading.Event()

    def store() -> None:
        try:
            with transaction.atomic():
                DeskMember.objects.select_for_update(no_key=True).get(pk=members[0].pk)
                sealed.set()
                assert go_on.wait(60)
                Vault.objects.create(member=members[0], kind=Vault.Kind.PASSPHRASE, record=old.seal(record(200)))
        finally:
            connection.close()

    refused: list[str] = []

    def change() -> None:
        try:
            destroy_old_keys(path, without_sheets=True)
        except WrongOrder as error:
            refused.append(str(error))
        finally:
            connection.close()

    storing = threading.Thread(target=store)
    storing.start()
    assert sealed.wait(60)
    keys = use_next_key(path)
    for each in Vault.objects.exclude(member=members[0]):
        Vault.objects.filter(pk=each.pk).update(record=keys.seal(record(1)))
    changing = threading.Thread(target=change)
    changing.start()
    changing.join(1)
    assert changing.is_alive(), "it did not wait"
    go_on.set()
    for thread in (storing, changing):
        thread.join(60)
    assert refused == ["Vault records that are not under the current key: 1. Run this first: storage_keys rotate."]
    assert [key.use for key in read_storage_keys(path).keys] == [KeyUse.OLD, KeyUse.CURRENT]
