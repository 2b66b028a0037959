"""The forms of invitations, passwords and the audit page. Every error names its field and says what to do."""

from typing import Any

from django import forms

from helpline.models import Account
from helpline.models.audit import Kind
from helpline.models.plain_text import latin_name, one_alphabet, one_line
from helpline.web.form_fields import DayField, StaffForm


class InviteForm(StaffForm):
    """Who is invited, and to do what."""

    name = forms.CharField(
        label="Full name", max_length=80, validators=[one_line, one_alphabet], error_messages={"required": "Enter the full name."}
    )
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
        error_messages={"required": "Choose the role.", "invalid_choice": "Choose the role."},
    )
    display_name = forms.CharField(
        label="Name that people who write see",
        help_text="A first name. Leave it empty for an admin, who cannot read messages.",
        max_length=40,
        required=False,
        validators=[latin_name],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named, role = bool(cleaned.get("display_name")), cleaned.get("role")
        if role in Account.ANSWERING and not named:
            self.add_error("display_name", "Enter the name that people who write will see. A counsellor needs one.")
        if role == Account.Role.ADMIN and named:
            self.add_error("display_name", "Leave the name that people see empty. An admin cannot read or answer messages.")
        return cleaned


class ChoosePasswordForm(StaffForm):
    """The invited person's own password, typed twice."""

    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 12 characters. Three or four words that nobody else would choose are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )
    again = forms.CharField(
        label="Enter the password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "The two passwords do not match. Enter the password again.")
        return cleaned


class AuditForm(StaffForm):
    """Which changes are shown: of what, by whom, on which days; everything where nothing is chosen."""

    kind = forms.ChoiceField(
        label="Of what",
        choices=[("", "Everything"), *Kind.choices],
        required=False,
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    by = forms.ModelChoiceField(
        label="By whom",
        queryset=Account.objects.order_by("name"),
        empty_label="Everyone",
        required=False,
        error_messages={"invalid_choice": "Choose someone from the list."},
    )
    first = DayField(
        label="First day", required=False, error_messages={"invalid": "Enter the first day as year, month and day, such as 2026-11-25."}
    )
    last = DayField(
        label="Last day", required=False, error_messages={"invalid": "Enter the last day as year, month and day, such as 2026-11-25."}
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "Enter a last day that is not before the first day.")
        return cleaned
