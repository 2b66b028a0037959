"""The public forms' fields. They are filled in, checked and sealed by the browser's script; none is ever sent to a page's address."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

# What is typed here must stay here: no memory of the browser's, no spelling service, no writing assistant, no translation.
PRIVATE: dict[str, Any] = {
    "autocomplete": "off",
    "autocorrect": "off",
    "spellcheck": "false",
    "translate": "no",
    "writingsuggestions": "false",
    "data-gramm": "false",
    "data-gramm_editor": "false",
    "data-enable-grammarly": "false",
    "data-lpignore": "true",
    "data-1p-ignore": "true",
    "data-form-type": "other",
}


class BrowserForm(forms.Form):
    """A form for the script alone: no tag, so that the page decides where it begins, and no token, which would set a cookie."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _word(position: str) -> forms.CharField:
    return forms.CharField(
        label=f"The {position} word that we ask for",
        widget=forms.TextInput(attrs={**PRIVATE, "autocapitalize": "none", "class": "govuk-input--width-10"}),
    )


class CheckForm(BrowserForm):
    """Two of the eight words; the script says in the label which ones."""

    first = _word("first")
    second = _word("second")


def _message(label: str, hint: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={**PRIVATE, "rows": rows, "autocapitalize": "sentences"})
    )


class FirstMessageForm(BrowserForm):
    """Whom it is about, and the message."""

    route = forms.ChoiceField(
        label="What would you like help with?",
        choices=[
            ("self", "I worry about my own thoughts, or about what I do"),
            ("other", "I worry about somebody else"),
            ("young", "I am under 18"),
            ("professional", "I ask because of my work"),
        ],
        widget=forms.RadioSelect,
    )
    text = _message(
        "Your message",
        "Write as much or as little as you like. Please leave out names, addresses, phone numbers and the names of schools.",
        8,
    )


class WordsForm(BrowserForm):
    """All eight words in one field: they can be typed, pasted or spoken, and read over before they are used."""

    words = forms.CharField(
        label="Your eight words",
        help_text="Put a space between them. Capital letters do not matter.",
        widget=forms.Textarea(attrs={**PRIVATE, "rows": 3, "autocapitalize": "none", "enterkeyhint": "go"}),
    )


class AnswerForm(BrowserForm):
    """Another message in a conversation."""

    text = _message("Your message", "Please leave out names, addresses, phone numbers and the names of schools.", 6)
