"""An admin's session in the wrong hand tries each way that once ended the service in seconds. Alone, it changes nothing that lasts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.clock import now
from helpline.four_eyes.changes import do_due_changes, stop_change
from helpline.models import Account, AccountNotice, AuditEntry, ConfidentialityTerms, Counsellor, CrisisWay, Organisation, ProposedChange
from messaging.models import Certificate, Vault
from tests.world.signing_in import sign_in
from tests.world.staff import People
from tests.world.two import another, confirmed_and_done, newest

pytestmark = pytest.mark.django_db
PREMIUM = "0909 879 0000"


@pytest.fixture
def lead(people: People) -> Account:
    return another()


@pytest.fixture
def thief(people: People, lead: Account) -> Client:
    """Whoever has the admin's session."""
    return sign_in(people.admin)


def a_week_later() -> None:
    do_due_changes(at=now() + timedelta(days=8))


def organisation_form(**changes: str) -> dict[str, str]:
    row = Organisation.objects.get()
    fields = {
        name: "" if (value := getattr(row, name)) is None else str(value)
        for name in [field.name for field in Organisation._meta.concrete_fields if field.editable and field.name != "id"]
    }
    fields |= {"phone_languages": "en", "writing_languages": "en"} | changes
    return {name: value for name, value in fields.items() if value != "False"}


def change_organisation(client: Client, **changes: str) -> Any:
    answer = client.post("/desk/admin/helpline/organisation/1/change/", organisation_form(**changes))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return answer


def test_a_no_vault_is_deleted(people: People, thief: Client) -> None:
    for person in (people.ailsa, people.bhavna, people.stranger):
        thief.post(reverse("desk:forget-vault", args=[person.member.pk]), {"sure": person.name})
    a_week_later()
    assert Vault.objects.values("member").distinct().count() == 3
    assert not Certificate.objects.filter(withdrawn=True).exists()
    assert ProposedChange.objects.filter(kind="vault").count() == 3, "and everyone sees what was tried"


def test_a_one_counsellor_a_day_is_recorded_as_having_left_and_their_vault_is_kept(people: People, thief: Client) -> None:
    for person in (people.bhavna, people.ailsa, people.stranger):
        thief.post(reverse("desk:leave", args=[person.account.pk]))
    a_week_later()
    assert list(Account.objects.filter(is_active=False).values_list("name", flat=True)) == ["Bhavna"]
    page = thief.get(reverse("desk:waiting")).content.decode()
    assert "Propose to bring it back" in page


def test_a_no_lead_and_no_other_admin_is_switched_off(people: People, thief: Client, lead: Account) -> None:
    another("Una")
    thief.post(reverse("desk:leave", args=[lead.pk]))
    given = {"name": lead.name, "email": lead.email, "role": "lead"}
    assert thief.post(f"/desk/admin/helpline/account/{lead.pk}/change/", given).status_code == 302
    counsellor = Counsellor.objects.get(account=people.ailsa.account)
    assert thief.post(f"/desk/admin/helpline/counsellor/{counsellor.pk}/change/", {"active": ""}).status_code == 403
    a_week_later()
    lead.refresh_from_db()
    assert lead.is_active
    assert sorted(ProposedChange.objects.values_list("kind", flat=True)) == ["account", "leave"]


def test_b_nobodys_role_address_or_sign_in_is_taken_over(people: People, thief: Client, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    bhavna = people.bhavna.account
    given = {"name": "Bhavna", "email": "thief@evil.example", "role": "lead", "is_active": "on"}
    assert thief.post(f"/desk/admin/helpline/account/{bhavna.pk}/change/", given).status_code == 302
    shown = thief.post(reverse("desk:invite-again", args=[bhavna.pk]), follow=True).content.decode()
    assert "/desk/invitation/" not in shown
    a_week_later()
    bhavna.refresh_from_db()
    assert (bhavna.email, bhavna.role, bhavna.has_usable_password()) == (people.bhavna.email, "counsellor", True)
    told = set(AccountNotice.objects.filter(account=bhavna).values_list("address", "kind"))
    assert told == {(people.bhavna.email, "proposed")}, "at the old address"
    entry = AuditEntry.objects.filter(about=bhavna, action="proposed").earliest("pk")
    assert entry.before.splitlines() == [f"role: {'counsellor'}", f"email: {people.bhavna.email}"]
    assert entry.after.splitlines() == ["role: lead", "email: thief@evil.example"]


@pytest.mark.parametrize("role", ["lead", "admin"])
def test_b_no_helper_is_made_who_could_confirm(people: People, thief: Client, role: str) -> None:
    given = {"name": "Sock", "email": "sock@evil.example", "role": role, "display_name": "Sock" if role == "lead" else ""}
    page = thief.post(reverse("desk:people"), given, follow=True).content.decode()
    assert "/desk/invitation/" not in page
    a_week_later()
    assert not Account.objects.filter(email="sock@evil.example").exists()
    mine = newest()
    assert thief.post(reverse("desk:confirm-change", args=[mine.pk])).status_code == 403


def test_c_no_number_is_published(people: People, thief: Client, lead: Account) -> None:
    Organisation.objects.filter(pk=1).update(phone="0808 1000 900", concern_phone="")
    change_organisation(thief, phone=PREMIUM, concern_phone=PREMIUM, onion_address=f"http://{'a' * 56}.onion", name="Helpline of Alba")
    a_week_later()
    row = Organisation.objects.get()
    assert (row.phone, row.concern_phone, row.onion_address) == ("0808 1000 900", "", "")
    assert row.name == "Helpline of Alba", "what leads nobody astray is saved at once"
    way = {"group": "voice", "name": "Samaritans", "contact": PREMIUM, "address": "tel:09098790000", "what_for": "Anyone", "position": "0"}
    assert thief.post("/desk/admin/helpline/crisisway/add/", way).headers["Location"] == reverse("desk:waiting")
    a_week_later()
    assert not CrisisWay.objects.filter(contact=PREMIUM).exists()


def test_c_a_wrong_number_leaves_the_site_at_once_and_a_known_one_comes_back_without_a_pause(thief: Client, lead: Account) -> None:
    Organisation.objects.filter(pk=1).update(phone="0808 1000 900")
    assert thief.post(reverse("desk:hide-number", args=["phone"])).status_code == 302
    assert Organisation.objects.get().phone == ""
    change_organisation(thief, phone="0808 1000 900")
    assert Organisation.objects.get().phone == "", "showing one takes two people"
    assert confirmed_and_done(lead, at=now()).state == "done"
    assert Organisation.objects.get().phone == "0808 1000 900"
    change_organisation(thief, phone="0808 1000 901")
    change = confirmed_and_done(lead, at=now())
    assert change.due_at == change.proposed_at + timedelta(days=1), "a new one waits its day"
    assert Organisation.objects.get().phone == "0808 1000 901"


def test_d_no_terms_are_published_and_nothing_is_deleted_sooner(thief: Client, lead: Account) -> None:
    before = ConfidentialityTerms.objects.count()
    given = {"text": "We tell everyone everything.", "summary": "We tell."}
    assert thief.post("/desk/admin/helpline/confidentialityterms/add/", given).headers["Location"] == reverse("desk:waiting")
    change_organisation(thief, retention_days="7", sooner="on")
    a_week_later()
    assert (ConfidentialityTerms.objects.count(), Organisation.objects.get().retention_days) == (before, 180)
    for change in list(ProposedChange.objects.filter(kind="retention")):
        stop_change(change.pk, by=lead, at=now())
    confirmed_and_done(lead, at=now())
    assert ConfidentialityTerms.objects.count() == before + 1
