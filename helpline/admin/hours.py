"""Opening hours and what departs from them; each form shows the next eight weeks before anything is saved."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse

from helpline.admin.base import AdminPage
from helpline.admin.fields import MinuteOfDay
from helpline.clock import now
from helpline.hours.live_talk import all_channels_words, channels_to_choose
from helpline.hours.preview import HoursPreview, preview_hours
from helpline.hours.what_if import what_if
from helpline.models import Closure, HolidayChange, OpeningInterval, SpecialDay
from helpline.models.hours import Channel
from helpline.organisation import organisation_today

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


BOTH = "both"
MOST_DAYS, MOST_YEARS = 62, 10


class HoursForm(ModelForm):
    @property
    def previews(self) -> bool:
        """The eight weeks are only to be looked at."""
        return "_preview" in self.data

    def is_valid(self) -> bool:
        """Without faults, and meant to be saved: Django's admin shows a form again that is not, and that is what a preview needs."""
        return super().is_valid() and not self.previews

    def save_all(self) -> None:
        """Everything that the form makes."""
        self.instance.save()


class OpeningIntervalForm(HoursForm):
    opens = MinuteOfDay()
    closes = MinuteOfDay(ends=True)

    class Meta:
        model = OpeningInterval
        fields = ("channel", "weekday", "opens", "closes")

    def clean(self) -> dict[str, Any]:
        """Hours that reach into others of the day are refused: of two that overlap nobody knows which was meant."""
        given = super().clean() or self.cleaned_data
        channel, weekday, opens, closes = (given.get(name) for name in self.Meta.fields)
        if channel is not None and weekday is not None and opens is not None and closes is not None:
            others = OpeningInterval.objects.filter(channel=channel, weekday=weekday, opens__lt=closes, closes__gt=opens)
            if other := others.exclude(pk=self.instance.pk).exclude(opens=opens).first():
                self.add_error("opens", f"These hours overlap others: {other}. Change or delete those first.")
        return given


class SpecialDayForm(HoursForm):
    """One day of one channel; when it is added, also of all, for several days, and for years to come."""

    channel = forms.ChoiceField(choices=[])
    opens = MinuteOfDay(required=False, help_text="Such as 09:00. Leave both empty for a day that is closed.")
    closes = MinuteOfDay(ends=True, required=False)
    until = forms.DateField(
        required=False,
        widget=AdminDateWidget,
        label="Until",
        help_text=f"The last day, at most {MOST_DAYS} days. Leave it empty for one day.",
    )
    years = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        label="Repeat for years",
        help_text=f"Repeat the same date, such as 24 December, in this many later years. At most {MOST_YEARS}.",
    )

    class Meta:
        model = SpecialDay
        fields = ("channel", "date", "name", "opens", "closes")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        new = self.instance.pk is None
        self.fields["channel"].choices = [*([(BOTH, all_channels_words())] if new else []), *Channel.choices]  # type: ignore[attr-defined]
        if not new:
            del self.fields["until"], self.fields["years"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, until = given.get("date"), given.get("until")
        if day and until and not timedelta() <= until - day < timedelta(days=MOST_DAYS):
            self.add_error("until", f"Enter a last day that is not before the first, and within {MOST_DAYS} days.")
        if not self.errors:
            for each in self.rows():
                if why := _in_the_way(each):
                    self.add_error("date", why)
                    break
        if given.get("channel") == BOTH:
            # The form's own row is the first of those that it makes.
            given["channel"] = Channel.PHONE
        return given

    def rows(self) -> list[SpecialDay]:
        """What is saved: the day itself, and those that are made with it."""
        given = self.cleaned_data
        channels = (
            [value for value, _label in channels_to_choose()] if self.data.get(self.add_prefix("channel")) == BOTH else [given["channel"]]
        )
        first, years = given["date"], given.get("years") or 0
        days = [first + timedelta(days=number) for number in range(((given.get("until") or first) - first).days + 1)]
        dates = [moved for day in days for year in range(years + 1) if (moved := _in_year(day, day.year + year))]
        shared = {name: given.get(name) for name in ("name", "opens", "closes")}
        rows = [SpecialDay(channel=channel, date=day, **shared) for channel in channels for day in dates]
        rows[0].pk = self.instance.pk
        return rows

    def save_all(self) -> None:
        for row in self.rows():
            row.save()


def _in_year(day: date, year: int) -> date | None:
    """The same date in another year; none for 29 February in most."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _in_the_way(row: SpecialDay) -> str:
    """A sentence about a row of the same day that contradicts this one; nothing where none does."""
    others = SpecialDay.objects.filter(channel=row.channel, date=row.date).exclude(pk=row.pk)
    for other in others:
        if row.opens is None or other.opens is None or row.closes is None or other.closes is None:
            stands = "is closed" if other.opens is None else "has hours"
            return f"{other} {stands} already on {other.get_channel_display().lower()}. Change or delete that first."
        if row.opens < other.closes and other.opens < row.closes:
            return f"{other} has hours on {other.get_channel_display().lower()} that overlap these. Change or delete those first."
    return ""


class WithHoursPreview(AdminPage):
    """`Show the next eight weeks` draws them as the form would make them, and saves nothing; so does the page that asks before deleting."""

    form = HoursForm
    change_form_template = "admin/helpline/hours_form.html"
    delete_confirmation_template = "admin/helpline/hours_delete.html"
    # One by one: whoever deletes hours sees first what is left.
    actions = None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any) -> HttpResponse:
        form = context["adminform"].form
        if form.is_bound and form.previews and not form.errors:
            context["outlook"] = _ahead(form.save_all)
        return super().render_change_form(request, context, *arguments, **named)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        obj = context["object"]
        return super().render_delete_form(request, {**context, "outlook": _ahead(self.get_queryset(request).filter(pk=obj.pk).delete)})


def _ahead(change: Any) -> HoursPreview:
    at = now()
    before, after = what_if(change, at=at)
    return preview_hours(before, after, organisation_today(at=at))


@admin.register(OpeningInterval)
class OpeningIntervals(WithHoursPreview):
    form = OpeningIntervalForm
    list_display = ("__str__",)
    list_filter = ("channel", "weekday")


@admin.register(SpecialDay)
class SpecialDays(WithHoursPreview):
    form = SpecialDayForm
    list_display = ("name", "date", "channel")
    list_filter = ("channel",)

    def get_fields(self, request: HttpRequest, obj: SpecialDay | None = None) -> tuple[str, ...]:
        return SpecialDayForm.Meta.fields if obj else ("channel", "date", "until", "years", "name", "opens", "closes")

    def save_model(self, request: HttpRequest, obj: SpecialDay, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for row in form.rows()[1:] if not change else ():
            row.save()
            self.log_addition(request, row, list(SpecialDayForm.Meta.fields))


@admin.register(Closure)
class Closures(WithHoursPreview):
    list_display = ("reason", "starts_at", "ends_at", "channel")


@admin.register(HolidayChange)
class HolidayChanges(WithHoursPreview):
    list_display = ("name", "date", "observed")
