"""Whose helpline this is."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from helpline.admin.access import Page
from helpline.models import Organisation
from helpline.queries import ONLY

if TYPE_CHECKING:
    Form = forms.ModelForm[Organisation]
else:
    Form = forms.ModelForm


class OrganisationForm(Form):
    phone = forms.CharField(
        max_length=20,
        required=False,
        help_text="The free helpline, as people read it: 0808 1000 900. Without a number no page speaks of calling.",
    )

    class Meta:
        model = Organisation
        fields = "__all__"


@admin.register(Organisation)
class Organisations(Page):
    """There is one: it is described once, then changed, and never deleted."""

    form = OrganisationForm
    list_display = ("name", "phone", "nation")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not Organisation.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        obj.pk = ONLY
        super().save_model(request, obj, form, change)
