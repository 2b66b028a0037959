"""Opening hours and what departs from them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

from helpline.admin.access import Page
from helpline.admin.fields import MinuteOfDay
from helpline.models import Closure, HolidayChange, OpeningInterval, SpecialDay

if TYPE_CHECKING:
    HoursForm = forms.ModelForm[Any]
else:
    HoursForm = forms.ModelForm


class OpeningIntervalForm(HoursForm):
    opens = MinuteOfDay()
    closes = MinuteOfDay()

    class Meta:
        model = OpeningInterval
        fields = ("channel", "weekday", "opens", "closes")


class SpecialDayForm(HoursForm):
    opens = MinuteOfDay(required=False, help_text="Such as 09:00. Leave both empty for a day that is closed.")
    closes = MinuteOfDay(required=False)

    class Meta:
        model = SpecialDay
        fields = ("channel", "date", "name", "opens", "closes")


@admin.register(OpeningInterval)
class OpeningIntervals(Page):
    form = OpeningIntervalForm
    list_display = ("__str__",)
    list_filter = ("channel", "weekday")


@admin.register(SpecialDay)
class SpecialDays(Page):
    form = SpecialDayForm
    list_display = ("name", "date", "channel")
    list_filter = ("channel",)


@admin.register(Closure)
class Closures(Page):
    list_display = ("reason", "starts_at", "ends_at", "channel")


@admin.register(HolidayChange)
class HolidayChanges(Page):
    list_display = ("name", "date", "observed")
