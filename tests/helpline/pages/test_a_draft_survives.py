"""Whatever fails, the message stays on the page and the page says so; sent again, it is the very same bytes and arrives once."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from messaging.models import Envelope
from tests.helpline.pages.draft import TEXT, to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit, Visitor
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import give_back, shown_words, take_words


def lost_on_the_way_there(route: Route) -> None:
    route.abort("internetdisconnected")


def lost_on_the_way_back(route: Route) -> None:
    """The server takes the message, and nobody hears of it."""
    route.fetch()
    route.abort("connectionreset")


def a_broken_proxy(route: Route) -> None:
    route.fulfill(status=502, body="<html>Bad gateway</html>", content_type="text/html")


def nobody_could_read(route: Route) -> None:
    problem = {"type": "/problems/closed", "title": "Closed", "status": 503, "detail": "No epoch."}
    route.fulfill(status=503, body=json.dumps(problem), content_type="application/problem+json")


def a_strange_answer(route: Route) -> None:
    route.fulfill(status=200, body='{"surprise": true}', content_type="application/json")


FAILURES: list[tuple[Callable[[Route], None], str]] = [
    (lost_on_the_way_there, "We could not reach the helpline."),
    (lost_on_the_way_back, "We could not reach the helpline."),
    (a_broken_proxy, "Something went wrong at the helpline."),
    (nobody_could_read, "Nobody can read messages right now"),
    (a_strange_answer, "The helpline could not take your message."),
]


@pytest.fixture
def person(people: People, web_server: WebServer, visit: Visit) -> Visitor:
    visitor = visit("the person")
    visitor.expects("Failed to load resource|net::")
    return visitor


def test_one_failure_after_another_and_then_it_arrives_once(person: Visitor) -> None:
    page, bodies = person.page, []
    page.on("request", lambda request: bodies.append(request.post_data) if request.url.endswith("/messages") else None)
    to_the_message(page)
    words = take_words(page)
    page.route("**/api/v1/messages", lost_on_the_way_there)
    give_back(page, words)
    send = page.locator("#check-form [data-part=send]")
    expect(send).to_have_text("Try again")
    page.unroute("**/api/v1/messages")
    for failure, sentence in FAILURES:
        page.route("**/api/v1/messages", failure)
        send.click()
        summary = page.get_by_role("alert")
        expect(summary).to_contain_text("Your message has not been sent yet")
        expect(summary).to_contain_text(sentence)
        expect(summary).to_contain_text("still here")
        expect(summary).to_be_focused()
        expect(page.locator("#message-text")).to_have_value(TEXT)
        expect(send).to_have_text("Try again")
        assert_accessible(page)
        page.unroute("**/api/v1/messages")
    send.click()
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible()
    # The very same sealed bytes, signed over a challenge of its own each time.
    sent = [json.loads(body) for body in bodies]
    assert len({(each["opening"], each["envelope"]) for each in sent}) == 1
    assert len({each["challenge"] for each in sent}) == len(FAILURES) + 2
    assert Envelope.objects.count() == 1
    # What was secret is gone from the page.
    assert page.locator("#message-text").input_value() == ""
    assert TEXT[:20] not in page.content()


def test_identifying_text_is_for_the_person_to_decide(person: Visitor) -> None:
    page = person.page
    to_the_message(page)
    message = page.get_by_role("textbox", name="Your message")
    message.fill("My name is Jo Bloggs, ring 07700 900123")
    send = page.locator("#message-form [data-part=send]")
    send.click()
    expect(page.get_by_role("heading", name="Read this before you send")).to_be_focused()
    assert page.locator("mark").all_inner_texts() == ["Jo Bloggs", "07700 900123"]
    assert_accessible(page)
    assert Envelope.objects.count() == 0
    page.get_by_role("button", name="Change my message").click()
    expect(message).to_be_focused()
    send.click()
    page.get_by_role("button", name="Go on with it as it is").click()
    assert len(shown_words(page)) == 8
    page.locator("#kept").click()
    # Going back and on again with the same text asks nothing a second time; another text is looked at.
    page.go_back()
    page.go_back()
    message.fill("My name is Jo Bloggs, ring 07700 900123 please")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Write your message")
    send.click()
    page.get_by_role("button", name="Go on with it as it is").click()
    page.get_by_role("button", name="Look at the words again").click()
    expect(page.locator("#words li")).to_have_count(8)
    words = shown_words(page)
    page.locator("#kept").click()
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible()
    assert Envelope.objects.count() == 1
