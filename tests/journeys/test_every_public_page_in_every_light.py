"""Each page of the URL table at 320 and 1280, in light, dark and forced colours: nothing for axe to find, nothing wider than the window."""

import re

import pytest
from playwright.sync_api import Page

from tests.parts.addresses import public_pages
from tests.parts.axe import violations
from tests.parts.browser import Visit
from tests.parts.examples import by_night
from tests.parts.lights import EACH, LOOKS, NARROWEST, found_on
from tests.parts.web import WebServer

TITLE = re.compile(
    r"([^:]+ – )?Information"
)  # Which page has which: tests/helpline/pages/test_titles_tell_pages_apart_and_nothing_else.py.
# In the dark by day too: every kind of page that there is.
DARK_BY_DAY = {"/", "/write", "/inbox"}

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.mark.timeout(400)
@pytest.mark.long(40)
def test_nothing_is_found_and_text_twice_as_large_stays_within_the_window(whole_site: WebServer, visit: Visit) -> None:
    page = visit("somebody", size=NARROWEST).page
    addresses = public_pages()
    assert len(addresses) > 20
    assert set(addresses) >= DARK_BY_DAY
    looks = {address: LOOKS if address in DARK_BY_DAY else EACH for address in addresses}
    found = []
    for address in addresses:
        found += found_on(page, address, title=TITLE, looks=looks[address])
        found += twice_as_large(page)
    assert found == []


def twice_as_large(page: Page) -> list[str]:
    """As a browser's own setting does it: every size is in rem."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    found = []
    for window in (640, 390, 320):
        page.set_viewport_size({"width": window, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{page.url} is {wide} wide in {window} with large text"] * (wide > window)
    return found


@pytest.mark.parametrize("language", ["cy", "pl"])
def test_nothing_is_found_in_other_languages(whole_site: WebServer, visit: Visit, language: str) -> None:
    """By day their widths; what axe says of the same pages in English it says again by night."""
    page = visit("somebody", size=NARROWEST).page
    addresses = public_pages(language)
    assert len(addresses) > 8
    found = []
    for address in addresses:
        page.goto(address, wait_until="networkidle")
        assert page.locator("html").get_attribute("lang") == language
        found += [f"{address}: {violation}" for violation in (violations(page) if by_night() else ())]
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        found += [f"{address} is {wide} wide"] * (wide > window)
    assert found == []
