"""Telephone numbers in links."""

import re

from django import template

register = template.Library()


@register.filter
def dialled(number: str) -> str:
    """A number as people read it ("0808 1000 900"), as a tel: link wants it ("08081000900")."""
    return re.sub(r"[^0-9+]", "", number)
