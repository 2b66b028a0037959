"""A vault's record lies in the database under a storage key, which is in a file beside it; the desk's interface gives it as it was made."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from messaging.keys.storage_keys import add_storage_key
from messaging.models import Vault
from messaging.protocol.encoding import decode
from tests.messaging.keys.changes import ONE, PASSKEY, PASSPHRASE, does
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, all_rows, kind_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def stored(desk: Desk, name: str = "Moira") -> list[bytes]:
    return list(desk.members[name].vaults.order_by("pk").values_list("record", flat=True))


def given(who: AtDesk) -> list[str | None]:
    return [vault["record"] for vault in who.call("GET", "me").json()["vaults"]]


def test_what_is_stored_is_not_what_the_browser_made(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE)
    does(moira, "vault/records", record=PASSPHRASE)
    assert given(moira) == [PASSPHRASE, PASSKEY]
    for kept, made in zip(stored(desk), (PASSPHRASE, PASSKEY), strict=True):
        assert len(kept) == 228
        assert decode(made)[13:45] not in kept


def test_the_same_record_twice_looks_different_and_no_time_is_told(desk: Desk) -> None:
    moira, callum = stored(desk)[0], stored(desk, "Callum")[0]
    assert moira != callum
    assert moira[:12] == callum[:12] == b"gAAAAAAAAAAA"


def test_without_a_file_of_keys_the_record_lies_as_it_was_made(desk: Desk, settings: Settings) -> None:
    settings.STORAGE_KEYS_FILE = None
    moira = AtDesk(desk, "Moira")
    assert given(moira) == [None]
    does(moira, "vault/records", record=PASSPHRASE)
    assert stored(desk) == [decode(PASSPHRASE)]
    assert given(moira) == [PASSPHRASE]


@pytest.mark.parametrize("state", ["missing", "empty", "damaged", "two current ones", "a folder"])
def test_without_its_key_the_server_stores_nothing_and_says_so(desk: Desk, settings: Settings, tmp_path: Path, state: str) -> None:
    settings.STORAGE_KEYS_FILE = path = tmp_path / "storage-keys"
    key = f"current 2026-11-25 {'A' * 43}=\n"
    texts = {"empty": "", "damaged": key.replace("A", "A A", 1), "two current ones": key + key}
    if state in texts:
        path.write_text(texts[state])
    if state == "a folder":
        path.mkdir()
    moira, before = AtDesk(desk, "Moira"), all_rows()
    assert given(moira) == [None]
    answer = does(moira, "vault/records", record=PASSPHRASE)
    assert (answer.status_code, kind_of(answer)) == (503, "unavailable")
    assert "“Storage keys”" in answer.json()["detail"]
    assert all_rows() == before
    if state == "missing":
        add_storage_key(path, made_on=NOON.date())
        assert does(moira, "vault/records", record=PASSPHRASE).status_code == 201
        assert given(moira) == [PASSPHRASE]


def test_the_database_keeps_to_the_two_sizes(desk: Desk) -> None:
    moira = desk.members["Moira"]
    for size in (108, 110, 227, 229):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vault.objects.filter(member=moira).update(record=bytes(size))
    for size in (109, 228):
        assert Vault.objects.filter(member=moira).update(record=bytes(size)) == 1
