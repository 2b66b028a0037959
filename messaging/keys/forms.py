"""The forms of the page about keys: signed certificates, and a vault that is thrown away."""

from typing import Any

from django import forms

from helpline.web.form_fields import StaffForm

MOST_AT_A_TIME = 15


class CertificatesForm(StaffForm):
    """What `manage.py keys certify` and `keys confirm` wrote: base64url, one a line."""

    certificates = forms.CharField(
        label="Signed certificates or confirmations",
        help_text="What the keeper of the root key gave you. One on each line, at most fifteen at a time.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Choose a file, or paste a certificate or a confirmation."},
    )

    def clean_certificates(self) -> str:
        brought = str(self.cleaned_data["certificates"])
        if len(brought.split()) > MOST_AT_A_TIME:
            raise forms.ValidationError(
                "These are more than fifteen lines. Choose at most fifteen files, and only such as “keys certify” or “keys confirm” wrote."
            )
        return brought

    def lines(self) -> list[str]:
        return str(self.cleaned_data["certificates"]).split()


class ForgetVaultForm(StaffForm):
    """The counsellor's name, typed by an admin who deletes the only vault that can read something."""

    sure = forms.CharField(required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}))

    def __init__(self, *arguments: Any, name: str, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.name = name
        self.fields["sure"].label = f"To delete it anyway, enter the name {name}"

    def clean_sure(self) -> str:
        said = str(self.cleaned_data["sure"])
        if said != self.name:
            raise forms.ValidationError(f"Enter the name {self.name} exactly as shown here, or go back.")
        return said
