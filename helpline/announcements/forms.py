"""The forms of a lead who has to tell people the truth at once: a closure, and "we are very busy"."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from helpline.calendar import Interval
from helpline.calendar.wall_clock import at_minute
from helpline.hours.live_talk import all_channels_words, channels_to_choose
from helpline.rota.form_fields import day_field, time_field
from helpline.rota.forms import RotaForm
from helpline.web.form_fields import digits_input

LONGEST_CLOSURE, LONGEST_BUSY = timedelta(days=366), timedelta(days=31)
BOTH = ""
MOST_HOURS = 168


class EndForm(RotaForm):
    """A form with an end that lies ahead of `at`."""

    day_names: tuple[str, ...] = ("last",)
    longest = LONGEST_CLOSURE
    last = day_field("Until", "the day on which it ends")
    ends = time_field("Until what time", "the end time")

    def __init__(self, *arguments: Any, at: datetime, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.at = at

    def span(self, start: datetime) -> Interval | None:
        """From the start to the end that was entered; None, with an error, where that is no time or too long."""
        last, ends = self.cleaned_data.get("last"), self.cleaned_data.get("ends")
        if not isinstance(last, date) or not isinstance(ends, int):
            return None
        # The midnight that is meant as an end is the one that ends the day.
        end = at_minute(last, ends or 1440, self.zone)
        if end <= max(start, self.at):
            self.add_error("ends", "Enter an end that comes after the start, and after now.")
            return None
        if end - start > self.longest:
            self.add_error("last", f"Enter an end within {self.longest.days} days.")
            return None
        return Interval(start, end)


class ClosureForm(EndForm):
    """Closed from now, or from a time on a day, until another."""

    day_names = ("first", "last")
    field_order = ("channel", "first", "starts", "last", "ends", "reason")
    channel = forms.ChoiceField(
        label="What is closed",
        required=False,
        choices=lambda: [(BOTH, all_channels_words()), *((value, f"{label} alone") for value, label in channels_to_choose())],
        error_messages={"invalid_choice": "Choose what is closed."},
    )
    first = day_field("From", "the day on which it begins", required=False)
    starts = time_field("From what time", "the start time", "Leave day and time empty to begin now.")
    reason = forms.CharField(
        label="Reason",
        max_length=120,
        help_text="People read it on the site: “Closed: staff training”. Name nobody.",
        error_messages={"required": "Enter the reason. People read it."},
    )

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["starts"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, starts = self.cleaned_data.get("first"), self.cleaned_data.get("starts")
        if self.errors:
            return cleaned
        if (first is None) != (starts is None):
            missing = "first" if first is None else "starts"
            self.add_error(missing, "Enter both the day and the start time, or neither.")
            return cleaned
        start = self.at if first is None or starts is None else at_minute(first, starts, self.zone)
        cleaned["interval"] = self.span(start)
        return cleaned


class BusyForm(EndForm):
    """Until when answers take longer, and how long."""

    longest = LONGEST_BUSY
    field_order = ("hours", "last", "ends")
    hours = forms.IntegerField(
        label="An answer within how many hours of opening time",
        widget=digits_input(),
        min_value=1,
        max_value=MOST_HOURS,
        error_messages={
            "required": "Enter the number of hours.",
            "invalid": "Enter the hours as a whole number, such as 16.",
            "min_value": "Enter the hours as 1 or more.",
            "max_value": f"Enter the hours as {MOST_HOURS} at most.",
        },
    )

    def __init__(self, *arguments: Any, usual: timedelta, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.usual = usual

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        hours = self.cleaned_data.get("hours")
        if hours is not None and timedelta(hours=hours) <= self.usual:
            self.add_error("hours", f"Enter more hours than usual: people are promised an answer within {_hours(self.usual)} now.")
        if not self.errors:
            cleaned["interval"] = self.span(self.at)
        return cleaned


def _hours(length: timedelta) -> str:
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
