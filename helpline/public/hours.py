"""The opening hours as a page, as JSON and as a calendar file for other people's programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.hours.channels import both_channels_availability
from helpline.hours.feeds import hours_calendar
from helpline.hours.status import cache_lifetime, hours_status
from helpline.hours.timetable import hours_timetable
from helpline.public.page import public_page


@require_safe
def availability_view(request: HttpRequest) -> JsonResponse:
    """Both channels, and live talk where there is any; a stored copy dies before one changes.

    Each stands as `manage.py availability --json` has it.
    But that asks for any instant, and of the calendar: messages that nobody could read now are closed here, whatever the calendar says.
    """
    at = now()
    standing = both_channels_availability(at=at)
    channels = [standing.phone, standing.messages, *([standing.live] if standing.live else [])]
    changes = min((channel.changes_at for channel in channels if channel.changes_at), default=None)
    body = {channel.channel: channel.as_json() for channel in channels}
    return JsonResponse(body, headers={"Cache-Control": cache_lifetime(changes - at if changes else None)})


@require_safe
def hours_calendar_view(request: HttpRequest) -> HttpResponse:
    """The coming openings; closures that come in between are in the next copy, so none is kept for longer than a page."""
    at = now()
    hours = hours_status(at)
    headers = {"Cache-Control": hours.lifetime, "Content-Disposition": 'inline; filename="hours.ics"'}
    return HttpResponse(hours_calendar(hours.standing, at=at), content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def opening_hours_view(request: HttpRequest) -> HttpResponse:
    """The opening hours as sentences and as a table."""
    at = now()
    hours = hours_status(at)
    standing = hours.standing
    table = hours_timetable(standing.offered, standing.zone, standing.today)
    return public_page(request, "pages/when.html", {"timetable": table}, at=at, hours=hours)
