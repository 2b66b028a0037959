"""An admin with a second factor, signed in."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from helpline.models import Account


def sign_in(account: Account) -> Client:
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def admin(db: None) -> Account:
    return Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")


@pytest.fixture
def desk(admin: Account) -> Client:
    return sign_in(admin)
