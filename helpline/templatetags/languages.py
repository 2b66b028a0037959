"""The page's language in templates: the attributes of <html>, and plain links to the same page in the other languages."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


def tag_of(language: str) -> str:
    """The language's name in markup (BCP 47): "en-gb" is en-GB there."""
    return translation.to_locale(language).replace("_", "-")


@register.simple_tag
def language_attributes(language: str = "") -> SafeString:
    """`lang` and `dir` of the page, or of a part of it that is in another language."""
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    direction = "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"
    return format_html('lang="{}" dir="{}"', tag_of(language), direction)


@register.simple_tag
def first_language_attributes() -> SafeString:
    """With a space before them, the attributes of a part that is in the installation's own language; none where the page is in it too."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return SafeString("")
    return format_html(" {}", language_attributes(settings.LANGUAGE_CODE))


@register.inclusion_tag("parts/languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """The languages of the site, each in its own name, with this page's address in all but its own."""
    own = translation.get_language()
    return {
        "languages": [
            {
                "name": name,
                "tag": tag_of(code),
                "attributes": language_attributes(code),
                "href": "" if code == own else _address(context, code),
            }
            for code, name in settings.LANGUAGES
        ]
    }


@register.inclusion_tag("parts/drafted.html", takes_context=True)
def drafted_note(context: Context) -> dict[str, Any]:
    """Says of a translation that no native speaker has read it yet, and where the first language is."""
    drafted = translation.get_language() in settings.DRAFTED_LANGUAGES
    first = settings.LANGUAGE_CODE
    return {"href": _address(context, first) if drafted else "", "tag": tag_of(first), "attributes": language_attributes(first)}


def _address(context: Context, language: str) -> str:
    """This page in the language; its start page where this address leads to nothing in it."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is not None and match.url_name:  # An address without a name of its own is nowhere else either.
        here = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        with translation.override(language):
            there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        if there != here:
            return there
    with translation.override(language):
        return reverse("home")
