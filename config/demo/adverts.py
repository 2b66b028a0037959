"""The demonstration's adverts, and a fortnight of made-up counts, so that the owner's page has something to show."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings

from helpline.models import Advert, Campaign, Page, Tally
from helpline.models.visits import BAND_HOURS, WHOLE_DAY

ADVERTS = (
    (
        Advert.Kind.SOCIAL_MEDIA,
        "In the evening, for men from 18 to 45",
        "w3hd",
        "1",
        "Worried about what you look at online?",
        "You can stop. We can help, and you do not have to give your name.",
    ),
    (
        Advert.Kind.BILLBOARD,
        "At the central station",
        "k7mt",
        "1",
        "Get help before a child is hurt",
        "You will be caught. Or you can stop now, with our help.",
    ),
    (
        Advert.Kind.PHONE_BOX,
        "In the High Street",
        "r9pc",
        "2",
        "Worried about someone you know?",
        "Talk it over with us. It is free, and you do not have to say who it is.",
    ),
)

DAYS = 14
# How a day's visits lie over its eight parts, from midnight on: late in the evening most, before dawn hardly any.
PARTS = (9, 3, 1, 5, 9, 10, 14, 22)
# About how many on a day of the campaign; before it a page had a third.
ARRIVALS = {"w3hd": 150, "k7mt": 34, "r9pc": 11}
VISITS = {
    "/": 170,
    "1": 150,
    "2": 46,
    "5": 38,
    "8": 52,
    "7": 20,
    "10": 41,
    "3": 8,
    "/write": 58,
    "/inbox": 24,
    "/confidential": 17,
    "/leaving": 12,
}
STARTS, SENT = 21, 9


def seed_adverts(at: datetime) -> None:
    """Adverts of the campaign that runs, and counts up to `at` by the clock on the wall. Changes nothing that stands."""
    today = at.date()
    campaign = Campaign.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if campaign is None or Advert.objects.exists():
        return
    pages = {page.slug: page for page in Page.objects.filter(language=settings.LANGUAGE_CODE, slug__in=("1", "2"))}
    Advert.objects.bulk_create(
        Advert(campaign=campaign, kind=kind, name=name, code=code, page=pages.get(slug), headline=headline, line=line)
        for kind, name, code, slug, headline, line in ADVERTS
    )
    if not Tally.objects.exists():
        Tally.objects.bulk_create(_counts(campaign.starts_on, at))


def _counts(starts_on: date, at: datetime) -> Iterator[Tally]:
    for ago in range(DAYS - 1, -1, -1):
        day = at.date() - timedelta(days=ago)
        runs = day >= starts_on
        parts = PARTS[: at.hour // BAND_HOURS] if ago == 0 else PARTS
        for page, usual in VISITS.items():
            yield from _visits(day, parts, usual if runs else usual // 3, page=page)
        if runs:
            for code, usual in ARRIVALS.items():
                yield from _visits(day, parts, usual, advert=code)
        share = sum(parts) / sum(PARTS) * (1 if runs else 0.4)
        for what, usual in ((Tally.What.START, STARTS), (Tally.What.SENT, SENT)):
            number = round(usual * share * _chance(what, day))
            if number:
                yield Tally(what=what, day=day, band=WHOLE_DAY, number=number)


def _visits(day: date, parts: tuple[int, ...], usual: int, *, page: str = "", advert: str = "") -> Iterator[Tally]:
    for band, weight in enumerate(parts):
        number = round(usual * weight / sum(PARTS) * _chance(page, advert, day, band))
        if number:
            yield Tally(what=Tally.What.VISIT, day=day, band=band, page=page, advert=advert, number=number)


def _chance(*names: object) -> float:
    """From 0.6 to 1.4; the same every time, so that two demonstrations can be compared."""
    return 0.6 + 0.8 * hashlib.sha256(repr(names).encode()).digest()[0] / 255
