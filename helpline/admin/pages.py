"""The site's pages: written in Markdown, looked at as readers will see them, and only then saved."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import override

from helpline.admin import base
from helpline.admin.recordings import recording_addresses, recording_state
from helpline.models import Page, Recording
from helpline.pages import library, markdown

if TYPE_CHECKING:
    Form = forms.ModelForm[Page]
else:
    Form = forms.ModelForm

ADDRESS_TAKEN = "There is already a page at this address in this language. Choose another address, or change that page."


class PageForm(Form):
    delete_recording = forms.BooleanField(required=False, help_text="Takes it off the site when you save.")

    class Meta:
        model = Page
        fields = ("title", "summary", "body", "slug", "language", "kind", "audience", "position", "signed", "easy_read", "published")
        help_texts = {
            "body": "Markdown: headings from ##, lists, links, bold, tables. No pictures and no HTML. "
            "{organisation}, {phone} and {concern_phone} are replaced by the organisation’s own name and numbers.",
        }
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "summary": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "body": forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField"}),
        }

    @property
    def previews(self) -> bool:
        """The page is only to be looked at."""
        return "_preview" in self.data

    def is_valid(self) -> bool:
        """Without faults, and meant to be saved: Django's admin shows a form again that is not, and that is what a preview needs."""
        return super().is_valid() and not self.previews

    def clean_body(self) -> str:
        """Says what readers would not see, instead of leaving it out without a word."""
        body = str(self.cleaned_data["body"])
        if wrong := markdown.markdown_problems(body, names=library.NAMES):
            raise forms.ValidationError(wrong)
        return body

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        others = Page.objects.filter(slug=given.get("slug"), language=given.get("language")).exclude(pk=self.instance.pk)
        if given.get("slug") and others.exists():
            self.add_error("slug", ADDRESS_TAKEN)
        return given


@admin.register(Page)
class Pages(base.AdminPage):
    """`Preview` shows the page above the form and saves nothing."""

    form = PageForm
    list_display = ("title", "slug", "language", "kind", "audience", "position", "published")
    list_filter = ("language", "kind", "audience", "published")
    search_fields = ("title", "slug", "summary", "body")
    # One by one: whoever deletes a page reads first what leads to it.
    actions = None
    readonly_fields = ("on_the_site", "read_aloud")
    fieldsets = (
        (None, {"fields": ("title", "summary", "body")}),
        ("Where it is", {"fields": ("slug", "language", "kind", "audience", "position", "published", "on_the_site")}),
        ("In other forms", {"fields": ("signed", "easy_read", "read_aloud")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        """Where there is no recording, none can be deleted."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not hasattr(obj, "recording"):
            return fieldsets
        *others, (name, last) = fieldsets
        return [*others, (name, {**last, "fields": (*last["fields"], "delete_recording")})]

    @admin.display(description="On the site")
    def on_the_site(self, page: Page) -> str:
        if not page.published or page.pk is None:
            return "Nobody can read it yet."
        with override(page.language):
            try:
                return format_html('<a href="{0}">{0}</a>', reverse("read-page", args=[page.slug]))
            except NoReverseMatch:
                # The form stands here again, with a slug that was refused.
                return "That slug cannot be an address."

    @admin.display(description="Read aloud")
    def read_aloud(self, page: Page) -> str:
        return recording_state(page) if page.pk else "Save the page first: then you can upload a recording of it here."

    def get_urls(self) -> list[URLPattern]:
        return [*recording_addresses(self.admin_site), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any) -> HttpResponse:
        form = context["adminform"].form
        if isinstance(form, PageForm) and form.is_bound and form.previews and not form.errors:
            context["preview"] = page_preview(request, form.instance)
        return super().render_change_form(request, context, *arguments, **named)

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        was = Page.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        if form.cleaned_data["delete_recording"]:
            Recording.objects.filter(page=obj).delete()
        for sentence in (*_left_behind(was, obj), *_dead_ends(obj)):
            messages.warning(request, sentence)


def page_preview(request: HttpRequest, page: Page) -> str:
    """The whole page as readers will get it, without its script: a document for a frame in which none may run."""
    with override(page.language):
        return render_to_string("admin/helpline/page/preview.html", library.page_library(page.language).around(page), request=request)


def _left_behind(was: Page | None, now: Page) -> list[str]:
    """Sentences about what still leads to where the page was."""
    if was is None or not was.published or (now.published and now.slug == was.slug):
        return []
    sentences = []
    if others := library.pages_that_link_to(was.slug):
        titles = ", ".join(f"“{page.title}”" for page in others)
        sentences.append(f"These pages link to the old address, /read/{was.slug}: {titles}. Change them too.")
    if not now.published and (adverts := list(was.adverts.all())):
        names = ", ".join(str(advert) for advert in adverts)
        sentences.append(f"Adverts lead to this page: {names}. While it is not published, they lead to the start page.")
    return sentences


def _dead_ends(page: Page) -> list[str]:
    addresses = ", ".join(f"/read/{slug}" for slug in library.unpublished_links(page.body))
    return [f"The text links to pages that nobody can read yet: {addresses}."] if addresses else []
