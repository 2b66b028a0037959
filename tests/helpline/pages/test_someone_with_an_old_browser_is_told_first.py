"""A browser without the cryptography of the protocol, or in which no script runs, is told before anybody is asked for anything.

Ed25519, X25519 and WebAssembly are none of it: something stands in for them (tests/journeys/test_a_browser_that_lacks_something_….py).
"""

import pytest
from playwright.sync_api import Page, expect

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
WITHOUT_SUBTLE = "Object.defineProperty(crypto, 'subtle', { value: undefined });"


@pytest.fixture
def person(helpline: Organisation, web_server: WebServer, visit: Visit) -> Visitor:
    return visit("the person")


def said(page: Page) -> None:
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This browser is too old")
    assert PHONE in alert.inner_text().replace("\u00a0", " ")
    assert_accessible(page)


@pytest.mark.parametrize("missing", [WITHOUT_HKDF, WITHOUT_SUBTLE])
def test_it_is_said_before_the_words_are_made_and_before_they_are_asked_for(person: Visitor, missing: str) -> None:
    page = person.page
    page.add_init_script(missing)
    page.goto("/write")
    said(page)
    expect(page.get_by_role("button", name="I have read this. Continue")).to_be_hidden()
    page.goto("/inbox")
    said(page)
    expect(page.get_by_label("Your eight words")).to_be_hidden()
    assert not [request.url for request in person.requests if "/api/" in request.url]


@pytest.mark.parametrize("path", ["/write", "/inbox"])
def test_where_the_script_does_not_run_the_page_offers_the_phone_by_itself(person: Visitor, path: str) -> None:
    page = person.page
    person.expects("Failed to load|net::")
    page.route("**/static/client/person-*.js", lambda route: route.abort())
    page.goto(path)
    sentence = page.get_by_text("this browser may be too old to lock a message")
    expect(sentence).to_be_visible()
    assert PHONE in sentence.inner_text()


def test_a_browser_that_is_able_is_told_nothing_of_it(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    for path in ("/write", "/inbox"):
        page.goto(path)
        expect(page.locator("[data-script-waits]")).to_be_hidden()
    expect(page.get_by_label("Your eight words")).to_be_enabled()
