"""Whose helpline this is."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language_info

from helpline.admin.base import AdminPage, account_at, propose_and_say, tell_values
from helpline.clock import now
from helpline.four_eyes.changes import propose_change
from helpline.four_eyes.site_changes import NUMBERS, hide_number, propose_numbers
from helpline.models import AboutUs, Organisation, ProposedChange
from helpline.models.organisation import ANSWERED
from helpline.organisation import ONLY
from helpline.pages.markdown import markdown_problems
from helpline.staff.begun import service_has_begun

if TYPE_CHECKING:
    Form = forms.ModelForm[Organisation]
    AboutForm = forms.ModelForm[AboutUs]
else:
    Form = AboutForm = forms.ModelForm


class SpokenLanguages(forms.MultipleChoiceField):
    """A list to choose from on the form; in the row their codes with a space between them."""

    def __init__(self, **named: Any) -> None:
        choices = [(code, get_language_info(code)["name"]) for code in ANSWERED]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **named)

    def prepare_value(self, value: Any) -> Any:
        return value.split(" ") if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return " ".join(super().clean(self.prepare_value(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class OrganisationForm(Form):
    phone = forms.CharField(
        max_length=20,
        required=False,
        help_text="The free helpline number, as people read it: 0808 1000 900. Without a number, no page mentions calling.",
    )

    phone_languages = SpokenLanguages(label="Languages on the phone")
    writing_languages = SpokenLanguages(label="Languages in writing")
    sooner = forms.BooleanField(
        required=False,
        label="Delete conversations sooner than people were told",
        help_text="Tick this only to keep conversations for fewer days than before.",
    )

    class Meta:
        model = Organisation
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Fewer days are saved only when it is said that this is meant: what is older goes at once, and for good."""
        cleaned = super().clean() or self.cleaned_data
        days, before = cleaned.get("retention_days"), self.instance.retention_days
        if self.instance.pk and days is not None and days < before and not cleaned.get("sooner"):
            self.add_error(
                "sooner",
                f"People were told {before} days. With {days}, everything older is deleted for good within ten "
                "minutes. Nobody can get it back. Tick this to confirm.",
            )
        return cleaned


class OnlyOne(AdminPage):
    """There is one row: it is described once, then changed, and never deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not self.model.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = ONLY
        super().save_model(request, obj, form, change)


@admin.register(Organisation)
class Organisations(OnlyOne):
    """Whose helpline this is."""

    form = OrganisationForm
    list_display = ("name", "phone", "nation")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A number that is taken away goes at once; a new one, and fewer days, wait for a second person. All else is saved."""
        if change and service_has_begun():
            by, at, stood = account_at(request), now(), Organisation.objects.select_for_update().get(pk=ONLY)
            guarded = [name for name in (*NUMBERS, "retention_days") if name in form.changed_data]
            if "retention_days" in guarded and obj.retention_days >= stood.retention_days:
                guarded.remove("retention_days")
            asked = {name: str(getattr(obj, name)) for name in guarded}
            before = {name: str(getattr(stood, name)) for name in guarded}
            for name in guarded:
                setattr(obj, name, getattr(stood, name))
                form.changed_data.remove(name)
            form.changed_data[:] = [name for name in form.changed_data if name != "sooner"]
            super().save_model(request, obj, form, change)
            for name in NUMBERS:
                if asked.get(name) == "":
                    hide_number(name, by=by, at=at)
                elif name in asked:
                    propose_and_say(request, partial(propose_numbers, before, {name: asked[name]}, by=by, at=at))
            if "retention_days" in asked:
                days = {"retention_days": asked["retention_days"]}
                was = {"retention_days": before["retention_days"]}
                what = f"{asked['retention_days']} days instead of {before['retention_days']}"
                kind = ProposedChange.Kind.RETENTION
                fewer = partial(propose_change, kind, subject="days", what=what, by=by, at=at, before=was, after=days)
                propose_and_say(request, fewer)
        else:
            told = [name for name in NUMBERS if name in form.changed_data]
            tell_values(obj, {name: str(form.initial.get(name, "")) for name in told}, {name: str(getattr(obj, name)) for name in told})
            super().save_model(request, obj, form, change)


class AboutUsForm(AboutForm):
    class Meta:
        model = AboutUs
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Says of each text what readers would not see."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("counsellors", "complaints", "privacy", "accessibility"):
            if wrong := markdown_problems(str(cleaned.get(name, ""))):
                self.add_error(name, wrong)
        return cleaned


@admin.register(AboutUs)
class AboutUsPage(OnlyOne):
    """What the site says of the organisation; no field may stay empty."""

    form = AboutUsForm
    list_display = ("legal_name", "registered")
