"""Where text runs from right to left the pages are mirrored, and nothing is wider than the phone."""

import pytest
from playwright.sync_api import FloatRect, Page

from helpline.models import Organisation
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer

pytestmark = pytest.mark.browser
NARROW = (320, 700)
EVERYTHING = "for (const part of document.querySelectorAll('main section[hidden], main form [hidden]')) part.hidden = false"
# What sticks out, unless it is hidden on purpose.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  return width > 1 && (left < -1 || right > innerWidth + 1) && !element.closest(".govuk-visually-hidden, .govuk-skip-link");
}).map((element) => element.outerHTML.slice(0, 120))"""


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return found


def test_every_page_fits_and_is_mirrored(helpline: Organisation, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person", size=NARROW)
    person.expects("/api/v1/desk")  # There is no desk here: what matters is how the page lies.
    page = person.page
    for path in ("/", "/write", "/inbox", "/kept", "/when", "/read", "/campaign", "/confidential", "/leaving"):
        page.goto(path)
        name = box(page, ".site-header__name")
        page.evaluate("document.documentElement.dir = 'rtl'")
        mirrored = box(page, ".site-header__name")
        assert mirrored["x"] + mirrored["width"] == pytest.approx(NARROW[0] - name["x"], abs=1), path
        page.evaluate(EVERYTHING)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], path
        assert page.evaluate(OUTSIDE) == [], path


@pytest.mark.night("by day every page fits, and is mirrored")
def test_marks_stand_before_their_words_and_numbers_stay_in_order(helpline: Organisation, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person", size=NARROW)
    page = person.page
    page.goto("/inbox")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.locator("#open-words").fill("aple")
    page.locator("#open-form").get_by_role("button").click()
    page.locator(".govuk-error-summary").wait_for()
    group = page.locator(".govuk-form-group--error").first
    assert group.evaluate("(element) => getComputedStyle(element).borderRightWidth") == "5px"
    assert group.evaluate("(element) => getComputedStyle(element).borderLeftWidth") == "0px"
    # The words are English, and are typed from the left.
    assert page.locator("#open-words").evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    assert page.locator(".tel").first.evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    assert_accessible(page)
