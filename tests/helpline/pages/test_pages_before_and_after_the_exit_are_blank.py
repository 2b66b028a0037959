"""Back or forward from another site, the pages on which one writes and reads are blank, and begin when they are asked for."""

import re

import pytest
from playwright.sync_api import Page, expect

from helpline.web.context import EXIT_ADDRESS
from tests.helpline.pages.back import at
from tests.helpline.pages.draft import to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit, Visitor
from tests.parts.leaving import click, weather
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import fill_in, take_words


@pytest.fixture
def person(people: People, web_server: WebServer, visit: Visit) -> Visitor:
    person = visit("the person")
    weather(person)
    return person


def veiled(page: Page) -> None:
    """Nothing but one button is to be seen or heard; a page that looks empty has no heading."""
    show = page.get_by_role("button", name="Show this page")
    expect(show).to_be_visible()
    assert page.locator("body").inner_text().strip() == "Show this page"


def show(page: Page) -> None:
    page.get_by_role("button", name="Show this page").click()


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/write", "what stays private"),
        pytest.param("/inbox", "Your reply", marks=pytest.mark.night("by day one page")),
        pytest.param("/kept", "What the server keeps about you", marks=pytest.mark.night("by day one page")),
    ],
)
def test_back_from_another_site(person: Visitor, path: str, heading: str) -> None:
    page = person.page
    page.goto(path)
    page.goto(EXIT_ADDRESS)
    asked = len(person.requests)
    page.go_back()
    veiled(page)
    # Nothing was asked of the server for it but the page itself and its files.
    assert not [request.url for request in person.requests[asked:] if "/api/" in request.url]
    show(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert_accessible(page)


@pytest.mark.night("by day Back after the exit shows nothing")
def test_forward_after_the_exit_from_a_later_step(person: Visitor) -> None:
    page = person.page
    person.expects("ERR_ABORTED|net::")
    page.goto("/leaving")
    to_the_message(page)
    old = take_words(page)
    click(page)
    expect(page).to_have_url(EXIT_ADDRESS)
    page.go_forward()
    veiled(page)
    show(page)
    # Of what was written there is nothing; and the way on is the same as ever.
    at(page, 1)
    expect(page).to_have_url(re.compile(r"/write$"))
    page.get_by_role("button", name="I have read this. Continue").click()
    expect(page.get_by_role("textbox", name="Your message")).to_have_value("", timeout=60_000)
    fill_in(page, "Another")
    words = take_words(page)
    assert words
    assert words != old
    for step in (3, 2, 1):
        page.go_back()
        at(page, step)
    page.go_back()
    expect(page).to_have_url(EXIT_ADDRESS)
