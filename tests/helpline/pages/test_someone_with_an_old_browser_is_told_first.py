"""A browser without the cryptography of the protocol, or in which no script runs, is told before anybody is asked for anything.

Ed25519, X25519 and WebAssembly are none of it: something stands in for them (tests/journeys/test_a_browser_that_lacks_something_….py).
"""

import base64
import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from helpline.models import Organisation
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit, Visitor
from tests.parts.web import WebServer
from tests.world.staff import People

PHONE = "0800 000 0000"
WITHOUT_HKDF = """
const real = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...more) {
  const name = typeof algorithm === "string" ? algorithm : algorithm.name;
  if (name === "HKDF") return Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
  return real.call(this, format, key, algorithm, ...more);
};
"""
INSECURE = "Object.defineProperty(window, 'isSecureContext', { value: false });"
WITHOUT_SUBTLE = "Object.defineProperty(crypto, 'subtle', { value: undefined });"


@pytest.fixture
def person(helpline: Organisation, web_server: WebServer, visit: Visit) -> Visitor:
    return visit("the person")


def said(page: Page, why: str) -> None:
    """Above everything else: what does not work and why, a number that can be pressed with its hours, and what works."""
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("You cannot write to us here, or read our reply")
    expect(alert).to_contain_text(why)
    expect(alert).to_contain_text("You can still read every other page.")
    assert alert.get_by_role("link", name=PHONE).get_attribute("href") == "tel:08000000000"
    assert (
        alert.locator("[data-said=brief]").inner_text() == page.locator(".hours [data-channel=phone] [data-said=brief]").inner_text() != ""
    )
    assert above(alert, page.locator("main h1:visible"))
    assert_accessible(page)


def above(one: Locator, other: Locator) -> bool:
    tops = [place.bounding_box() for place in (one, other)]
    return all(tops) and tops[0]["y"] < tops[1]["y"]  # type: ignore[index]


LACKS = [
    pytest.param(WITHOUT_HKDF, "This browser is too old.", id="a-part"),
    pytest.param(WITHOUT_SUBTLE, "This browser is too old.", id="all-of-it", marks=pytest.mark.night("by day a part of it")),
    pytest.param(WITHOUT_SUBTLE + INSECURE, "Others could read along. The address of this page does not begin with “https”", id="no-https"),
]


@pytest.mark.parametrize(("missing", "why"), LACKS)
def test_it_is_said_before_the_words_are_made_and_before_they_are_asked_for(person: Visitor, missing: str, why: str) -> None:
    page = person.page
    page.add_init_script(missing)
    page.goto("/write")
    said(page, why)
    expect(page.get_by_role("button", name="I have read this. Continue")).to_be_hidden()
    page.goto("/inbox")
    said(page, why)
    expect(page.get_by_label("Your eight words")).to_be_hidden()
    assert not [request.url for request in person.requests if "/api/" in request.url]


def test_the_first_page_says_it_beside_the_way_to_write(person: Visitor) -> None:
    page = person.page
    page.goto("/")
    expect(page.locator("#cannot-lock")).to_be_hidden()
    page.add_init_script(WITHOUT_SUBTLE)
    page.goto("/")
    expect(page.locator("#messages").get_by_text("This browser cannot lock a message.")).to_be_visible()


def no_answer(page: Page) -> None:
    page.route("**/static/client/person-*.js", lambda route: route.abort())


def unreadable(page: Page) -> None:
    """As an engine of before 2021 sees it: a sign that it does not know."""
    script = b"const known = {} ?!. unknown;"
    integrity = "sha384-" + base64.b64encode(hashlib.sha384(script).digest()).decode()
    page.route("**/static/client/person-*.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))

    def other(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r'(src="[^"]*/person-[^"]*"\s+integrity=")[^"]*', rf"\g<1>{integrity}", answer.text())
        route.fulfill(response=answer, body=body)

    page.route(re.compile(r"/(write|inbox)$"), other)


@pytest.mark.parametrize("broken", [no_answer, unreadable])
def test_where_the_script_does_not_begin_the_page_says_so_by_itself(person: Visitor, broken: Callable[[Page], None]) -> None:
    page = person.page
    person.expects("Failed to load|net::|SyntaxError|Unexpected token|integrity")
    broken(page)
    for path in ("/write", "/inbox"):
        page.goto(path)
        said(page, "Part of this page did not load.")
        expect(page.locator("[data-script-waits]")).to_be_hidden()


def test_where_no_script_begins_words_stand_there_in_a_moment(person: Visitor) -> None:
    page = person.page
    person.expects("Failed to load|net::")
    page.route("**/static/client/*.js", lambda route: route.abort())
    page.goto("/write")
    expect(page.get_by_text("this browser may be too old to lock a message")).to_be_visible()


def test_a_browser_that_is_able_is_told_nothing_of_it(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    for path in ("/write", "/inbox"):
        page.goto(path)
        expect(page.locator("[data-script-waits]")).to_be_hidden()
        expect(page.locator("#unable")).to_be_hidden()
        expect(page.locator("#slow")).to_be_hidden()
    expect(page.get_by_label("Your eight words")).to_be_enabled()
