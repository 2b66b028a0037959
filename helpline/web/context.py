"""What every template may use: whose helpline this is, and what the browser's script must know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from helpline import organisation
from helpline.branding import Look
from helpline.pages.crisis import crisis_ways

# An ordinary page that anyone might have open, for whoever leaves in a hurry.
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"


def site_context(request: HttpRequest) -> dict[str, Any]:
    """The organisation, its look, the way out, and the site's origin. The root's key is in no page (PROTOCOL §7.2)."""
    return {
        "organisation": SimpleLazyObject(organisation.organisation),
        "look": SimpleLazyObject(lambda: Look.of(organisation.organisation().brand_colour)),
        "crisis": SimpleLazyObject(lambda: crisis_ways(organisation.organisation().nation)),
        "exit_address": EXIT_ADDRESS,
        # Read by the script on an onion service alone, whose own address is another than the one that its signatures are for.
        # Where there is no hub, no page asks for one.
        "client": {"origin": settings.ORIGIN, "live": bool(settings.LIVE_KEY)},
    }
