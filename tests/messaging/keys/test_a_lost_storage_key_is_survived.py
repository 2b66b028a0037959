"""The file of storage keys is lost: counsellors with a recovery sheet make new passphrases for the same keys, and nothing else changed."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from messaging.models import Certificate, CertificateRequest, Envelope, Epoch, Grant
from messaging.protocol.encoding import decode
from messaging.protocol.peer import make_passphrase, make_sheet, open_desk, open_sheet, read_as_desk
from messaging.protocol.peer.errors import BadVault
from messaging.protocol.peer.vault import change_passphrase, open_vault
from tests.messaging.keys.changes import PASSKEY, change, does
from tests.messaging.keys.storage import begin_storage, storage_keys, stored_of
from tests.world.desk import NOON, TODAY, Desk, open_helpline, site
from tests.world.person import AtDesk, Person, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TEXT = "I am worried about what I do at night"


def record_in(me: dict[str, Any]) -> str | None:
    record: str | None = next(vault["record"] for vault in me["vaults"] if vault["kind"] == 1)
    return record


@pytest.fixture
def desk_with_storage(db: None, settings: Settings, tmp_path: Path) -> Desk:
    """Moira and Callum, whose vaults lie under the test's own storage key."""
    begin_storage(settings, tmp_path)
    return open_helpline()


def test_a_sheet_gives_new_words_for_the_same_keys_and_old_conversations_open(
    desk_with_storage: Desk, settings: Settings, tmp_path: Path
) -> None:
    desk, person = desk_with_storage, Person()
    conversation = decode(person.write_first(TEXT).json()["conversation"])
    moira, public_id = AtDesk(desk, "Moira"), desk.keys["Moira"].counsellor_id
    moira.claim(conversation)
    first = make_passphrase()
    assert does(moira, "vault/records", record=change_passphrase(site(), desk.keys["Moira"], first)).status_code == 201
    does(moira, "vault/passkeys", record=PASSKEY, credential_id="b25l")
    sheet = make_sheet(desk.keys["Moira"])
    kept = [list(model.objects.order_by("pk").values_list()) for model in (Certificate, CertificateRequest, Epoch, Grant, Envelope)]

    (tmp_path / "storage-keys").unlink()
    assert [vault["record"] for vault in moira.call("GET", "me").json()["vaults"]] == [None, None]
    # People still write, and who has the desk open still answers.
    assert Person().write_first("Somebody else").status_code == 201
    assert moira.reply(conversation).status_code == 201
    assert "Vault records that no storage key here opens: 3." in storage_keys("new")

    keys, words = open_sheet(site(), public_id, " ".join(sheet)), make_passphrase()
    changed = change(moira, "vault/records", keys=keys, record=change_passphrase(site(), keys, words))
    assert moira.call("POST", "vault/records", changed).status_code == 201
    me = moira.call("GET", "me").json()
    assert [vault["record"] is None for vault in me["vaults"]] == [False, True]
    opened = open_vault(site(), public_id, str(record_in(me)), {"passphrase": words})
    thread = read_as_desk(site(), open_desk(site(), opened, me, TODAY), moira.answer(conversation), TODAY)
    assert texts_of(thread)[0] == (None, TEXT)
    with pytest.raises(BadVault):
        open_vault(site(), public_id, str(record_in(me)), {"passphrase": first})
    now = [list(model.objects.order_by("pk").values_list()) for model in (Certificate, CertificateRequest, Epoch, Grant, Envelope)]
    assert [rows[: len(before)] for before, rows in zip(kept, now, strict=True)] == kept
    assert [len(rows) for rows in now[:4]] == [len(rows) for rows in kept[:4]]
    # The passkey is taken out and added again.
    assert does(moira, "vault/passkeys/out", credential_id="b25l").status_code == 200
    assert does(moira, "vault/passkeys", record=PASSKEY, credential_id="b25l").status_code == 201
    assert [vault["record"] is None for vault in moira.call("GET", "me").json()["vaults"]] == [False, False]


def test_the_file_that_comes_back_opens_what_nobody_changed(desk_with_storage: Desk, settings: Settings, tmp_path: Path) -> None:
    path, callum = tmp_path / "storage-keys", AtDesk(desk_with_storage, "Callum")
    before, was = path.read_bytes(), record_in(callum.call("GET", "me").json())
    assert was is not None
    path.unlink()
    assert record_in(callum.call("GET", "me").json()) is None
    path.write_bytes(before)
    assert record_in(callum.call("GET", "me").json()) == was


def test_a_dump_from_before_the_rotation_and_a_passphrase_open_nothing(desk_with_storage: Desk, settings: Settings, tmp_path: Path) -> None:
    """The thief has the dump, the passphrase and, after the old key was destroyed, even the file of storage keys."""
    desk, words = desk_with_storage, make_passphrase()
    moira, keys = AtDesk(desk, "Moira"), desk.keys["Moira"]
    for name in ("Moira", "Callum"):
        AtDesk(desk, name).call("POST", "vault/sheet", {})
    record = change_passphrase(site(), keys, words)
    assert does(moira, "vault/records", record=record).status_code == 201
    [dumped] = stored_of(desk.members["Moira"])
    assert decode(record)[1:] not in dumped
    for step in ("new", "rotate"):
        storage_keys(step)
    [now] = stored_of(desk.members["Moira"])
    desk.members["Moira"].vaults.update(record=dumped)
    assert record_in(moira.call("GET", "me").json()) == record, "the old key was destroyed already, so this test would show nothing"
    desk.members["Moira"].vaults.update(record=now)
    storage_keys("destroy")
    opened = open_vault(site(), keys.counsellor_id, str(record_in(moira.call("GET", "me").json())), {"passphrase": words})
    assert opened.secret == keys.secret
    desk.members["Moira"].vaults.update(record=dumped)
    assert record_in(moira.call("GET", "me").json()) is None
    assert NOON.date().isoformat() in (tmp_path / "storage-keys").read_text()
