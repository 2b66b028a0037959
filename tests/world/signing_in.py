"""Signing in as the staff do: password, then the code that their authenticator shows."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.world.staff import Person

LOGIN, SECOND_STEP = reverse("account_login"), reverse("mfa_authenticate")


def password(client: Client, person: Person, given: str | None = None) -> Any:
    """The answer to the first form."""
    return client.post(LOGIN, {"login": person.email, "password": given if given is not None else person.password})


def sign_in(person: Person) -> Client:
    """A browser in which the person is signed in. Where they signed in a moment ago, it is as if half a minute had passed."""
    person.forget_code()
    client = Client()
    assert password(client, person).url == SECOND_STEP
    assert client.post(SECOND_STEP, {"code": person.code()}).status_code == 302
    return client
