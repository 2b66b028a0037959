"""Fields of the rota's forms: days, times, counsellors. Every error names its field and says what to do."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import Q

from helpline.models import Counsellor
from helpline.models.hours import Channel
from messaging.forms import DayField


class TimeField(forms.TimeField):
    """A time as a browser's own field writes it, kept as minutes from midnight; what is no time is not put back."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        found = super().to_python(value)
        return None if found is None else found.hour * 60 + found.minute

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{value // 60 % 24:02}:{value % 60:02}"
        try:
            return time.fromisoformat(str(value)).strftime("%H:%M")
        except ValueError:
            return ""


def day_field(label: str, what: str, *, required: bool = True) -> DayField:
    """A date; `what` is how its errors name it."""
    return DayField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"required": f"Enter {what}.", "invalid": f"Enter {what} as year, month and day, such as 2026-11-25."},
    )


def time_field(label: str, what: str, help_text: str = "") -> TimeField:
    """A time of day; `what` is how its errors name it."""
    return TimeField(
        label=label,
        help_text=help_text,
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"required": f"Enter {what}.", "invalid": f"Enter {what} as hours and minutes, such as 09:00."},
    )


def channel_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Channel",
        choices=Channel.choices,
        error_messages={"required": "Choose the channel.", "invalid_choice": "Choose the channel."},
    )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the counsellors who take shifts, and whoever has this one already."""

    def __init__(self, label: str, **options: Any) -> None:
        messages = {"required": "Choose the counsellor.", "invalid_choice": "Choose one of the counsellors in the list."}
        super().__init__(Counsellor.objects.none(), label=label, error_messages=messages, **options)

    @staticmethod
    def offered(also: int | None = None, *, without: int | None = None) -> Any:
        return Counsellor.objects.select_related("account").filter(Counsellor.answering() | Q(pk=also or 0)).exclude(pk=without or 0)


class Boxes(forms.CheckboxSelectMultiple):
    """The summary of errors leads to the first box."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)
