"""What may be read on the public site, in the reader's language or else in English; each question costs the same few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q

from helpline.markdown import own_links
from helpline.models import Campaign, Page

ENGLISH = settings.LANGUAGE_CODE
KINDS = list(Page.Kind.values)
AUDIENCES = list(Page.Audience.values)
# What a page's text may say in braces, so that one text serves every installation.
NAMES = frozenset({"organisation", "phone", "concern_phone"})


@dataclass(frozen=True)
class Shelf:
    """What there is for one audience: the way in, and what to read now, in order."""

    audience: str
    way_in: Page | None
    pages: list[Page]


@dataclass(frozen=True)
class Library:
    """Every published page but for its text, each once."""

    pages: list[Page]

    def of(self, kind: str, audience: str | None = None) -> list[Page]:
        """The pages of that kind, in order, for that audience or for all of them."""
        return [page for page in self.pages if page.kind == kind and audience in {None, page.audience}]

    def shelf(self, audience: str) -> Shelf:
        """What there is for that audience."""
        ways = self.of(Page.Kind.WAY_IN, audience)
        return Shelf(audience, ways[0] if ways else None, self.of(Page.Kind.SELF_HELP, audience))

    def shelves(self) -> list[Shelf]:
        """Each audience's, without those for whom there is nothing."""
        return [shelf for shelf in map(self.shelf, AUDIENCES) if shelf.way_in or shelf.pages]

    def named(self, slugs: Iterable[str]) -> list[Page]:
        """Those of the pages that are published, by audience and then in their own order."""
        wanted = set(slugs)
        return sorted((page for page in self.pages if page.slug in wanted), key=lambda page: AUDIENCES.index(page.audience))

    def good_for(self, audience: str) -> list[Page]:
        """What that reader may want to read now: what is for them, and what is for everybody."""
        return [page for page in self.of(Page.Kind.SELF_HELP) if page.audience in {audience, Page.Audience.EVERYBODY}]

    def around(self, page: Page) -> dict[str, Any]:
        """What stands around the page's text: before and after it, and below a way in what its reader may want to read now."""
        before, after = self.beside(page) if page.kind == Page.Kind.SELF_HELP else (None, None)
        more = self.good_for(page.audience) if page.kind == Page.Kind.WAY_IN else []
        return {"page": page, "before": before, "after": after, "more": more}

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """What its reader may have read before this page, and may read next."""
        row = self.of(page.kind) if page.audience == Page.Audience.EVERYBODY else self.good_for(page.audience)
        place = next((number for number, other in enumerate(row) if other.slug == page.slug), None)
        if place is None:
            return None, None
        return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)


def library(language: str) -> Library:
    """Everything published; one query."""
    rows = Page.objects.filter(published=True, language__in={language, ENGLISH}).defer("body")
    chosen: dict[str, Page] = {}
    for row in rows:
        if row.slug not in chosen or row.language == language:
            chosen[row.slug] = row
    return Library(sorted(chosen.values(), key=lambda page: (KINDS.index(page.kind), page.position, page.slug)))


def page(slug: str, language: str) -> Page | None:
    """The published page at that address with its text; one query."""
    rows = {row.language: row for row in Page.objects.filter(slug=slug, published=True, language__in={language, ENGLISH})}
    return rows.get(language) or rows.get(ENGLISH)


def campaign(today: date) -> Campaign | None:
    """The campaign to tell of: the one that runs, else the one that ran last, with figures and pages; three queries. Never one to come."""
    running = ExpressionWrapper(Q(ends_on__gte=today), output_field=BooleanField())
    begun = Campaign.objects.filter(starts_on__lte=today).order_by(running.desc(), "-starts_on", "-pk")
    return begun.prefetch_related("figures", Prefetch("pages", Page.objects.only("slug"))).first()


def leading_to(slug: str) -> list[Page]:
    """The pages whose text has a link to that page, published or not."""
    ends = (f"/read/{slug}", slug)
    return [page for page in Page.objects.exclude(slug=slug).filter(body__contains=slug) if not own_links(page.body).isdisjoint(ends)]


def dead_ends(text: str) -> list[str]:
    """The pages to which the text has a link, and which are not published in any language."""
    slugs = {link.removeprefix("/read/") for link in own_links(text) if link.startswith("/read/") or "/" not in link}
    return sorted(slugs - set(Page.objects.filter(slug__in=slugs, published=True).values_list("slug", flat=True)))
