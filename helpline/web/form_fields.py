"""What the forms of several rooms share: a staff form, and fields as a browser's own controls write them."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

NARROW = "govuk-input--width-10"
_TYPED = (forms.TextInput, forms.EmailInput, forms.NumberInput, forms.PasswordInput, forms.Textarea)


class _StaffHelper(FormHelper):  # type: ignore[misc]
    """What the pack in templates/helpline/ is told of a staff form: its radios and boxes are small."""

    def __init__(self) -> None:
        super().__init__()
        self.small_choices = True


class StaffForm(forms.Form):
    """A form of a page for staff. The browser fills in nothing and checks no spelling, unless the field says otherwise."""

    use_required_attribute = False
    helper = _StaffHelper()

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        for field in self.fields.values():
            if isinstance(field.widget, _TYPED):
                field.widget.attrs = {"autocomplete": "off", "spellcheck": "false"} | field.widget.attrs


class DayField(forms.DateField):
    """A day as a browser's own field writes it; what is no day is not put back, for that field cannot hold it."""

    widget = forms.DateInput(attrs={"type": "date", "class": NARROW})
    input_formats = ["%Y-%m-%d"]

    def prepare_value(self, value: Any) -> Any:
        try:
            return value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return ""


def digits_input() -> forms.TextInput:
    """The control of a number that is typed in digits; the keyboard of a phone shows them."""
    return forms.TextInput(attrs={"inputmode": "numeric", "class": NARROW})
