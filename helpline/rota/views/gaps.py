"""Gaps of the next four weeks, and who could fill one."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from helpline.calendar import Interval
from helpline.calendar.wall_clock import monday_of
from helpline.clock import now
from helpline.models.hours import Channel
from helpline.organisation import organisation
from helpline.rota.drafts import local_shift_minutes
from helpline.rota.forms import LONGEST_SHIFT, instant_in_address
from helpline.rota.gaps import cover_candidates, gaps_ahead, snapshot_ahead
from helpline.rota.views.access import edited, may_edit_rota, rota_page, seen_by_all
from helpline.rota.views.week import week_address
from helpline.rota.wording import channel_words, number_words, rota_span_words
from helpline.staff.access import account_of


@require_safe
@seen_by_all
def gaps_view(request: HttpRequest) -> HttpResponse:
    """Each gap of the four weeks from today, in slots that one person could take."""
    at, own = now(), organisation()
    picture = snapshot_ahead(at=at, own=own)
    edits = may_edit_rota(account_of(request))
    found = [
        {
            "when": rota_span_words(gap.interval, picture.zone),
            "channel": channel_words(gap.channel),
            "missing": f"{number_words(gap.missing)} more {'person' if gap.missing == 1 else 'people'}",
            "drafted": gap.drafted,
            "slots": [
                (rota_span_words(slot, picture.zone), gap_address(gap.channel, slot))
                for slot in (gap.slots if edits and not gap.drafted else [])
            ],
        }
        for gap in gaps_ahead(picture, at=at, drafts=edits)
    ]
    return rota_page(request, "gaps", {"gaps": found})


def gap_address(channel: str, slot: Interval) -> str:
    """Suggestions for a slot."""
    given = {"channel": channel, "start": slot.start.isoformat(), "end": slot.end.isoformat()}
    return f"{reverse('desk:rota-gap')}?{urlencode(given)}"


@require_safe
@edited
def fill_gap_view(request: HttpRequest) -> HttpResponse:
    """Who is free, not away, and rested for a slot; the shift's form follows, filled in."""
    channel, start, end = (
        request.GET.get("channel", ""),
        instant_in_address(request.GET.get("start", "")),
        instant_in_address(request.GET.get("end", "")),
    )
    if channel not in Channel.values or start is None or end is None or not 0 < (end - start).total_seconds() <= 60 * LONGEST_SHIFT:
        return rota_page(
            request, "gap", {"problem": "This address does not lead to a gap. Go back to the list of gaps and choose one."}, status=404
        )
    slot = Interval(start, end)
    picture, found = cover_candidates(slot)
    day, starts, ends = local_shift_minutes(slot, picture.zone)
    times = {
        "channel": channel,
        "day": day.isoformat(),
        "starts": f"{starts // 60:02}:{starts % 60:02}",
        "ends": f"{ends // 60 % 24:02}:{ends % 60:02}",
        "published": "on",
    }
    add = reverse("desk:rota-shift-add")
    context = {
        "when": rota_span_words(slot, picture.zone),
        "channel": channel_words(channel),
        "slot": slot,
        "slot_channel": channel,
        "sends_email": settings.SENDS_EMAIL,
        "candidates": [(one, f"{add}?{urlencode({'counsellor': one.counsellor_id, **times})}") for one in found],
        "anybody": f"{add}?{urlencode(times)}",
        "week": week_address(monday_of(day)),
    }
    return rota_page(request, "gap", context)
