"""How the staff's sign-in differs from allauth's own: nobody signs up, no address is kept, seeds lie encrypted, errors say what to do."""

import base64
import hashlib
import hmac
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from qrcode.image.svg import SvgPathImage

from helpline.models import Account


def _derived(use: str) -> bytes:
    """32 bytes for one use, from the installation's secret key."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"helpline/{use}".encode(), "sha256")


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off. Ask an admin of the helpline.",
        "email_password_mismatch": "The email address or the password is not right. Check both, and try again.",
        "incorrect_password": "The password is not right. Try again.",
        "enter_current_password": "The present password is not right. Try again.",
        "too_many_login_attempts": "There were too many wrong tries. Wait five minutes, then try again.",
        "rate_limited": "There were too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the limits on guesses count by: a keyed hash, so that no address comes to lie in the cache."""
        try:
            address = super().get_client_ip(request)
        except PermissionDenied:
            # A proxy that passes no address on: everybody then shares one limit, and each account still has its own.
            address = "unknown"
        return hmac.new(_derived("sign-in address"), address.encode(), hashlib.sha256).hexdigest()[:32]

    def reauthenticate(self, user: Account, password: str) -> bool:
        """allauth looks for a row of its own that holds the address; here the account itself holds it."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


class StaffSecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """The seeds of authenticator apps are encrypted under the secret key: a stolen database alone gives nobody a code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not work. Enter the code that the app shows now, or try the passkey again.",
        "cannot_delete_authenticator": "This is the only second step of your account. Add another one first.",
    }

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's own parameter
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def build_totp_svg(self, url: str) -> str:
        """The code as an element of the page: an image in the address itself is refused by the policy."""
        return str(qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode"))

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {"id": super().get_public_key_credential_rp_entity()["id"], "name": settings.MFA_TOTP_ISSUER}

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(_derived("second-factor seeds")))
