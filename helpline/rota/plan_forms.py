"""Forms about availability and the plan that is found from it."""

from typing import Any

from django import forms

from helpline.models import Availability
from helpline.models.hours import OpeningInterval
from helpline.rota.form_fields import day_field, time_field, weeks_field
from helpline.rota.forms import RotaForm
from helpline.web.form_fields import StaffForm, digits_input

MOST_HOURS = 60


def _hours(label: str, help_text: str = "", *, required: bool = True) -> forms.IntegerField:
    wrong = f"Enter a number of hours from 0 to {MOST_HOURS}."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        widget=digits_input(),
        min_value=0,
        max_value=MOST_HOURS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class AvailabilityForm(RotaForm):
    """A time of some weekdays in which a counsellor can work."""

    weekdays = forms.TypedMultipleChoiceField(
        label="Weekdays",
        choices=OpeningInterval.Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one weekday or more.", "invalid_choice": "Choose weekdays from the list."},
    )
    starts = time_field("From", "the start time")
    ends = time_field("Until", "the end time", ends=True)
    wish = forms.ChoiceField(
        label="Then",
        choices=Availability.Wish.choices,
        initial=Availability.Wish.CAN,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends", "Enter an end that is after the start, on the same day.")
        return cleaned


class MostHoursForm(StaffForm):
    """How much a counsellor would work in a week, at most."""

    most_hours = _hours("Most hours in a week", "Leave it empty if it does not matter.", required=False)


class PlannedWeeksForm(RotaForm):
    """Which weeks."""

    day_names = ("first",)
    first = day_field("From the week of", "a day of the first week")
    weeks = weeks_field(6)


class MonthPlanForm(PlannedWeeksForm):
    """What is assumed, besides, of those who gave no limit."""

    usual_hours = _hours("Most hours in a week", "For counsellors who gave no limit of their own.")
