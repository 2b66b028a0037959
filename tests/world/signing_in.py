"""Signing in as the staff do: password, then the code that their authenticator shows."""

import time
from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from django.test import Client
from django.urls import reverse

from helpline.models import Account
from tests.world.staff import Person

LOGIN, SECOND_STEP = reverse("account_login"), reverse("mfa_authenticate")


def password(client: Client, person: Person, given: str | None = None) -> Any:
    """The answer to the first form."""
    return client.post(LOGIN, {"login": person.email, "password": given if given is not None else person.password})


def proved(client: Client, account: Account) -> Client:
    """As if the account had used its second step in this browser a moment ago, for as long as a test may take."""
    session = client.session
    session["account_authentication_methods_user"] = user_id_to_str(account)
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() + 3600, "type": "totp", "id": 1}]
    session.save()
    return client


def sign_in(person: Person) -> Client:
    """A browser in which the person is signed in. Where they signed in a moment ago, it is as if half a minute had passed."""
    person.forget_code()
    client = Client()
    assert password(client, person).url == SECOND_STEP
    assert client.post(SECOND_STEP, {"code": person.code()}).status_code == 302
    return client
