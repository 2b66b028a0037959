"""The role decides who uses the admin's pages, and nothing else does."""

import pytest
from django.contrib import admin as django_admin
from django.test import Client
from django.urls import reverse

from helpline.models import Account, Counsellor, Organisation
from tests.helpline.admin.signed_in import sign_in

INDEX = reverse("admin:index")
PAGES = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in django_admin.site._registry]
FORMS = ["campaign", "closure", "confidentialityterms", "holidaychange", "openinginterval", "specialday"]


def test_every_page_opens_for_an_admin_without_any_permission_given(desk: Client, organisation: Organisation) -> None:
    for page in [INDEX, *PAGES, *(reverse(f"admin:helpline_{name}_add") for name in FORMS)]:
        assert desk.get(page).status_code == 200, page


def test_only_the_services_own_rows_are_here() -> None:
    assert {model._meta.app_label for model in django_admin.site._registry} == {"helpline", "messaging"}


@pytest.mark.parametrize("role", ["counsellor", "lead"])
def test_no_other_role_enters_even_with_every_permission(db: None, role: str) -> None:
    client = sign_in(Account.objects.create(email="leo@helpline.example", name="Leo", role=role, is_superuser=True))
    for page in [INDEX, *PAGES]:
        assert client.get(page).status_code in {302, 403}, page


def test_an_admin_switched_off_is_out_at_once(desk: Client, admin: Account) -> None:
    Account.objects.update(is_active=False)
    assert desk.get(INDEX).status_code == 302


def test_nobody_is_made_or_deleted_here(desk: Client, organisation: Organisation, anna: Counsellor) -> None:
    assert desk.get(reverse("admin:helpline_account_add")).status_code == 403
    assert desk.get(reverse("admin:helpline_counsellor_add")).status_code == 403
    for name, key in (("account", anna.account.pk), ("counsellor", anna.pk), ("organisation", 1)):
        assert desk.post(reverse(f"admin:helpline_{name}_delete", args=[key]), {"post": "yes"}).status_code == 403
    assert Counsellor.objects.count() == 1


def test_an_admin_cannot_shut_themselves_out(desk: Client, admin: Account) -> None:
    change = reverse("admin:helpline_account_change", args=[admin.pk])
    assert desk.post(change, {"name": "Ada L.", "email": admin.email, "role": "counsellor"}).status_code == 302
    admin.refresh_from_db()
    assert (admin.name, admin.role, admin.is_active) == ("Ada L.", "admin", True)


def test_a_role_is_changed_and_an_address_is_used_once(desk: Client, admin: Account, anna: Counsellor) -> None:
    change = reverse("admin:helpline_account_change", args=[anna.account.pk])
    taken = desk.post(change, {"name": "Anna", "email": "ADA@helpline.example", "role": "lead", "is_active": "on"})
    assert "on the staff already" in taken.context["adminform"].errors["email"][0]
    assert desk.post(change, {"name": "Anna", "email": "Anna@Helpline.example", "role": "admin", "is_active": "on"}).status_code == 302
    anna.account.refresh_from_db()
    assert (anna.account.role, anna.account.email, anna.account.is_superuser) == ("admin", "anna@helpline.example", True)
