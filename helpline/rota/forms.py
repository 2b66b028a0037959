"""The rota's forms. Times are the clock's on the wall, in the organisation's zone; every error names its field and says what to do."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from helpline.calendar import Hours, Interval
from helpline.models import Counsellor, WeeklyPattern
from helpline.models.hours import OpeningInterval
from helpline.rota.drafts import local_shift_minutes, shift_interval
from helpline.rota.form_fields import PersonField, channel_field, day_field, time_field, weeks_field
from helpline.web.form_fields import DayField, StaffForm, digits_input

DAY = 1440
LONGEST_SHIFT = 360
LONGEST_ABSENCE = timedelta(days=366)
NEXT_DAY = "A time at or before the start means the next day. A shift lasts at most six hours."
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class RotaForm(StaffForm):
    """`day_names` are the fields that hold days: they lie in this century."""

    day_names: tuple[str, ...] = ()

    def __init__(self, *arguments: Any, zone: ZoneInfo, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.day_names:
            day = cleaned.get(name)
            if isinstance(day, date) and not EARLIEST <= day < LATEST:
                self.add_error(name, "Enter a day from 2000 to 2099.")
        return cleaned


class ShiftForm(RotaForm):
    """Who, where and when. An end at or before the start is on the next day."""

    day_names = ("day",)
    counsellor = PersonField("Counsellor")
    channel = channel_field()
    day = day_field("Day", "the day")
    starts = time_field("Starts", "the start time")
    ends = time_field("Ends", "the end time", NEXT_DAY, ends=True)
    published = forms.BooleanField(label="Publish it now: it counts as on duty", required=False)

    def __init__(self, *arguments: Any, original: Interval | None = None, counsellor_id: int | None = None, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.original = original
        self.fields["counsellor"].queryset = PersonField.offered(counsellor_id)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, starts, ends = (self.cleaned_data.get(name) for name in ("day", "starts", "ends"))
        if day is None or starts is None or ends is None or self.errors:
            return cleaned
        ends = ends if ends > starts else ends + DAY
        if self.original is not None and local_shift_minutes(self.original, self.zone) == (day, starts, ends):
            # Untouched: a time that comes twice when clocks go back stays the one that it was.
            cleaned["interval"] = self.original
            return cleaned
        interval = shift_interval(day, starts, ends, self.zone)
        if interval is None:
            self.add_error("starts", "Enter another time: the clocks go forward on this day and skip this shift.")
        elif interval.length > timedelta(minutes=LONGEST_SHIFT):
            self.add_error("ends", "Enter an end within six hours of the start. For a longer time, make two shifts.")
        cleaned["interval"] = interval
        return cleaned


class PatternForm(RotaForm):
    """A shift that comes back every so many weeks."""

    day_names = ("starts_on", "ends_on")
    counsellor = PersonField("Counsellor")
    channel = channel_field()
    weekday = forms.TypedChoiceField(
        label="Weekday",
        choices=OpeningInterval.Weekday.choices,
        coerce=int,
        error_messages={"required": "Choose the weekday.", "invalid_choice": "Choose the weekday."},
    )
    every = forms.TypedChoiceField(
        label="Repeats",
        choices=WeeklyPattern.Every.choices,
        coerce=int,
        initial=WeeklyPattern.Every.ONE,
        required=False,
        help_text="The weeks count from the first of these weekdays.",
        error_messages={"invalid_choice": "Choose how often it repeats."},
    )
    starts = time_field("Starts", "the start time")
    ends = time_field("Ends", "the end time", NEXT_DAY, ends=True)
    starts_on = day_field("From", "the first day")
    ends_on = day_field("Until", "the last day", required=False)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["counsellor"].queryset = PersonField.offered()  # type: ignore[attr-defined]
        self.fields["ends_on"].help_text = "The last day. Leave it empty if there is no end."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends, first, last = (self.cleaned_data.get(name) for name in ("starts", "ends", "starts_on", "ends_on"))
        if "every" not in self.errors:
            cleaned["every"] = cleaned.get("every") or WeeklyPattern.Every.ONE
        if starts is not None and ends is not None:
            cleaned["ends"] = ends = ends if ends > starts else ends + DAY
            if ends - starts > LONGEST_SHIFT:
                self.add_error("ends", "Enter an end within six hours of the start. For a longer time, make two patterns.")
        if first and last and last < first:
            self.add_error("ends_on", "Enter a last day that is not before the first day, or leave it empty.")
        return cleaned


class AbsenceForm(RotaForm):
    """Away from a time on a day until a time on another; whole days without times."""

    day_names = ("first", "last")
    counsellor = PersonField("Counsellor")
    first = day_field("From", "the first day")
    starts = time_field("From what time", "the start time", "Leave it empty for the whole day.")
    last = day_field("Until", "the last day")
    ends = time_field(
        "Until what time",
        "the end time",
        "Leave it empty for the whole day. 00:00 means midnight at the end of the day.",
        ends=True,
    )

    def __init__(self, *arguments: Any, only: Counsellor | None, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["starts"].required = self.fields["ends"].required = False
        if only is not None:
            del self.fields["counsellor"]
        else:
            self.fields["counsellor"].queryset = PersonField.offered()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if self.errors or first is None or last is None:
            return cleaned
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        until = DAY if ends is None else ends
        interval = None
        if last >= first:
            interval = shift_interval(first, starts or 0, (last - first).days * DAY + until, self.zone)
        if interval is None and (last - first).days * DAY + until > (starts or 0):
            self.add_error("starts", "Enter another time: the clocks go forward on this day and skip all of it.")
        elif interval is None:
            self.add_error("ends" if last == first and ends is not None else "last", "Enter an end that is after the start.")
        elif interval.length > LONGEST_ABSENCE:
            self.add_error("last", "Enter a last day within a year of the first.")
        cleaned["interval"] = interval
        return cleaned


class MinimumCoverForm(RotaForm):
    """How many must be on duty, in which hours of which weekdays."""

    channel = channel_field()
    weekdays = forms.TypedMultipleChoiceField(
        label="Weekdays",
        choices=OpeningInterval.Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one weekday.", "invalid_choice": "Choose weekdays from the list."},
    )
    opens = time_field("From", "the start time")
    closes = time_field("Until", "the end time", "00:00 means midnight at the end of the day.", ends=True)
    number = forms.IntegerField(
        label="People",
        widget=digits_input(),
        min_value=0,
        max_value=99,
        error_messages={
            "required": "Enter how many people must be on duty.",
            "invalid": "Enter the number of people in digits, such as 2.",
            "min_value": "Enter a number of people from 0 to 99.",
            "max_value": "Enter a number of people from 0 to 99.",
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = self.cleaned_data.get("opens"), self.cleaned_data.get("closes")
        if opens is not None and closes is not None:
            if closes <= opens:
                self.add_error("closes", "Enter an end that is after the start, on the same day.")
            else:
                cleaned["hours"] = Hours(opens, closes)
        return cleaned


class WeekForm(StaffForm):
    """The week that the page of the rota shows, by any of its days."""

    week = DayField(label="Week of")


class CopyWeekForm(RotaForm):
    """The week that is copied to, by any of its days."""

    day_names = ("source", "target")
    source = day_field("The week to copy", "the week to copy")
    target = day_field("Copy to the week of", "a day in the week you want to copy to")


class MakeShiftsForm(RotaForm):
    """From which week on, and for how many, the patterns make shifts."""

    day_names = ("first",)
    first = day_field("From the week of", "a day of the first week")
    weeks = weeks_field(12)


def instant_in_address(text: str) -> datetime | None:
    """An instant from an address, or None: someone who changes the address by hand gets a page that says so."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and EARLIEST <= found.date() < LATEST else None
