"""The page's language in templates: the attributes of <html>, and plain links to the same page in the other languages."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
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


@register.simple_tag
def words_in(language: str) -> SafeString:
    """With a space before them, the attributes of a part that is in `language`; nothing for the page's own (no language named)."""
    return format_html(" {}", language_attributes(language)) if language else SafeString("")


@register.simple_tag
def language_names(codes: str) -> str:
    """The languages' names in the page's own, one after the other: "English, Welsh"."""
    return ", ".join(str(translation.get_language_info(code)["name_translated"]) for code in codes.split(" "))


# A page's place among the addresses: its view's name and its arguments; none where it has no name of its own, and is nowhere else either.
Place = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]] | None


def _place(context: Context) -> Place:
    match = getattr(context.get("request"), "resolver_match", None)
    return (match.view_name, tuple(match.args), tuple(match.kwargs.items())) if match is not None and match.url_name else None


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """The languages of the site, each in its own name, with this page's address in all but its own."""
    return _switch(translation.get_language() or settings.LANGUAGE_CODE, _place(context), tuple(settings.LANGUAGES))


@register.simple_tag(takes_context=True)
def drafted_note(context: Context) -> SafeString:
    """Says of a translation that no native speaker has read it yet, and where the first language is."""
    own = translation.get_language() or settings.LANGUAGE_CODE
    return _note(own, _place(context)) if own in settings.DRAFTED_LANGUAGES else SafeString("")


# Neither depends on anything but its arguments, and both are asked for with every page.
@lru_cache(maxsize=256)
def _switch(own: str, place: Place, all_of_them: tuple[tuple[str, str], ...]) -> SafeString:
    languages = [
        {"name": name, "tag": tag_of(code), "attributes": language_attributes(code), "href": "" if code == own else _address(place, code)}
        for code, name in all_of_them
    ]
    return render_to_string("parts/languages.html", {"languages": languages})


@lru_cache(maxsize=256)
def _note(own: str, place: Place) -> SafeString:
    first = settings.LANGUAGE_CODE
    note = {"href": _address(place, first), "tag": tag_of(first), "attributes": language_attributes(first)}
    return render_to_string("parts/drafted.html", note)


def _address(place: Place, language: str) -> str:
    """The place in the language; its start page where the address leads to nothing in it."""
    if place is not None:
        name, args, kwargs = place
        here = reverse(name, args=args, kwargs=dict(kwargs))
        with translation.override(language):
            there = reverse(name, args=args, kwargs=dict(kwargs))
        if there != here:
            return there
    with translation.override(language):
        return reverse("home")
