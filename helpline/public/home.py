"""The first page: what this is, whether someone is there now, and a way in for each reader."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.hours.status import hours_status
from helpline.models import Page
from helpline.pages import library
from helpline.public.page import public_page
from helpline.public.reading import reading_language

# The first page names a few things to read; /read has them all.
SHOWN = 6


@require_safe
def home_view(request: HttpRequest) -> HttpResponse:
    """Says what is open now; nobody stores a copy."""
    at = now()
    hours = hours_status(at)
    today = hours.standing.today
    found, books = library.campaign_summary(today), library.page_library(reading_language())
    runs = found if found is not None and found.runs_on(today) else None
    context = {
        "ways": {audience.name.lower(): books.shelf(audience).way_in for audience in Page.Audience},
        "modules": books.of(Page.Kind.SELF_HELP)[:SHOWN],
        "campaign": runs,
        "figures_of": runs.figures_of(today) if runs else None,
    }
    return public_page(request, "pages/home.html", context, at=at, hours=hours)
