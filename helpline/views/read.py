"""What there is to read: the list, and each page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from helpline import reading
from helpline.clock import now
from helpline.models import Page
from helpline.views.page import public_page


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """Everything to read now, by whom it is for."""
    books = reading.library(language())
    return public_page(request, "pages/read.html", {"shelves": books.shelves(), "about": books.of(Page.Kind.ABOUT)}, at=now())


@require_safe
def read_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page; where there is none (any more), what else there is."""
    page, books = reading.page(slug, language()), reading.library(language())
    if page is None:
        context = {"shelves": books.shelves(), "about": books.of(Page.Kind.ABOUT)}
        return public_page(request, "pages/read_missing.html", context, at=now(), status=404)
    return public_page(request, "pages/read_page.html", books.around(page), at=now())


def language() -> str:
    """The language of this request."""
    return get_language() or reading.ENGLISH
