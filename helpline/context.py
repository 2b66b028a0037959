"""What every template may use: whose helpline this is, and what the browser's script must know."""

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from helpline import queries
from helpline.look import Look

# An ordinary page that anybody might have open, for whoever leaves in a hurry.
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"


def site(request: HttpRequest) -> dict[str, Any]:
    """The organisation, its look, the way out, and the client's data (PROTOCOL.md §7.2: the root's public key is in the page)."""
    return {
        "organisation": SimpleLazyObject(queries.organisation),
        "look": SimpleLazyObject(lambda: Look.of(queries.organisation().brand_colour)),
        "exit_address": EXIT_ADDRESS,
        "client": {
            "root": base64.urlsafe_b64encode(settings.ROOT_KEY or b"").decode().rstrip("="),
            "origin": settings.ORIGIN,
            "clock_offset": int(settings.CLOCK_OFFSET.total_seconds()),
        },
    }
