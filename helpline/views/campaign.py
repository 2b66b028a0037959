"""The campaign: its message, its figures with their sources, and where it leads. When it is over the page still helps, and says so."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline import reading
from helpline.clock import now
from helpline.views.hours import hours_now
from helpline.views.page import public_page
from helpline.views.read import language


@require_safe
def campaign(request: HttpRequest) -> HttpResponse:
    """The campaign that runs, or the one that ran last; without any, the ways in."""
    at = now()
    hours = hours_now(at)
    today = hours.standing.today
    found, books = reading.campaign(today), reading.library(language())
    context = {
        "campaign": found,
        "runs": found is not None and found.runs_on(today),
        "figures_of": found.figures_of(today) if found else None,
        "pages": pages_of(found, books),
        "shelves": books.shelves(),
    }
    return public_page(request, "pages/campaign.html", context, at=at, hours=hours)


def pages_of(campaign: reading.Told | None, books: reading.Library) -> list[reading.Listed]:
    """Where the campaign leads, in the reader's language; nothing that is not published."""
    return books.named(reading.led_to(campaign)) if campaign else []
