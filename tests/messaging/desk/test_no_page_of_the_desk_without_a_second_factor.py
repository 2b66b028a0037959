"""Whoever has no second factor gets no further than setting one up, wherever they ask."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.world.signing_in import password, sign_in
from tests.world.staff import People, Person

SET_UP = reverse("mfa_index")


def without_factor(person: Person) -> Client:
    Authenticator.objects.all().delete()
    client = Client()
    assert password(client, person).status_code == 302
    return client


@pytest.mark.parametrize("page", ["desk:conversations", "desk:vault", "desk:keys"])
def test_a_page_leads_a_counsellor_to_set_it_up(people: People, page: str) -> None:
    assert without_factor(people.ailsa).get(reverse(page)).headers["Location"] == SET_UP


@pytest.mark.parametrize("page", ["desk:people", "admin:index"])
def test_a_page_leads_an_admin_to_set_it_up(people: People, page: str) -> None:
    assert without_factor(people.admin).get(reverse(page)).headers["Location"] == SET_UP


def test_the_interface_answers_with_a_problem(people: People) -> None:
    answer = without_factor(people.ailsa).get(reverse("desk-api:me"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["type"] == "/problems/second-factor"


def test_setting_it_up_opens_the_desk(people: People) -> None:
    client = without_factor(people.ailsa)
    assert "Set up an app" in client.get(SET_UP).content.decode()
    activate = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": people.ailsa.password})
    secret = client.get(activate).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post(activate, {"code": code}).headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("desk:conversations")).status_code == 200


def test_the_only_second_factor_cannot_be_taken_away(people: People) -> None:
    client = sign_in(people.ailsa)
    client.post(reverse("account_reauthenticate"), {"password": people.ailsa.password})
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "only second step" in answer.content.decode()
    assert Authenticator.objects.filter(user=people.ailsa.account, type="totp").exists()


def test_the_seed_of_an_authenticator_lies_encrypted_in_the_database(people: People) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
    assert people.ailsa.totp_secret not in stored
    assert TOTP(Authenticator.objects.get(user=people.ailsa.account)).validate_code(people.ailsa.code())
