"""What the page says about phone and messages now, and for how long it stays true."""

import math
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from helpline import queries, words
from helpline.clock import now

LONGEST = 60


@dataclass(frozen=True)
class Hours:
    """Both channels in words, and the whole seconds for which the words hold."""

    phone: words.Said
    messages: words.Said
    seconds: int

    @property
    def lifetime(self) -> str:
        """Cache-Control for a page with these words: never kept beyond them."""
        return f"public, max-age={min(LONGEST, self.seconds)}, must-revalidate"


def hours_now(at: datetime) -> Hours:
    """The words at `at`, in the organisation's zone."""
    zone = ZoneInfo(queries.organisation().time_zone)
    phone = queries.availability(channel="phone", at=at)
    messages = queries.availability(channel="messages", at=at)
    ends = min(words.stands_until(phone, zone), words.stands_until(messages, zone))
    # Rounded down for a cache, which must not be late.
    seconds = max(0, math.floor((ends - at).total_seconds()))
    return Hours(words.say_phone(phone, zone), words.say_messages(messages, zone), seconds)


@require_safe
def hours(request: HttpRequest) -> JsonResponse:
    """The same words for a page that is already open when a boundary passes."""
    said = hours_now(now())
    return JsonResponse(asdict(said), headers={"Cache-Control": "no-store"})
