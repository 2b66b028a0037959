"""The opening hours as data within a page: `{% hours_data hours %}`."""

import json

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from helpline.hours.channels import BothChannels
from helpline.hours.feeds import hours_as_json_ld

register = template.Library()

# What could end the block, or begin another, is written so that JSON reads the same and HTML sees nothing.
HARMLESS = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_tag
def hours_data(standing: BothChannels) -> SafeString:
    """Organisation and hours for search engines (schema.org): a block of data, which no browser executes."""
    data = json.dumps(hours_as_json_ld(standing, settings.ORIGIN), ensure_ascii=False, separators=(",", ":")).translate(HARMLESS)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 - escaped above
