"""Filters of the desk's templates."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """JSON for an attribute (the template escapes it): pages hold no script element of their own, not even one with data."""
    return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))


@register.filter
def in_groups(text: str, size: int = 4) -> str:
    """A secret in groups of four, so that it can be typed off the screen."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))
