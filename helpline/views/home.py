"""The first page: what this is, and how to get help now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpline import queries
from helpline.clock import now
from helpline.views.hours import hours_now


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Says what is open now; a stored copy dies when that may change."""
    at = now()
    hours = hours_now(at)
    campaign = queries.current_campaign(at=at)
    response = render(request, "pages/home.html", {"hours": hours, "campaign": campaign})
    response.headers["Cache-Control"] = hours.lifetime
    return response
