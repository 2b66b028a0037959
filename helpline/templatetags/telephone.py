"""Telephone numbers in links."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def dialled(number: str) -> str:
    """A number as people read it ("0808 1000 900"), as a tel: link wants it ("08081000900")."""
    return re.sub(r"[^0-9+]", "", number)


@register.filter
def telephone_link(number: str) -> SafeString:
    """A number to press, for the middle of a sentence."""
    return format_html('<a class="tel" href="tel:{}">{}</a>', dialled(number), number)
