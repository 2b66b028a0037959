"""What the page says about phone and messages now, and for how long it stays true."""

import math
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.hours import channels
from helpline.hours import wording as hours_wording
from helpline.hours.bar_wording import messages_bar_words, phone_bar_words
from helpline.hours.live_wording import live_words
from helpline.models import Organisation

LONGEST = 60


@dataclass(frozen=True)
class BarWords:
    """Both channels in the few words of the bar."""

    phone: str
    messages: str


@dataclass(frozen=True)
class HoursStatus:
    """The wording of both channels, and of live talk where there is any, for how long it holds, and what it was made of."""

    phone: hours_wording.StateWords
    messages: hours_wording.StateWords
    brief: BarWords
    holds: timedelta
    standing: channels.BothChannels
    live: hours_wording.StateWords | None = None

    @property
    def organisation(self) -> Organisation:
        return self.standing.organisation

    @property
    def seconds(self) -> int:
        """Whole seconds, rounded down: a cache must not be late."""
        return max(0, self.holds // timedelta(seconds=1))

    @property
    def lifetime(self) -> str:
        """Cache-Control for a program's file with these words: never kept beyond them. A page is never kept."""
        return cache_lifetime(self.holds)


def cache_lifetime(holds: timedelta | None) -> str:
    """Cache-Control for something that holds for so long (None: no end is known); whole seconds, rounded down, a minute at most."""
    seconds = LONGEST if holds is None else min(LONGEST, max(0, holds // timedelta(seconds=1)))
    return f"public, max-age={seconds}, must-revalidate"


def hours_status(at: datetime) -> HoursStatus:
    """The words at `at`, in the organisation's zone; ten queries, and three about live talk, whatever a page says besides."""
    both = channels.both_channels_availability(at=at)
    zone = both.zone
    ends = min(hours_wording.words_hold_until(each, zone) for each in (both.phone, both.messages, both.live) if each is not None)
    taken = both.takes_messages
    phone = hours_wording.phone_words(both.phone, zone, writing=taken)
    if taken:
        messages = hours_wording.messages_words(both.messages, zone, busy=both.busy)
    else:
        messages = hours_wording.messages_not_taken_words(phone if both.organisation.phone else None)
    return HoursStatus(
        phone=phone,
        messages=messages,
        brief=BarWords(phone_bar_words(both.phone, zone), messages_bar_words(both.messages, zone, taken=taken)),
        holds=ends - at,
        standing=both,
        live=live_words(both.live, zone) if both.live is not None and taken else None,
    )


@require_safe
def hours_status_view(request: HttpRequest) -> JsonResponse:
    """The same words for a page that is already open when a boundary passes."""
    said = hours_status(now())
    body = {
        "phone": {**asdict(said.phone), "brief": said.brief.phone},
        "messages": {**asdict(said.messages), "brief": said.brief.messages},
        "live": {**asdict(said.live), "brief": said.live.headline} if said.live else None,
        # Rounded up: a page that looks again must find the new words, and finds them within a thousandth of a second.
        "seconds": math.ceil(said.holds.total_seconds() * 1000) / 1000,
    }
    return JsonResponse(body, headers={"Cache-Control": "no-store"})
