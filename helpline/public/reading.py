"""The pages to read: the campaign with its figures, and the self-help library."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.hours.status import hours_status
from helpline.models import Page
from helpline.pages import library
from helpline.pages.about import about_us
from helpline.pages.recordings import recording_of
from helpline.public.page import public_page


@require_safe
def about_us_view(request: HttpRequest) -> HttpResponse:
    """Who the organisation is, how to complain, its privacy notice, and its accessibility statement."""
    return public_page(request, "pages/about.html", {"about": about_us()}, at=now())


@require_safe
def campaign_view(request: HttpRequest) -> HttpResponse:
    """The campaign that runs, or the one that ran last; without any, the ways in."""
    at = now()
    hours = hours_status(at)
    today = hours.standing.today
    found, books = library.campaign_summary(today), library.page_library(reading_language())
    context = {
        "campaign": found,
        "runs": found is not None and found.runs_on(today),
        "figures_of": found.figures_of(today) if found else None,
        "pages": campaign_pages(found, books),
        "shelves": books.shelves(),
    }
    return public_page(request, "pages/campaign.html", context, at=at, hours=hours)


def campaign_pages(campaign: library.CampaignSummary | None, books: library.PageLibrary) -> list[library.ListedPage]:
    """Where the campaign leads, in the reader's language; nothing that is not published."""
    return books.named(library.campaign_slugs(campaign)) if campaign else []


@require_safe
def reading_list_view(request: HttpRequest) -> HttpResponse:
    """Everything to read now, by whom it is for."""
    books = library.page_library(reading_language())
    return public_page(request, "pages/read.html", {"shelves": books.shelves(), "about": books.of(Page.Kind.ABOUT)}, at=now())


@require_safe
def reading_page_view(request: HttpRequest, slug: str) -> HttpResponse:
    """One page; where it has another address now, that one; where there is none (any more), what else there is."""
    page, books = library.published_page(slug, reading_language()), library.page_library(reading_language())
    if page is None and (renamed := library.RENAMED.get(slug)) and library.published_page(renamed, reading_language()):
        return HttpResponseRedirect(reverse("read-page", args=[renamed]), headers={"Cache-Control": "no-store"})
    if page is None:
        context = {"shelves": books.shelves(), "about": books.of(Page.Kind.ABOUT)}
        return public_page(request, "pages/read_missing.html", context, at=now(), status=404)
    context = {**books.around(page), "recording": recording_of(page)}
    return public_page(request, "pages/read_page.html", context, at=now())


def reading_language() -> str:
    """The language of this request."""
    return get_language() or library.ENGLISH
