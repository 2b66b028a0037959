"""How the staff's sign-in differs from allauth's own: nobody signs up, no address is kept, seeds lie encrypted, errors say what to do."""

import base64
import hashlib
import hmac
import ipaddress
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from qrcode.image.svg import SvgPathImage

from helpline.models import Account
from helpline.staff import known_browsers, sign_in_trail
from helpline.staff.password_hashing import HashingBusy, hashing_place
from helpline.staff.sign_in_trail import MARK
from helpline.web.middleware.step_up import waits_for_proof


def _derived(use: str, key: str | None = None) -> bytes:
    """32 bytes for one use, from the installation's secret key, or from an earlier one."""
    return hmac.digest((key or settings.SECRET_KEY).encode(), f"helpline/{use}".encode(), "sha256")


def _network(address: str) -> str:
    """The address, or the network of an IPv6 one (/64: every line has 2^64 addresses), as the limits tell places apart."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None
    return str(truncate_ip(str(mapped or known)))


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off. Ask an admin.",
        "email_password_mismatch": "The email address or the password is not right. Check both, and try again.",
        "incorrect_password": "The password is not right. Try again.",
        "enter_current_password": "The current password is not right. Try again.",
        "too_many_login_attempts": "There were too many wrong tries. Wait five minutes, then try again, or use your passkey.",
        "busy": "Many people are signing in. Wait a few seconds, then try again, or use your passkey.",
        "rate_limited": "There were too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the limits on guesses count by: a keyed hash of the place, so that the cache holds no address.

        A browser from which someone signed in before is a separate place: a guesser at the same address uses up none of its tries.
        """
        browser = known_browsers.known_browser(request)
        place_ = f"browser {browser}" if browser else _network(self._address(request))
        return hmac.new(_derived("sign-in address"), place_.encode(), hashlib.sha256).hexdigest()[:32]

    def _address(self, request: HttpRequest) -> str:
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            # A proxy that passes no address on: everyone then shares one limit, and each account still has its own.
            return "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count for an account, by whatever port or spelling of the host it is asked for; and one for each browser that it knows."""
        email = str(credentials.get("email", ""))
        return f"{known_browsers.browser_account_mark(email)}:{known_browsers.known_browser(request, email) or ''}"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account whose password this is, or None.

        Raises:
            ValidationError: too many tries; or so many at once that this one has to come again.
        """
        known = known_browsers.known_browser(request, str(credentials.get("email", ""))) is not None
        try:
            with hashing_place(patient=known or request.user.is_authenticated):
                found: Account | None = super().authenticate(request, **credentials)
        except HashingBusy:
            raise self.validation_error("busy") from None
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            sign_in_trail.on_sign_in_locked(str(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_in_trail.on_wrong_sign_in(str(credentials.get("email", "")))

    def login(self, request: HttpRequest, user: Account) -> None:
        """Both steps were taken.

        Raises:
            ImmediateHttpResponse: since the password was typed it was changed, or every session was ended: the sign-in begins again.
        """
        typed_for = request.session.pop(MARK, None)
        if typed_for is not None and not hmac.compare_digest(typed_for, user.get_session_auth_hash()):
            request.session.flush()
            self.add_message(request, messages.ERROR, message="Your password was changed, or every session was ended. Sign in again.")
            raise ImmediateHttpResponse(redirect("account_login"))
        sign_in_trail.on_signed_in(request, user)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Account, **named: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **named)
        known_browsers.remember_browser(request, response, user.email)
        return response

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        """All ways that the account has; for a change that waits for a second step, not the password."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [each for each in ways if each["id"] != "reauthenticate"] if waits_for_proof(context.request) else ways

    def reauthenticate(self, user: Account, password: str) -> bool:
        """allauth looks for a row of its own that holds the address; here the account itself holds it."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


class StaffSecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """The seeds of authenticator apps are encrypted under the secret key: a stolen database alone gives nobody a code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not work. Enter the code that the app shows now, or try the passkey again.",
        "code_used": "This code has already been used. Wait until the app shows another one, or use your passkey.",
        "cannot_delete_authenticator": "This is your only second step. Add another one first.",
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

    def renewed(self, encrypted_text: str) -> str:
        """The same under the key of today, whichever it was under.

        Raises:
            cryptography.fernet.InvalidToken: under none of the keys that the installation knows.
        """
        return self._fernet().rotate(encrypted_text.encode()).decode()

    def _fernet(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived("second-factor seeds", key))) for key in keys])
