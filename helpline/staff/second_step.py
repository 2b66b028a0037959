"""The second step of the sign-in: a code of an authenticator app is good once (RFC 6238, section 5.2), however often it is typed."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.db import transaction

# The number of the half minute whose code was taken last, in the authenticator's row: the cache forgets it while the code still counts.
LAST = "last_counter"
AHEAD = 10  # Half minutes.


def take_second_step_code(authenticator: Authenticator, code: str) -> bool:
    """Whether the code is taken now, and with it every earlier one: it, or a later one, was not taken before. Of two at once one is."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(row.data["secret"])
        fitting = [each for each in totp.yield_hotp_counters_from_time() if _shows(secret, each, code)]
        fresh = [each for each in fitting if each > _last(row)]
        if not fresh:
            return False
        row.data[LAST] = fresh[0]
        row.save(update_fields=["data"])
    return True


def _last(row: Authenticator) -> int:
    """The last that was taken. One that lies minutes ahead was taken before a clock was set back: it keeps nobody out until then."""
    last = int(row.data.get(LAST, -1))
    return -1 if last > max(totp.yield_hotp_counters_from_time()) + AHEAD else last


def _shows(secret: str, counter: int, code: str) -> bool:
    return bool(compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))))


class _CodeOnce(forms.BaseAuthenticateForm):  # type: ignore[misc]
    authenticator: Authenticator

    def clean_code(self) -> str:
        code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP and not take_second_step_code(self.authenticator, code):
            raise get_adapter().validation_error("code_used")
        return code


class AuthenticateForm(_CodeOnce, forms.AuthenticateForm):  # type: ignore[misc]
    """allauth's form of the second step."""


class ReauthenticateForm(_CodeOnce, forms.ReauthenticateForm):  # type: ignore[misc]
    """allauth's form of a code again."""
