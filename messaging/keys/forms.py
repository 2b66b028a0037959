"""The form in which a key-holder hands in signed certificates."""

from django import forms


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
