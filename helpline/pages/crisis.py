"""Where someone in a crisis finds help at once, for a page in its reader's language; two queries."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from helpline.models import CrisisWay, Page
from helpline.signposts import ENDING, EVERYWHERE, KNOWN, REPORT, SILENT, VOICE

FIELDS = ("group", "name", "contact", "address", "what_for", "for_ending")


class CrisisWayOnPage(NamedTuple):
    """One way to help; `language` is set where its words are in another language than the page."""

    label: str
    address: str
    what_for: str
    language: str

    @property
    def is_number(self) -> bool:
        """It is called or texted."""
        return self.address.startswith(("tel:", "sms:"))


class CrisisList(NamedTuple):
    """The ways by what they ask of someone. `ending` are those for people who are thinking about ending their life, `call` the first to
    call of
    them, and `page` the address of the page that is for them ("" while it is not published).
    """

    voice: tuple[CrisisWayOnPage, ...]
    silent: tuple[CrisisWayOnPage, ...]
    report: tuple[CrisisWayOnPage, ...]
    ending: tuple[CrisisWayOnPage, ...]
    call: CrisisWayOnPage
    page: str


def crisis_ways(nation: str) -> CrisisList:
    """The organisation's list for its nation; what it has none of is taken from the service's own, so no part is ever empty."""
    rows = list(CrisisWay.objects.filter(nation__in={EVERYWHERE, nation}).order_by("position", "pk").values_list(*FIELDS))
    known = [tuple(getattr(each, name) for name in FIELDS) for each in KNOWN if each.nation in {EVERYWHERE, nation}]
    found = {group: _ways(rows, group) or _ways(known, group) for group in (VOICE, SILENT, REPORT)}
    ending = _ending(rows) or _ending(known)
    call = next((way for way in ending if way.address.startswith("tel:")), None) or _ending(known)[0]
    page = Page.objects.filter(slug=ENDING, published=True).exists()
    return CrisisList(found[VOICE], found[SILENT], found[REPORT], ending, call, reverse("read-page", args=[ENDING]) if page else "")


def _ways(rows: list[tuple[str, ...]], group: str) -> tuple[CrisisWayOnPage, ...]:
    return tuple(_way(row) for row in rows if row[0] == group)


def _ending(rows: list[tuple[str, ...]]) -> tuple[CrisisWayOnPage, ...]:
    return tuple(_way(row) for row in rows if row[5])


def _way(row: tuple[str, ...]) -> CrisisWayOnPage:
    _, name, contact, address, what_for, _ = row
    said = gettext(what_for) if what_for else ""
    foreign = said == what_for and get_language() != settings.LANGUAGE_CODE
    return CrisisWayOnPage(f"{name} {contact}".strip(), address, said, settings.LANGUAGE_CODE if foreign else "")
