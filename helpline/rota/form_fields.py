"""Fields of the rota's forms: days, times, counsellors. Every error names its field and says what to do."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import Q

from helpline.calendar.wall_clock import DAY_MINUTES
from helpline.hours.live_talk import channels_to_choose
from helpline.models import Counsellor
from helpline.web.form_fields import NARROW, DayField, digits_input


class TimeField(forms.TimeField):
    """A time as a browser's own field writes it, kept as minutes from midnight; what is no time is not put back.

    Where something ends, `ends`, midnight is the one that comes: 00:00 and 24:00 both are minute 1440.
    """

    widget = forms.TimeInput(attrs={"type": "time", "class": NARROW})

    def __init__(self, *, ends: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.ends = ends

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        if self.ends and str(value).strip() in {"24:00", "24:00:00"}:
            return DAY_MINUTES
        found = super().to_python(value)
        if found is None:
            return None
        return found.hour * 60 + found.minute or (DAY_MINUTES if self.ends else 0)

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
        error_messages={"required": f"Enter {what}.", "invalid": f"Enter {what} as year, month and day, such as 2026-11-25."},
    )


def time_field(label: str, what: str, help_text: str = "", *, ends: bool = False) -> TimeField:
    """A time of day; `what` is how its errors name it, and `ends` says that midnight is the one that comes."""
    return TimeField(
        ends=ends,
        label=label,
        help_text=help_text,
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"required": f"Enter {what}.", "invalid": f"Enter {what} as hours and minutes, such as 09:00."},
    )


def channel_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Channel",
        choices=channels_to_choose,
        error_messages={"required": "Choose the channel.", "invalid_choice": "Choose the channel."},
    )


def weeks_field(most: int) -> forms.IntegerField:
    """How many weeks, from one to `most`."""
    wrong = f"Enter a number of weeks from 1 to {most}."
    return forms.IntegerField(
        label="Number of weeks",
        widget=digits_input(),
        min_value=1,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the counsellors who take shifts, or the one who already has this shift."""

    def __init__(self, label: str, **options: Any) -> None:
        messages = {"required": "Choose the counsellor.", "invalid_choice": "Choose one of the counsellors in the list."}
        super().__init__(Counsellor.objects.none(), label=label, error_messages=messages, **options)

    @staticmethod
    def offered(also: int | None = None, *, without: int | None = None) -> Any:
        return Counsellor.objects.select_related("account").filter(Counsellor.answering() | Q(pk=also or 0)).exclude(pk=without or 0)
