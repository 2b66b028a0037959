"""Adverts: each with a short code of its own, and its posters and pictures, made again whenever someone asks for one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from helpline.admin.base import AdminPage, is_admin
from helpline.campaigns.adverts import new_advert_code
from helpline.campaigns.posters import FORMATS, PosterCannotBeDrawn, draw_poster, poster_can_be_drawn, poster_content
from helpline.clock import now
from helpline.models import Advert

if TYPE_CHECKING:
    Form = forms.ModelForm[Advert]
else:
    Form = forms.ModelForm

TAKEN = _("Another advert has this code. Keep the suggested code, or enter a different one.")


class AdvertForm(Form):
    """A code is written small, however it was typed."""

    class Meta:
        model = Advert
        fields = ("campaign", "kind", "name", "code", "page", "headline", "line")
        error_messages = {"code": {"unique": TAKEN}}
        help_texts = {
            "code": _(
                "The short address is /c/ followed by this: 3 to 12 small letters or digits, without i, l, o, 0 "
                "and 1. Do not change it when something has been printed: an old code leads to the start page "
                "and is not counted."
            )
        }

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["code"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"})
        if self.is_bound:
            # Before the field's own check, which takes small letters alone.
            given: Any = self.data
            self.data = given = given.copy()
            given[self.add_prefix("code")] = str(given.get(self.add_prefix("code"), "")).strip().lower()

    def clean(self) -> dict[str, Any]:
        """What the fonts of the posters cannot draw, an emoji for one, is said beside its field."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("headline", "line"):
            if cleaned.get(name) and not poster_can_be_drawn(str(cleaned[name])):
                self.add_error(name, _("The posters’ fonts do not have one of these characters. Use only letters, digits and full stops."))
        return cleaned


@admin.register(Advert)
class Adverts(AdminPage):
    form = AdvertForm
    list_display = ("name", "kind", "campaign", "code", "page")
    list_filter = ("campaign", "kind")
    list_select_related = ("campaign", "page")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_changeform_initial_data(request), "code": new_advert_code()}

    def get_fieldsets(self, request: HttpRequest, obj: Advert | None = None) -> Any:
        own = (None, {"fields": AdvertForm.Meta.fields})
        # There is nothing to draw before there is an advert.
        return [own] if obj is None else [own, (_("To print and to post"), {"fields": ("address", "made")})]

    def get_readonly_fields(self, request: HttpRequest, obj: Advert | None = None) -> tuple[str, ...]:
        return () if obj is None else ("address", "made")

    @admin.display(description=_("Short address"))
    def address(self, advert: Advert) -> str:
        return reverse("advert", args=[advert.code])

    @admin.display(description=_("Downloads"))
    def made(self, advert: Advert) -> SafeString:
        """What is usual for this kind of advert first. The saved advert is drawn, not what stands in the form."""
        forms = sorted(FORMATS.values(), key=lambda form: form.usual_for != advert.kind)
        rows = ((reverse("admin:helpline_advert_made", args=[advert.pk, form.name]), form.label, form.name, form.ending) for form in forms)
        links = format_html_join("", '<p><a href="{}">{} ({}.{})</a></p>', rows)
        return format_html("<div>{}</div>", links)

    def get_urls(self) -> list[URLPattern]:
        made = self.admin_site.admin_view(self.download)
        return [path("<int:pk>/made/<slug:name>", made, name="helpline_advert_made"), *super().get_urls()]

    def download(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """One poster or picture, for an admin alone; nobody keeps a copy on the way."""
        if not is_admin(request) or name not in FORMATS:
            raise Http404
        advert, form = get_object_or_404(Advert.objects.select_related("page"), pk=pk), FORMATS[name]
        try:
            drawn = draw_poster(poster_content(advert, at=now()), form)
        except PosterCannotBeDrawn:
            words = _(
                "This cannot be drawn. The posters’ fonts do not have a character in the helpline’s name, its phone numbers or the advert."
            )
            messages.error(request, words)
            return redirect("admin:helpline_advert_change", advert.pk)
        file = f"{advert.code}-{form.name}.{form.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
        return HttpResponse(drawn, content_type=form.content_type, headers=headers)
