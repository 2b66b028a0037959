"""Opening hours and what departs from them; each form shows the next eight weeks before anything is saved."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from helpline.admin.access import Page
from helpline.admin.fields import MinuteOfDay
from helpline.clock import now
from helpline.models import Closure, HolidayChange, OpeningInterval, SpecialDay
from helpline.operations.foresee import foresee
from helpline.outlook import Outlook, outlook
from helpline.queries import today

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class HoursForm(ModelForm):
    @property
    def previews(self) -> bool:
        """The eight weeks are only to be looked at."""
        return "_preview" in self.data

    def is_valid(self) -> bool:
        """Without faults, and meant to be saved: Django's admin shows a form again that is not, and that is what a preview needs."""
        return super().is_valid() and not self.previews


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


class Foreseen(Page):
    """`Show the next eight weeks` draws them as the form would make them, and saves nothing; so does the page that asks before deleting."""

    form = HoursForm
    change_form_template = "admin/helpline/hours_form.html"
    delete_confirmation_template = "admin/helpline/hours_delete.html"
    # One by one: whoever deletes hours sees first what is left.
    actions = None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any) -> HttpResponse:
        form = context["adminform"].form
        if form.is_bound and form.previews and not form.errors:
            context["outlook"] = _ahead(form.instance.save)
        return super().render_change_form(request, context, *arguments, **named)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        obj = context["object"]
        return super().render_delete_form(request, {**context, "outlook": _ahead(self.get_queryset(request).filter(pk=obj.pk).delete)})


def _ahead(change: Any) -> Outlook:
    at = now()
    before, after = foresee(change, at=at)
    return outlook(before, after, today(at=at))


@admin.register(OpeningInterval)
class OpeningIntervals(Foreseen):
    form = OpeningIntervalForm
    list_display = ("__str__",)
    list_filter = ("channel", "weekday")


@admin.register(SpecialDay)
class SpecialDays(Foreseen):
    form = SpecialDayForm
    list_display = ("name", "date", "channel")
    list_filter = ("channel",)


@admin.register(Closure)
class Closures(Foreseen):
    list_display = ("reason", "starts_at", "ends_at", "channel")


@admin.register(HolidayChange)
class HolidayChanges(Foreseen):
    list_display = ("name", "date", "observed")
