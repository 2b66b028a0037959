"""Shifts and absences."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime

from helpline.admin.access import Page
from helpline.models import Absence, Shift
from helpline.operations.add_shift import ShiftOverlaps, ShiftTooLong, explained

if TYPE_CHECKING:
    Form = forms.ModelForm[Shift]
else:
    Form = forms.ModelForm


class ShiftForm(Form):
    class Meta:
        model = Shift
        fields = ("counsellor", "channel", "starts_at", "ends_at")

    def clean(self) -> dict[str, Any]:
        """Says which shift is in the way; the database makes sure of it."""
        given = super().clean() or self.cleaned_data
        counsellor, starts_at, ends_at = (given.get(name) for name in ("counsellor", "starts_at", "ends_at"))
        if counsellor and starts_at and ends_at:
            others = Shift.objects.filter(counsellor=counsellor, starts_at__lt=ends_at, ends_at__gt=starts_at)
            other = others.exclude(pk=self.instance.pk).first()
            if other is not None:
                when = f"{localtime(other.starts_at):%d %B, %H:%M} to {localtime(other.ends_at):%H:%M}"
                where = other.get_channel_display().lower()
                raise ValidationError(
                    {"starts_at": f"{counsellor} has a shift on {where} from {when}. Choose other times, or somebody else."}
                )
        return given


@admin.register(Shift)
class Shifts(Page):
    form = ShiftForm
    list_display = ("counsellor", "channel", "starts_at", "ends_at", "state")
    list_filter = ("channel", "state", "counsellor")
    list_select_related = ("counsellor",)
    date_hierarchy = "starts_at"

    def save_model(self, request: HttpRequest, obj: Shift, form: Any, change: bool) -> None:
        with explained(obj.counsellor):
            super().save_model(request, obj, form, change)

    def changeform_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *arguments, **named)
        except (ShiftOverlaps, ShiftTooLong) as error:
            # Somebody else was quicker, between the form's look and the database's: nothing was saved.
            messages.error(request, str(error))
            return redirect(request.get_full_path())


@admin.register(Absence)
class Absences(Page):
    list_display = ("counsellor", "starts_at", "ends_at")
    list_filter = ("counsellor",)
    list_select_related = ("counsellor",)
