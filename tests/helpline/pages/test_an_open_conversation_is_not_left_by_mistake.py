"""“Write” above an open conversation means that conversation, and one that was deleted elsewhere says so and keeps what was typed."""

import pytest
from playwright.sync_api import Page, expect

from messaging.models import Inbox
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.writer import Writer

PATIENCE = 60_000
FIRST = "The first message of somebody"


def open_with(page: Page, words: list[str], path: str = "/inbox") -> None:
    page.goto(path)
    page.get_by_role("textbox", name="Your eight words").fill(" ".join(words))
    page.locator("#open-form [data-part=send]").click()


@pytest.fixture
def writer(people: People, web_server: WebServer) -> Writer:
    return Writer(people).first(FIRST)


@pytest.fixture
def person(writer: Writer, visit: Visit) -> Visitor:
    """At their open conversation."""
    visitor = visit("the person", size=DESKTOP)
    open_with(visitor.page, writer.words)
    expect(visitor.page.get_by_text(FIRST)).to_be_visible(timeout=PATIENCE)
    return visitor


def test_write_means_this_conversation(person: Visitor) -> None:
    page = person.page
    page.get_by_role("textbox", name="Your message").fill("Half an answer")
    again = page.get_by_role("link", name="Write again")
    # In the header and in the bar with the hours.
    assert again.count() == 2
    assert_accessible(page)
    for link in again.all():
        link.click()
        expect(page.get_by_role("heading", name="Write again")).to_be_focused()
        expect(page.locator("#leave-ask")).to_have_count(0)
    page.get_by_role("link", name="Your reply").click()
    expect(page.locator("#news")).to_have_text("There is no new reply yet.", timeout=PATIENCE)
    expect(page.get_by_text(FIRST)).to_be_visible()
    expect(page.get_by_role("textbox", name="Your message")).to_have_value("Half an answer")
    page.get_by_role("textbox", name="Your message").fill("")
    page.get_by_role("button", name="Close this conversation").click()
    # Closed, they mean what they meant before.
    expect(again).to_have_count(0)
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Write", exact=True).click()
    expect(page.get_by_role("heading", name="First: what stays private")).to_be_visible()


@pytest.mark.parametrize(
    "press",
    [
        "Send",
        *(
            pytest.param(each, marks=pytest.mark.night("by day by one button"))
            for each in ("Check for a new reply", "See what the server keeps about this conversation")
        ),
    ],
)
def test_what_was_deleted_elsewhere_is_said_in_words(person: Visitor, press: str) -> None:
    page = person.page
    person.expects("401|403")
    page.get_by_role("textbox", name="Your message").fill("Half an answer")
    Inbox.objects.all().delete()
    page.get_by_text(press, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything has been deleted", timeout=PATIENCE)
    expect(page.get_by_text("Someone with your words deleted this conversation")).to_be_visible()
    assert FIRST not in page.content()
    # What was typed is not lost with it, and leaving it asks as ever.
    left = page.get_by_role("textbox", name="What you had typed")
    expect(left).to_have_value("Half an answer")
    assert_accessible(page)
    person.screenshot("deleted-elsewhere-1280")
    page.get_by_role("link", name="Write to us").first.click()
    expect(page.get_by_role("heading", name="Your message has not been sent. Leave anyway?")).to_be_focused()


@pytest.mark.night("by day what was deleted elsewhere is said in words")
def test_deleted_here_it_is_not_said_to_be_elsewhere(person: Visitor) -> None:
    page = person.page
    page.get_by_role("button", name="Delete everything now").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything has been deleted", timeout=PATIENCE)
    expect(page.locator("#gone-elsewhere")).to_be_hidden()
    expect(page.locator("#gone-left")).to_be_hidden()


@pytest.mark.night("by day what was deleted elsewhere is said in words")
def test_the_rows_of_what_was_deleted_say_the_same(writer: Writer, visit: Visit) -> None:
    person = visit("the person")
    person.expects("401|403")
    open_with(person.page, writer.words, "/kept")
    again = person.page.locator("#kept-again")
    expect(again).to_be_visible(timeout=PATIENCE)
    Inbox.objects.all().delete()
    again.click()
    expect(person.page.get_by_text("Someone with your words deleted this conversation")).to_be_visible(timeout=PATIENCE)
    assert person.page.locator("#kept-rows").inner_text() == ""
    assert_accessible(person.page)
