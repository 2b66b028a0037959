"""A vault that is deleted is sealed away for thirty days. Two people bring it back as it was; then it is gone for good."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.clock import now
from messaging.housekeeping import tidy_up
from messaging.keys.forgotten_vaults import KEPT_FOR, delete_forgotten_vaults
from messaging.keys.own_keys import own_keys
from messaging.keys.storage_rotation import destroy_old_keys
from messaging.keys.stored_vaults import count_stored, open_records, usable_storage_keys
from messaging.keys.vaults import forget_vault
from messaging.members.offboard import offboard
from messaging.models import CertificateRequest, ForgottenRecord, ForgottenVault, Vault
from tests.messaging.keys.storage import begin_storage, storage_keys, stored_of
from tests.world.desk import NOON, open_helpline
from tests.world.signing_in import sign_in
from tests.world.staff import DeskPerson, People
from tests.world.two import another, confirmed_and_done

pytestmark = pytest.mark.django_db


def has(person: DeskPerson) -> dict[str, Any]:
    """Everything with which the person's browser unlocks the desk."""
    answer = own_keys(person.member, at=now())
    return {name: answer[name] for name in ("vaults", "certificate", "request", "grants", "sheet_made_on")}


def propose_back(client: Client) -> None:
    assert client.post(reverse("desk:bring-vault-back", args=[ForgottenVault.objects.latest("pk").pk])).status_code == 302


def test_two_people_bring_it_back_as_it_was(people: People) -> None:
    lead, before = another(), has(people.bhavna)
    forget_vault(people.bhavna.member, at=now())
    gone = has(people.bhavna)
    assert (gone["vaults"], gone["certificate"], gone["request"]) == ([], None, None)
    admin = sign_in(people.admin)
    assert "deleted on" in admin.get(reverse("desk:waiting")).content.decode()
    propose_back(admin)
    assert has(people.bhavna)["vaults"] == [], "one person alone brings nothing back"
    change = confirmed_and_done(lead, at=now())
    assert (change.state, change.ended_at) == ("done", change.confirmed_at), "without a pause"
    after = has(people.bhavna)
    before["vaults"], after["vaults"] = [{**each, "id": 0} for each in before["vaults"]], [{**each, "id": 0} for each in after["vaults"]]
    assert after == before
    assert not ForgottenVault.objects.exists()


def test_it_takes_no_place_from_a_new_one(people: People) -> None:
    lead, asked = another(), CertificateRequest.objects.get(member=people.bhavna.member)
    forget_vault(people.bhavna.member, at=now())
    Vault.objects.create(member=people.bhavna.member, kind=1, record=bytes(109))
    CertificateRequest.objects.create(member=people.bhavna.member, request=asked.request, made_on=asked.made_on)
    propose_back(sign_in(people.admin))
    change = confirmed_and_done(lead, at=now())
    assert (change.state, change.reason) == ("failed", "There is a new vault.")
    assert ForgottenVault.objects.exists()


def test_after_thirty_days_it_is_gone_for_good(people: People) -> None:
    at = now()
    forget_vault(people.bhavna.member, at=at)
    tidy_up(at=at + KEPT_FOR - timedelta(seconds=1))
    assert ForgottenRecord.objects.exists()
    tidy_up(at=at + KEPT_FOR)
    assert not ForgottenVault.objects.exists()
    assert not ForgottenRecord.objects.exists()
    assert delete_forgotten_vaults(at=at + KEPT_FOR) == 0


def test_the_vault_of_someone_who_left_is_kept_as_long_and_waits_for_their_account(people: People) -> None:
    lead = another()
    offboard(people.bhavna.account, at=now())
    assert ForgottenVault.objects.get().member == people.bhavna.member
    propose_back(sign_in(people.admin))
    change = confirmed_and_done(lead, at=now())
    assert change.reason.startswith("The counsellor’s account is switched off")


def test_no_page_and_no_interface_gives_it_out(people: People) -> None:
    record = bytes(Vault.objects.get(member=people.bhavna.member).record)
    forget_vault(people.bhavna.member, at=now())
    assert sign_in(people.bhavna).get(reverse("desk-api:me")).json()["vaults"] == []
    assert bytes(ForgottenRecord.objects.get().record) == record


def test_a_new_storage_key_takes_it_along(settings: Settings, tmp_path: Path) -> None:
    path = begin_storage(settings, tmp_path)
    callum = open_helpline().members["Callum"]
    before = open_records(stored_of(callum))
    forget_vault(callum, at=NOON)
    storage_keys("new")
    assert "brought under the current storage key: 2." in storage_keys("rotate")
    destroy_old_keys(path, without_sheets=True)
    assert count_stored(usable_storage_keys()).lost == 0
    assert open_records([bytes(ForgottenRecord.objects.get().record)]) == before
