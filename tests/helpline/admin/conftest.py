"""An admin with a second factor, signed in."""

import pytest
from django.test import Client

from helpline.models import Account
from tests.helpline.admin.signed_in import sign_in


@pytest.fixture
def admin(db: None) -> Account:
    return Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")


@pytest.fixture
def desk(admin: Account) -> Client:
    return sign_in(admin)
