"""Where to start: four questions that a browser answers for itself, and the self-help pages as a list to tick on paper."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.models import Page
from helpline.pages import library
from helpline.public.page import public_page
from helpline.public.reading import reading_language

# Which page each outcome of the questions leads to. The names are those of src/pages/parts/self_check.ts.
STARTS = {
    "ending": "16",
    "young": "3",
    "police": "10",
    "strong": "6",
    "thoughts": "5",
    "acts": "8",
    "partner": "11",
    "family": "12",
    "other": "2",
    "work": "4",
}


@require_safe
def start_view(request: HttpRequest) -> HttpResponse:
    """Everything that the questions could lead to: what is chosen among it, the server is never told."""
    found = {page.slug: page for page in library.page_library(reading_language()).pages}
    starts = [(name, found[slug]) for name, slug in STARTS.items() if slug in found]
    return public_page(request, "pages/start.html", {"starts": starts}, at=now())


@require_safe
def tick_list_view(request: HttpRequest) -> HttpResponse:
    """The pages for someone worried about themselves, in order, each with a box to tick with a pen."""
    books = library.page_library(reading_language())
    return public_page(request, "pages/list.html", {"modules": books.good_for(Page.Audience.SELF)}, at=now())
