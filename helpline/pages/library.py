"""What may be read on the public site, in the reader's language or else in English; each question costs the same few queries."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Value, When

from helpline.models import Campaign, Figure, Page
from helpline.pages.markdown import site_links

ENGLISH = settings.LANGUAGE_CODE
KINDS = list(Page.Kind.values)
AUDIENCES = list(Page.Audience.values)
# What a page's text may say in braces, so that one text serves every installation.
NAMES = frozenset({"organisation", "phone", "concern_phone"})


# The pages that come with the service had names that spoke. Links to them that people kept still lead there.
RENAMED = {
    "me": "1",
    "someone": "2",
    "under-18": "3",
    "at-work": "4",
    "first": "5",
    "evenings": "6",
    "signs": "7",
    "steps": "8",
    "telling": "9",
    "knock": "10",
    "together": "11",
    "family": "12",
    "how": "13",
    "questions": "14",
    "traces": "15",
}

# Figures that are older say so: nobody is to take them for today's.
FRESH_YEARS = 3
YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


# Nearly every page lists some pages and tells of the campaign, so these are no model's rows, which cost more than the question.
class ListedPage(NamedTuple):
    """A page as it is listed, without its text."""

    slug: str
    language: str
    kind: str
    audience: str
    title: str
    summary: str
    position: int


class CampaignFact(NamedTuple):
    """A campaign's figure with its source and date."""

    statement: str
    source: str
    dated: str


class CampaignSummary(NamedTuple):
    """A campaign as pages tell of it."""

    key: int
    name: str
    starts_on: date
    ends_on: date
    message: str
    figures: tuple[CampaignFact, ...]

    def runs_on(self, day: date) -> bool:
        """The day is one of the campaign's, its last one too."""
        return self.starts_on <= day <= self.ends_on

    def figures_of(self, day: date) -> int | None:
        """The newest year that its figures' dates name, where that is more than three years before `day`; else None."""
        newest = max((int(year) for figure in self.figures for year in YEAR.findall(figure.dated)), default=day.year)
        return newest if day.year - newest > FRESH_YEARS else None


class AudienceShelf(NamedTuple):
    """What there is for one audience: the way in, and what to read now, in order."""

    audience: str
    way_in: ListedPage | None
    pages: list[ListedPage]


@dataclass(frozen=True)
class PageLibrary:
    """Every published page but for its text, each once."""

    pages: list[ListedPage]

    def of(self, kind: str, audience: str | None = None) -> list[ListedPage]:
        """The pages of that kind, in order, for that audience or for all of them."""
        return [page for page in self.pages if page.kind == kind and audience in {None, page.audience}]

    def shelf(self, audience: str) -> AudienceShelf:
        """What there is for that audience."""
        ways = self.of(Page.Kind.WAY_IN, audience)
        return AudienceShelf(audience, ways[0] if ways else None, self.of(Page.Kind.SELF_HELP, audience))

    def shelves(self) -> list[AudienceShelf]:
        """Each audience's, without those for whom there is nothing."""
        return [shelf for shelf in map(self.shelf, AUDIENCES) if shelf.way_in or shelf.pages]

    def while_waiting(self) -> list[AudienceShelf]:
        """For each audience what it may read until we answer: its own pages, those for everyone first; without any, its way in."""
        common = self.of(Page.Kind.SELF_HELP, Page.Audience.EVERYBODY)
        shelves = (shelf for shelf in self.shelves() if shelf.audience != Page.Audience.EVERYBODY)
        found = (shelf._replace(pages=[*common, *(shelf.pages or filter(None, [shelf.way_in]))]) for shelf in shelves)
        return [shelf for shelf in found if shelf.pages]

    def named(self, slugs: Iterable[str]) -> list[ListedPage]:
        """Those of the pages that are published, by audience and then in their own order."""
        wanted = set(slugs)
        return sorted((page for page in self.pages if page.slug in wanted), key=lambda page: AUDIENCES.index(page.audience))

    def good_for(self, audience: str) -> list[ListedPage]:
        """What that reader may want to read now: what is for them, and what is for everyone."""
        return [page for page in self.of(Page.Kind.SELF_HELP) if page.audience in {audience, Page.Audience.EVERYBODY}]

    def around(self, page: Page) -> dict[str, Any]:
        """What stands around the page's text: before and after it, and below a way in what its reader may want to read now."""
        before, after = self.beside(page) if page.kind == Page.Kind.SELF_HELP else (None, None)
        more = self.good_for(page.audience) if page.kind == Page.Kind.WAY_IN else []
        part, parts = self.part(page)
        return {"page": page, "number": self.number(page), "before": before, "after": after, "more": more, "part": part, "parts": parts}

    def part(self, page: Page) -> tuple[int, int]:
        """Which of the parts for someone worried about themselves this is, from 1, and how many there are; 0 of them for other pages."""
        row = [other.slug for other in self.good_for(Page.Audience.SELF)]
        mine = page.audience in {Page.Audience.SELF, Page.Audience.EVERYBODY} and page.slug in row
        return (row.index(page.slug) + 1, len(row)) if mine else (0, 0)

    def number(self, page: Page) -> int:
        """Which of all the pages this is, from 1: its name in titles, which must not say what it is about."""
        return next((number for number, other in enumerate(self.pages, 1) if other.slug == page.slug), len(self.pages) + 1)

    def beside(self, page: Page) -> tuple[ListedPage | None, ListedPage | None]:
        """What its reader may have read before this page, and may read next."""
        row = self.of(page.kind) if page.audience == Page.Audience.EVERYBODY else self.good_for(page.audience)
        place = next((number for number, other in enumerate(row) if other.slug == page.slug), None)
        if place is None:
            return None, None
        return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)


def page_library(language: str) -> PageLibrary:
    """Everything published; one query."""
    chosen: dict[str, ListedPage] = {}
    published = Page.objects.filter(published=True, language__in={language, ENGLISH}).order_by()
    for row in map(ListedPage._make, published.values_list(*ListedPage._fields)):
        if row.slug not in chosen or row.language == language:
            chosen[row.slug] = row
    return PageLibrary(sorted(chosen.values(), key=lambda page: (KINDS.index(page.kind), page.position, page.slug)))


def published_page(slug: str, language: str) -> Page | None:
    """The published page at that address with its text; one query."""
    found = Page.objects.filter(slug=slug, published=True, language__in={language, ENGLISH})
    rows = {row.language: row for row in found}
    return rows.get(language) or rows.get(ENGLISH)


def campaign_summary(today: date) -> CampaignSummary | None:
    """The campaign to tell of: the one that runs, else the one that ran last, with its figures; two queries. Never one to come."""
    over = Case(When(ends_on__lt=today, then=Value(1)), default=Value(0))
    newest = Campaign.objects.filter(starts_on__lte=today).order_by(over, "-starts_on", "-pk")
    begun = newest.values_list("id", "name", "starts_on", "ends_on", "message").first()
    if begun is None:
        return None
    figures = Figure.objects.filter(campaign_id=begun[0]).order_by("position", "pk").values_list(*CampaignFact._fields)
    return CampaignSummary(*begun, tuple(map(CampaignFact._make, figures)))


def campaign_slugs(campaign: CampaignSummary) -> list[str]:
    """The slugs of the pages that the campaign leads to, published or not; one query."""
    return list(Page.objects.filter(campaigns=campaign.key).values_list("slug", flat=True))


def pages_that_link_to(slug: str) -> list[Page]:
    """The pages whose text has a link to that page, published or not."""
    ends = (f"/read/{slug}", slug)
    return [page for page in Page.objects.exclude(slug=slug).filter(body__contains=slug) if not site_links(page.body).isdisjoint(ends)]


def unpublished_links(text: str) -> list[str]:
    """The pages to which the text has a link, and which are not published in any language."""
    slugs = {link.removeprefix("/read/") for link in site_links(text) if link.startswith("/read/") or "/" not in link}
    return sorted(slugs - set(Page.objects.filter(slug__in=slugs, published=True).values_list("slug", flat=True)))
