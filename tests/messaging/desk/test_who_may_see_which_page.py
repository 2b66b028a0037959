"""Counsellors read conversations and reach no admin's page; an admin looks after the service and can read no conversation."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Account, Counsellor
from tests.world.signing_in import LOGIN, sign_in
from tests.world.staff import People

EVERYBODY = ["desk:keys"]
COUNSELLORS = ["desk:conversations", "desk:vault"]
ADMINS = ["desk:people", "admin:index", "admin:messaging_deskmember_changelist"]
INTERFACE = ["desk-api:me", "desk-api:epochs", "desk-api:conversations"]
COUNSELLORS_POSTS = ["desk-api:vault", "desk-api:passkeys", "desk-api:epochs"]


@pytest.mark.parametrize("page", EVERYBODY + COUNSELLORS + ADMINS)
def test_nobody_who_is_not_signed_in(people: People, page: str) -> None:
    asked = Client().get(reverse(page), follow=True)
    assert asked.redirect_chain[-1][0].startswith(LOGIN)


@pytest.mark.parametrize("page", INTERFACE)
def test_the_interface_refuses_whoever_is_not_signed_in(people: People, page: str) -> None:
    assert Client().get(reverse(page)).status_code == 401


@pytest.mark.parametrize("role", [Account.Role.COUNSELLOR, Account.Role.LEAD])
def test_a_counsellor_sees_the_desk_and_no_admins_page(people: People, role: str) -> None:
    Account.objects.filter(pk=people.ailsa.account.pk).update(role=role)
    client = sign_in(people.ailsa)
    assert [client.get(reverse(page)).status_code for page in EVERYBODY + COUNSELLORS + INTERFACE] == [200] * 6
    assert [client.get(reverse(page)).status_code for page in ADMINS] == [403, 302, 302]
    # Django's admin leads to its sign-in, which refuses who is signed in and no admin.
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    for name, arguments in (("desk:people", []), ("desk:certificates", []), ("desk:invite-again", [people.bhavna.account.pk])):
        assert client.post(reverse(name, args=arguments)).status_code == 403
    assert client.get(reverse("desk:certificate-request", args=[people.ailsa.member.request.pk])).status_code == 403


@pytest.mark.parametrize("also_counsellor", [False, True])
def test_an_admin_sees_the_staff_and_no_conversation(people: People, also_counsellor: bool) -> None:
    if also_counsellor:
        Counsellor.objects.create(account=people.admin.account, display_name="Alex")
    client = sign_in(people.admin)
    assert [client.get(reverse(page)).status_code for page in EVERYBODY + ADMINS] == [200] * 4
    assert client.get(reverse("desk:conversations")).headers["Location"] == reverse("desk:people")
    assert client.get(reverse("desk:vault")).status_code == 403
    assert [client.get(reverse(page)).status_code for page in INTERFACE] == [403] * 3
    for page in COUNSELLORS_POSTS:
        assert client.post(reverse(page), "{}", content_type="application/json").status_code == 403


def test_a_counsellor_who_was_switched_off_reads_nothing(people: People) -> None:
    client = sign_in(people.ailsa)
    Counsellor.objects.filter(pk=people.ailsa.counsellor.pk).update(active=False)
    assert client.get(reverse("desk:vault")).status_code == 403
    assert client.get(reverse("desk-api:conversations")).status_code == 403
