"""One way to answer with a public page: the hours stand on it, and nobody stores a copy."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helpline.branding import Look
from helpline.hours.status import HoursStatus, hours_status
from helpline.pages.crisis import crisis_ways


def public_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    at: datetime,
    hours: HoursStatus | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with `hours` in its context (worked out at `at` unless the view has them already).

    No copy of it is stored anywhere: the next person with the device could read a copy, and its hours would stop being true.
    """
    hours = hours or hours_status(at)
    # The organisation was loaded for the hours: the context processor need not ask for it again.
    own = hours.organisation
    page = {"hours": hours, "organisation": own, "look": Look.of(own.brand_colour), "crisis": crisis_ways(own.nation), **(context or {})}
    response = render(request, template, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
