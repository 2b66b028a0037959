"""The desk's forms. Every error names its field and says what to do."""

from typing import Any

from django import forms

from helpline.models import Account
from messaging.desk_access import ROLES


class InviteForm(forms.Form):
    """Who is invited, and to do what."""

    name = forms.CharField(label="Full name", max_length=80, error_messages={"required": "Enter the full name."})
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={"required": "Enter the email address.", "invalid": "Enter an email address such as name@example.org."},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=Account.Role.choices,
        initial=Account.Role.COUNSELLOR,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the role."},
    )
    display_name = forms.CharField(
        label="Name that people who write see",
        help_text="A first name. Leave it empty for an admin, who can read no message.",
        max_length=40,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named, role = bool(cleaned.get("display_name")), cleaned.get("role")
        if role in ROLES and not named:
            self.add_error("display_name", "Enter the name that people who write see: a counsellor needs one.")
        if role == Account.Role.ADMIN and named:
            self.add_error("display_name", "Leave the name that people see empty: an admin can read no message and answers nobody.")
        return cleaned


class ChoosePasswordForm(forms.Form):
    """The invited person's own password, typed twice."""

    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 12 characters. Three or four words that belong to nobody else are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )
    again = forms.CharField(
        label="The password once more",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password once more."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "The two passwords are not the same. Enter the password once more.")
        return cleaned


class CertificatesForm(forms.Form):
    """Certificates as `manage.py keys certify` wrote them: base64url, one a line."""

    certificates = forms.CharField(
        label="Signed certificates",
        help_text="What the keeper of the root key gave you: one certificate a line, at most fifteen at a time.",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Choose a file, or paste a certificate."},
    )

    def lines(self) -> list[str]:
        return str(self.cleaned_data["certificates"]).split()
