"""The adverts' rows: which one a code names, and codes for new ones."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from helpline.models import Advert
from helpline.organisation import organisation_today

# Of the letters and digits that nobody mistakes for each other, those that make no word.
PROPOSED = "cdfhjkmnprtvwx34679"
LENGTH = 4
CODE = re.compile(r"[a-z0-9]{3,12}")


@dataclass(frozen=True)
class FoundAdvert:
    """Where an advert leads, and whether its campaign runs; no slug: to the start page."""

    code: str
    slug: str
    language: str
    counts: bool


def advert_by(typed: str, *, at: datetime) -> FoundAdvert | None:
    """The advert with this code as someone typed it from a poster, in capitals perhaps; two queries at most."""
    code = typed.strip(" ./").lower()
    # Not asked of the database: whatever is no code at all.
    if not CODE.fullmatch(code):
        return None
    advert = Advert.objects.select_related("campaign", "page").filter(code=code).first()
    if advert is None:
        return None
    page = advert.page if advert.page and advert.page.published else None
    runs = advert.campaign.runs_on(organisation_today(at=at))
    return FoundAdvert(code, page.slug if page else "", page.language if page else "", runs)


def new_advert_code() -> str:
    """A code that no advert has."""
    while True:
        code = "".join(secrets.choice(PROPOSED) for _ in range(LENGTH))
        if not Advert.objects.filter(code=code).exists():
            return code
