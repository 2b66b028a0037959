"""A browser in which somebody on the staff is signed in, with a second factor."""

from allauth.mfa.models import Authenticator
from django.test import Client

from helpline.models import Account
from tests.world.signing_in import proved


def sign_in(account: Account) -> Client:
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return proved(client, account)
