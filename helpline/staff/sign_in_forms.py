"""allauth's forms with our words: what each field is called, what it needs, and what the browser may fill in.

ACCOUNT_FORMS and MFA_FORMS in config/settings.py name them.
"""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from helpline.staff import second_step
from helpline.web.form_fields import NARROW, StaffForm

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": NARROW}
# The page puts the focus here, unless it has errors to show first (account_forms.ts).
_FIRST = {"data-focus-field": ""}
_CODE_HINT = "The six digits that your authenticator app shows now, or one of your recovery codes."


class _OurWords(StaffForm):
    def _ask(self, name: str, label: str, what: str, hint: str = "", **attributes: str) -> None:
        """Names a field of allauth's, `what` in its error, and takes away the example that it would show inside."""
        field: forms.Field = self.fields[name]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = f"Enter {what}."
        field.widget.attrs = {key: value for key, value in field.widget.attrs.items() if key != "placeholder"} | attributes


class LoginForm(_OurWords, account.LoginForm):  # type: ignore[misc]
    """The first step: email address and password."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("login", "Email address", "the email address", autocomplete="username", **_FIRST)
        self._ask("password", "Password", "the password")


class PasswordAgainForm(_OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before a change of the sign-in."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("password", "Password", "the password")


class ChangePasswordForm(_OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The password before, and the new one twice."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("oldpassword", "Current password", "the current password")
        self._ask("password1", "New password", "the new password", "At least 12 characters.", autocomplete="new-password")
        self._ask("password2", "Enter the new password again", "the new password again")


class CodeForm(_OurWords, second_step.AuthenticateForm):
    """The second step."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("code", "Code", "the code", _CODE_HINT, **_CODE, **_FIRST)


class CodeAgainForm(_OurWords, second_step.ReauthenticateForm):
    """A code again, before a change of the sign-in."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("code", "Code", "the code", _CODE_HINT, **_CODE)


class FirstCodeForm(_OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app shows that it has the key."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("code", "2. Enter the code that the app shows", "the code that the app shows", "Six digits.", **_CODE)


class AddPasskeyForm(_OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and its name."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask(
            "name", "Name for this passkey", "the name", "Only you see this. It helps you tell them apart: office computer, blue key."
        )


class RenamePasskeyForm(_OurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._ask("name", "Name for this passkey", "the name")
