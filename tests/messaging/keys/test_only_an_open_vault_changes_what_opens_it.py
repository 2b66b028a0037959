"""A session alone changes nothing that opens a vault: whoever has it open signs for the change, once, for this site and this record."""

import os
from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from helpline.models import AuditEntry
from helpline.staff.account_notices import send_account_notices
from messaging.models import Certificate, CertificateRequest, Vault
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_site
from tests.messaging.keys.changes import ONE, PASSKEY, PASSPHRASE, change, does
from tests.world.desk import NOON, Desk, keys_of, site
from tests.world.person import AtDesk, all_rows, kind_of, set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def ways(who: AtDesk) -> list[tuple[int, str | None, str]]:
    return [(vault["kind"], vault["credential_id"], vault["record"]) for vault in who.call("GET", "me").json()["vaults"]]


def test_a_passkey_is_another_way_into_the_same_vault(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    first = ways(moira)
    assert does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE).status_code == 201
    assert does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE).status_code == 201
    assert does(moira, "vault/passkeys", record=PASSKEY, credential_id=encode(b"two")).status_code == 201
    assert ways(moira) == [*first, (2, ONE, PASSKEY), (2, encode(b"two"), PASSKEY)]
    for spoilt in ({"record": PASSPHRASE}, {"credential_id": ""}, {"credential_id": encode(bytes(1024))}):
        assert kind_of(does(moira, "vault/passkeys", **{"record": PASSKEY, "credential_id": ONE} | spoilt)) == "malformed"


def test_a_passkey_is_taken_out_and_the_others_stay(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    first = ways(moira)
    for name in (b"one", b"two"):
        does(moira, "vault/passkeys", record=PASSKEY, credential_id=encode(name))
    assert does(moira, "vault/passkeys/out", credential_id=ONE).status_code == 200
    assert ways(moira) == [*first, (2, encode(b"two"), PASSKEY)]
    assert does(moira, "vault/passkeys/out", credential_id=ONE).status_code == 200
    assert kind_of(does(moira, "vault/passkeys/out", credential_id="")) == "malformed"


def test_a_new_passphrase_takes_the_place_of_the_old_one_and_passkeys_stay(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE)
    certified, asked = Certificate.objects.count(), moira.call("GET", "me").json()["request"]
    assert does(moira, "vault/records", record=PASSPHRASE).status_code == 201
    assert ways(moira) == [(1, None, PASSPHRASE), (2, ONE, PASSKEY)]
    assert (Certificate.objects.count(), moira.call("GET", "me").json()["request"]) == (certified, asked)
    assert kind_of(does(moira, "vault/records", record=PASSKEY)) == "malformed"


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("vault/records", {"record": PASSPHRASE}),
        ("vault/passkeys", {"record": PASSKEY, "credential_id": ONE}),
        ("vault/passkeys/out", {"credential_id": ONE}),
    ],
)
def test_a_stolen_session_changes_nothing(desk: Desk, path: str, changed: dict[str, str]) -> None:
    moira = AtDesk(desk, "Moira")
    does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE)
    stranger = keys_of(99)
    elsewhere = open_site(site().root, "https://elsewhere.example")
    used = change(moira, path, **changed)
    assert moira.call("POST", path, used).status_code in {200, 201}
    late = change(moira, path, **changed)
    for_another = change(moira, path, **changed) | {"credential_id": encode(b"two")} if "credential_id" in changed else None
    refused = [
        changed | {"challenge": encode(bytes(56)), "signature": encode(bytes(64))},
        change(moira, path, keys=stranger, **changed),
        change(moira, path, at_site=elsewhere, **changed),
        change(moira, path, challenge=encode(os.urandom(56)), **changed),
        used,
        *([for_another] if for_another else []),
    ]
    before = all_rows()
    for body in refused:
        answer = moira.call("POST", path, body)
        assert (answer.status_code, kind_of(answer)) == (403, "bad-proof")
    set_clock(NOON + timedelta(seconds=130))
    assert kind_of(moira.call("POST", path, late)) == "bad-proof"
    assert all_rows() == before


def test_before_there_is_a_vault_there_is_nothing_to_change(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    Vault.objects.filter(member=desk.members["Moira"]).delete()
    CertificateRequest.objects.filter(member=desk.members["Moira"]).delete()
    assert kind_of(does(moira, "vault/records", record=PASSPHRASE)) == "not-allowed"
    assert kind_of(does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE)) == "not-allowed"
    assert kind_of(does(moira, "vault/passkeys/out", credential_id=ONE)) == "not-allowed"
    assert kind_of(moira.call("POST", "vault/sheet", {})) == "not-allowed"


def test_the_eleventh_passkey_is_refused_and_the_first_may_be_renewed(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    added = [does(moira, "vault/passkeys", record=PASSKEY, credential_id=encode(bytes([place]))) for place in range(10)]
    assert {answer.status_code for answer in added} == {201}
    refused = does(moira, "vault/passkeys", record=PASSKEY, credential_id=encode(bytes([10])))
    assert (refused.status_code, kind_of(refused)) == (403, "not-allowed")
    assert does(moira, "vault/passkeys", record=PASSKEY, credential_id=encode(bytes([0]))).status_code == 201
    assert Vault.objects.filter(member=desk.members["Moira"], kind=Vault.Kind.PASSKEY).count() == 10


def test_its_owner_is_told_and_the_trail_has_it(desk: Desk, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    moira = AtDesk(desk, "Moira")
    does(moira, "vault/records", record=PASSPHRASE)
    does(moira, "vault/passkeys", record=PASSKEY, credential_id=ONE)
    does(moira, "vault/passkeys/out", credential_id=ONE)
    lines = AuditEntry.objects.filter(what__startswith="vault").order_by("pk").values_list("action", "what")
    assert list(lines) == [("changed", "vault passphrase"), ("added", "vault passkey"), ("deleted", "vault passkey")]
    send_account_notices(at=NOON)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [(["moira@example.org"], "Desk: What opens your vault was changed")]


def test_the_day_of_the_recovery_sheet_is_of_these_keys_alone(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    assert moira.call("GET", "me").json()["sheet_made_on"] is None
    assert moira.call("POST", "vault/sheet", {}).status_code == 200
    assert moira.call("GET", "me").json()["sheet_made_on"] == NOON.date().isoformat()
    Certificate.objects.update(withdrawn=True)
    body = {"record": PASSPHRASE, "request": encode(decode(moira.call("GET", "me").json()["request"]))}
    assert moira.call("POST", "vault", body).status_code == 201
    assert moira.call("GET", "me").json()["sheet_made_on"] is None
