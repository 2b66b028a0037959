"""Markdown in templates: `{% page_text page %}` and `{% own_text text %}` give HTML, `{% in_language page %}` marks another language."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from helpline.models import Organisation, Page
from helpline.pages import markdown
from helpline.pages.library import ListedPage
from helpline.templatetags.languages import language_attributes

register = template.Library()

HEADINGS = {
    Page.Audience.SELF: gettext_lazy("If you are worried about yourself"),
    Page.Audience.OTHER: gettext_lazy("If you are worried about someone else"),
    Page.Audience.YOUNG: gettext_lazy("If you are under 18"),
    Page.Audience.PROFESSIONAL: gettext_lazy("If you are asking because of your work"),
    Page.Audience.EVERYBODY: gettext_lazy("For everyone"),
}


@register.simple_tag(takes_context=True)
def page_text(context: dict[str, Any], page: Page) -> SafeString:
    """The page's text, with the organisation's own name and numbers."""
    own: Organisation = context["organisation"]
    phone = own.phone or gettext("our phone line")
    values = {"organisation": own.name, "phone": phone, "concern_phone": own.concern_phone or phone}
    return _html(page.body, values, prefix=reverse("home").rstrip("/"))


@register.simple_tag
def own_text(text: str) -> SafeString:
    """A text of the product itself as HTML: it has no names to fill in, and its links are whole."""
    return _html(text, {}, prefix="")


def _html(text: str, values: dict[str, str], *, prefix: str) -> SafeString:
    html = markdown.render_markdown(text, values=values, prefix=prefix, table=gettext("Table"))
    return mark_safe(html)  # noqa: S308 - markdown.render writes nothing but what is on its list


@register.simple_tag
def in_language(page: Page | ListedPage) -> SafeString:
    """lang and dir for an element whose words are not in the page's own language; nothing otherwise."""
    if page.language == get_language():
        return SafeString("")
    return format_html(" {}", language_attributes(page.language))


@register.simple_tag
def audience_heading(audience: str) -> str:
    """Whom the pages below are for."""
    return str(HEADINGS[Page.Audience(audience)])


@register.simple_tag
def way_to(page: ListedPage | None) -> str:
    """The address of a way in; before an admin has published it, where everyone can write."""
    return reverse("read-page", args=[page.slug]) if page else reverse("write")
