"""Whoever signs out everywhere is signed out in every browser with the next click; nobody else is, and the way back in stays."""

from django.test import Client
from django.urls import reverse

from helpline.models import AuditEntry
from tests.world.signing_in import LOGIN, SECOND_STEP, password, sign_in
from tests.world.staff import People

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def is_in(client: Client) -> bool:
    return client.get(reverse("desk:keys")).status_code == 200 and client.get(reverse("desk-api:me")).status_code == 200


def test_from_the_account_page_in_every_browser(people: People) -> None:
    here, phone, other = sign_in(people.ailsa), Client(), sign_in(people.bhavna)
    phone.force_login(people.ailsa.account, backend=BACKEND)
    assert "Sign out everywhere" in here.get(reverse("mfa_index")).content.decode()
    assert here.post(reverse("account_everywhere")).headers["Location"] == LOGIN
    assert (is_in(here), is_in(phone), is_in(other)) == (False, False, True)
    assert phone.get(reverse("desk-api:me")).status_code == 401
    assert password(Client(), people.ailsa).url == SECOND_STEP, "the way back in is as it was"


def test_an_admin_does_it_for_somebody_else(people: People) -> None:
    lost, admin = sign_in(people.ailsa), sign_in(people.admin)
    done = admin.post(reverse("desk:sign-out", args=[people.ailsa.account.pk]), follow=True)
    assert "Ailsa is signed out everywhere." in done.content.decode()
    assert not is_in(lost)
    entry = AuditEntry.objects.get(action="signed-out")
    assert (entry.action, entry.account, entry.about) == ("signed-out", people.admin.account, people.ailsa.account)


def test_a_counsellor_does_it_for_nobody_else(people: People) -> None:
    client, other = sign_in(people.bhavna), sign_in(people.ailsa)
    assert client.post(reverse("desk:sign-out", args=[people.ailsa.account.pk])).status_code == 403
    assert is_in(other)
