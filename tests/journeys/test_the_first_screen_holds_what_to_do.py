"""On a phone the header is one line in every language, and what there is to do stands on the first screen."""

import pytest
from playwright.sync_api import Page

from helpline.models import Organisation
from tests.parts.axe import violations
from tests.parts.browser import PHONE, Visit
from tests.parts.lights import NARROWEST
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

ONE_LINE = 64
ONE_LINE_OF_TEXT = 20
FIRST_SCREEN = 600
# The first link or button of the page itself with which a person calls, writes, or goes on.
FIRST_ACTION = """() => {
  const action = [...document.querySelectorAll("main .govuk-button, .hours a")].find((each) => each.checkVisibility());
  return Math.round(action.getBoundingClientRect().bottom + scrollY);
}"""

DRAFTED = """() => {
  const note = document.querySelector(".drafted"), heading = document.querySelector("h1");
  return note !== null && note.checkVisibility() && note.getBoundingClientRect().bottom <= heading.getBoundingClientRect().top;
}"""


def header_of(page: Page) -> tuple[float, list[str]]:
    """How high the header is, and which of its parts stand outside it."""
    box = page.locator(".site-header").bounding_box()
    assert box
    outside = []
    for part in (".site-header__name", ".menu > summary", "#exit"):
        own = page.locator(part).bounding_box()
        assert own
        if own["y"] < box["y"] or own["y"] + own["height"] > box["y"] + box["height"] or own["x"] + own["width"] > box["width"]:
            outside.append(part)
    return box["height"], outside


def test_the_header_is_one_line_and_the_first_action_is_seen_at_once(whole_site: WebServer, visit: Visit) -> None:
    page = visit("somebody").page
    found = []
    for language in ("", "/cy", "/pl"):
        for size in (PHONE, NARROWEST):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(f"{language}/inbox")
            height, outside = header_of(page)
            found += [f"{language} {size}: the header is {height} high"] * (height > ONE_LINE)
            found += [f"{language} {size}: {part} stands outside it" for part in outside]
            page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
            height, outside = header_of(page)
            found += [f"{language} {size}, letters twice as large: {height} high"] * (height > 2 * ONE_LINE)
            found += [f"{language} {size}, letters twice as large: {part} stands outside it" for part in outside]
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for name, lines in (("Information", 1), ("Stop It Now! Scotland", 3)):
        Organisation.objects.update(name_on_top=name)
        for language in ("", "/cy", "/pl"):
            page.goto(f"{language}/inbox")
            own = page.locator(".site-header__name").bounding_box()
            assert own
            found += [f"{language}: {name} stands in more than {lines} lines"] * (own["height"] > lines * ONE_LINE_OF_TEXT)
            found += [f"{language}: under {name} the header is {height} high" for height, _ in [header_of(page)] if height > ONE_LINE]
    page.locator(".menu > summary").click()
    found += violations(page)
    # Before anything is agreed to in a draft, the English stands beside it, however long the page is then.
    addresses = [f"{language}{address}" for language in ("", "/cy", "/pl") for address in ("/", "/campaign")]
    for size, more in ((PHONE, ["/write"]), (NARROWEST, [])):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for address in addresses + more:
            page.goto(address, wait_until="networkidle")
            if address == "/write":
                page.locator("#agree").wait_for()
            found += [f"{address} {size}: the first action ends at {ends}" for ends in [page.evaluate(FIRST_ACTION)] if ends > FIRST_SCREEN]
            # A draft says that it is one before anything else on the page.
            said = page.evaluate(DRAFTED)
            found += [f"{address} {size}: {said} is said of a draft"] * (said != (address[:3] in {"/cy", "/pl"}))
    assert found == []


def test_the_menu_opens_without_a_script_and_leads_on(whole_site: WebServer, visit: Visit) -> None:
    page = visit("somebody", java_script_enabled=False).page
    page.goto("/")
    link = page.get_by_role("navigation", name="Site").get_by_role("link", name="Your reply")
    assert not link.is_visible()
    page.locator("summary", has_text="Menu").click()
    assert page.get_by_role("link", name="Polski").is_visible()
    link.click()
    page.wait_for_url("**/inbox")
    # On a wide window it stands open.
    page.set_viewport_size({"width": 1280, "height": 800})
    assert link.is_visible()
    assert not page.locator(".menu > summary").is_visible()
