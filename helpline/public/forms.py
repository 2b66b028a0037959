"""The public forms' fields. They are filled in, checked and sealed by the browser's script; none is ever sent to a page's address."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words
else:
    Words = Promise

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
    "data-bwignore": "true",
    "data-protonpass-ignore": "true",
    "data-form-type": "other",
}


class BrowserForm(forms.Form):
    """A form for the script alone. It has no token, which would set a cookie."""

    use_required_attribute = False


def _word(label: Words) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.TextInput(attrs={**PRIVATE, "autocapitalize": "none", "dir": "ltr", "class": "govuk-input--width-10"}),
    )


class CheckForm(BrowserForm):
    """Two of the eight words; the script says in the label which ones."""

    first = _word(_("The first word we ask for"))
    second = _word(_("The second word we ask for"))


def _message(label: Words, hint: Words, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={**PRIVATE, "rows": rows, "dir": "auto", "autocapitalize": "sentences"})
    )


class FirstMessageForm(BrowserForm):
    """Whom it is about, and the message."""

    route = forms.ChoiceField(
        label=_("What would you like help with?"),
        choices=[
            ("self", _("I am worried about my own thoughts, or about what I do")),
            ("other", _("I am worried about someone else")),
            ("young", _("I am under 18")),
            ("professional", _("I’m asking because of my work")),
        ],
        widget=forms.RadioSelect,
    )
    text = _message(
        _("Your message"),
        _("Write as much or as little as you like. Please leave out names, addresses, phone numbers and the names of schools."),
        8,
    )


class WordsForm(BrowserForm):
    """All eight words in one field: they can be typed, pasted or spoken, and read over before they are used."""

    words = forms.CharField(
        label=_("Your eight words"),
        help_text=_("Put a space between them. Capital letters do not matter. Type ? for a word that you cannot read."),
        widget=forms.Textarea(attrs={**PRIVATE, "rows": 3, "autocapitalize": "none", "dir": "ltr", "enterkeyhint": "go"}),
    )


class AnswerForm(BrowserForm):
    """Another message in a conversation."""

    text = _message(_("Your message"), _("Please leave out names, addresses, phone numbers and the names of schools."), 6)


def form_fields_html(form: type[BrowserForm], *, auto_id: str) -> SafeString:
    """The form's fields as HTML, in the language of this request. They are empty, so they are the same for everyone, and made once."""
    return _fields(form, auto_id, get_language() or "")


@lru_cache(maxsize=64)
def _fields(form: type[BrowserForm], auto_id: str, language: str) -> SafeString:
    with override(language or None):
        return format_html_join("", "{}", ([as_crispy_field(field)] for field in form(auto_id=auto_id)))
