"""The versions of the confidentiality terms, and their translations: published once, then kept as people accepted them."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from helpline.admin.base import AdminPage, AdminsOnly, TakesTwo, account_at
from helpline.clock import now
from helpline.four_eyes.changes import propose_change
from helpline.models import ConfidentialityTerms, ProposedChange, TranslatedTerms
from helpline.organisation import organisation_today
from helpline.pages.publish_terms import publish_terms, publish_translation
from helpline.staff.begun import service_has_begun

if TYPE_CHECKING:
    Form = forms.ModelForm[TranslatedTerms]
    Inline = admin.StackedInline[TranslatedTerms, ConfidentialityTerms]
else:
    Form = forms.ModelForm
    Inline = admin.StackedInline


class PublishedOnce:
    """Nothing that was published is changed or deleted."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Translations(PublishedOnce, AdminsOnly, Inline):
    """Shown beside the version that they translate; a new one is added on a page of its own."""

    model = TranslatedTerms
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ConfidentialityTerms)
class Terms(PublishedOnce, AdminPage):
    """A version is published once, and then kept as it is: people have accepted it."""

    list_display = ("version", "published_on", "languages")
    fields = ("summary", "text")

    def get_inlines(self, request: HttpRequest, obj: ConfidentialityTerms | None) -> tuple[type[Translations]] | tuple[()]:
        return (Translations,) if obj else ()

    @admin.display(description="Translations")
    def languages(self, terms: ConfidentialityTerms) -> str:
        return ", ".join(each.get_language_display() for each in terms.translations.all()) or "none"

    def save_model(self, request: HttpRequest, obj: ConfidentialityTerms, form: Any, change: bool) -> None:
        if service_has_begun():
            raise TakesTwo(partial(_propose, request, "terms", "a new version", {"text": obj.text, "summary": obj.summary}))
        made = publish_terms(text=obj.text, summary=obj.summary, published_on=organisation_today(at=now()))
        obj.pk, obj.version, obj.published_on = made.pk, made.version, made.published_on


def _propose(request: HttpRequest, subject: str, what: str, after: dict[str, str]) -> ProposedChange:
    kind, by = ProposedChange.Kind.TERMS, account_at(request)
    return propose_change(kind, subject=subject, what=what, by=by, at=now(), after=after)


class TranslationForm(Form):
    class Meta:
        model = TranslatedTerms
        fields = ("terms", "language", "summary", "text")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "text": forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
        }

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # A page that only shows a translation has no fields.
        if isinstance(language := self.fields.get("language"), forms.TypedChoiceField):
            language.choices = [("", "---------"), *(each for each in settings.LANGUAGES if each[0] != settings.LANGUAGE_CODE)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        terms, language = given.get("terms"), given.get("language")
        if terms and language and terms.translations.filter(language=language).exists():
            self.add_error("language", f"{terms} is already published in this language, and is kept as people accepted it.")
        return given


@admin.register(TranslatedTerms)
class TranslatedTermsPages(PublishedOnce, AdminPage):
    """The same version in another language."""

    form = TranslationForm
    list_display = ("terms", "language")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest = ConfidentialityTerms.objects.first()
        return {"terms": newest.pk if newest else None, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: TranslatedTerms, form: Any, change: bool) -> None:
        if service_has_begun():
            version, language = str(obj.terms.version), str(obj.language)
            after = {"version": version, "language": language, "text": obj.text, "summary": obj.summary}
            what = f"version {version} in {obj.get_language_display()}"
            raise TakesTwo(partial(_propose, request, f"terms {version} {language}", what, after))
        obj.pk = publish_translation(terms=obj.terms, language=obj.language, text=obj.text, summary=obj.summary).pk
