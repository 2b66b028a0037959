"""The desk's forms. Every error names its field and says what to do."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helpline.counting.report import MOST_DAYS
from helpline.models import Account
from helpline.models.audit import Kind
from helpline.plain_text import latin_name, one_alphabet, one_line


class InviteForm(forms.Form):
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
        error_messages={"required": "Choose the role."},
    )
    display_name = forms.CharField(
        label="Name that people who write see",
        help_text="A first name. Leave it empty for an admin, who can read no message.",
        max_length=40,
        required=False,
        validators=[latin_name],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named, role = bool(cleaned.get("display_name")), cleaned.get("role")
        if role in Account.ANSWERING and not named:
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


class DayField(forms.DateField):
    """A day as a browser's own field writes it; what is no day is not put back, for that field cannot hold it."""

    input_formats = ["%Y-%m-%d"]

    def prepare_value(self, value: Any) -> Any:
        try:
            return value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return ""


class DaysForm(forms.Form):
    """The days whose counts are shown; both belong to them."""

    most_days = MOST_DAYS

    first = DayField(
        label=_("First day"),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter the first day as year, month and day, such as 2026-11-25."),
        },
    )
    last = DayField(
        label=_("Last day"),
        error_messages={
            "required": _("Enter the last day."),
            "invalid": _("Enter the last day as year, month and day, such as 2026-11-25."),
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("first", "last"):
            day = cleaned.get(name)
            if day and not 2000 <= day.year < 2100:
                self.add_error(name, _("Enter a day from 2000 to 2099."))
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("Enter a last day that does not come before the first day."))
            elif (last - first).days >= self.most_days:
                self.add_error(
                    "first", _("Enter a first day that is at most %(days)s days before the last day.") % {"days": self.most_days - 1}
                )
        return cleaned


class ReportDaysForm(DaysForm):
    """The days whose reports are shown: a year and a day at most."""

    most_days = 367


class AuditForm(forms.Form):
    """Which changes are shown: of what, by whom, on which days; everything where nothing is chosen."""

    kind = forms.ChoiceField(
        label="Of what",
        choices=[("", "Everything"), *Kind.choices],
        required=False,
        error_messages={"invalid_choice": "Choose one of the list."},
    )
    by = forms.ModelChoiceField(
        label="By whom",
        queryset=Account.objects.order_by("name"),
        empty_label="Everybody",
        required=False,
        error_messages={"invalid_choice": "Choose somebody of the list."},
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
            self.add_error("last", "Enter a last day that does not come before the first day.")
        return cleaned
