"""While something is typed, what leads away asks first: in the page where the page can, by the browser elsewhere. The exit never asks."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from helpline.web.context import EXIT_ADDRESS
from messaging.protocol.peer import make_words
from tests.helpline.pages.draft import TEXT, to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.leaving import click, shift_three_times, weather
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import fill_in, give_back, take_words
from tests.world.writer import Writer

PATIENCE = 60_000
LINKS = "a[href^='/']:visible:not(#exit)"
# What a link would do, without doing it: the page hears the click as ever.
TRIED = """(link) => {
  window.addEventListener("click", (event) => event.preventDefault(), { once: true });
  link.click();
  return [link.target, link.rel];
}"""


def asked_by_the_browser(page: Page) -> list[str]:
    """The kinds of its questions from now on; each is answered with “stay”."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    return asked


def panel_of(page: Page) -> str:
    panel = page.locator("#leave-ask")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading")).to_be_focused()
    return panel.inner_text()


def test_every_link_of_the_site_asks_in_the_page(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    to_the_message(page)
    message, asked = page.get_by_role("textbox", name="Your message"), asked_by_the_browser(page)
    links = page.locator(LINKS)
    assert links.count() >= 1
    for link in links.all():
        link.click()
        said = panel_of(page)
        assert "Your message has not been sent. Leave anyway?" in said
        # There are none yet.
        assert "the words on your paper" not in said
        assert_accessible(page)
        # The exit is where it was, and not below the question.
        expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport()
        page.get_by_role("button", name="Stay here").click()
        expect(link).to_be_focused()
        expect(message).to_have_value(TEXT)
    links.first.click()
    page.keyboard.press("Escape")
    expect(page.locator("#leave-ask")).to_have_count(0)
    # Whoever goes on writing has answered.
    links.first.click()
    panel_of(page)
    message.press_sequentially("!")
    expect(page.locator("#leave-ask")).to_have_count(0)
    links.first.click()
    page.get_by_role("button", name="Leave without sending").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Write your message")
    # Asked once is enough: the browser does not ask as well.
    assert asked == []


def test_where_words_and_message_are_made_nothing_tempts_away(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    tempting = page.locator(".menu, .hours, .site-footer__links")
    page.goto("/write")
    expect(tempting.filter(visible=True)).to_have_count(3)
    page.get_by_role("button", name="I have read this. Continue").click()
    expect(tempting.filter(visible=True)).to_have_count(0)
    fill_in(page, TEXT)
    take_words(page)
    expect(tempting.filter(visible=True)).to_have_count(0)
    asked = asked_by_the_browser(page)
    page.locator(LINKS).first.click()
    assert "the words on your paper will not open anything" in panel_of(page)
    page.get_by_role("button", name="Leave without sending").click()
    expect(page.locator("#words")).to_have_count(0)
    assert asked == []


@pytest.mark.night("by day every link asks, and a reload")
def test_other_sites_open_beside_and_numbers_are_called(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    to_the_message(page)
    others = page.locator("a[href^='https://']:visible:not(#exit)")
    assert others.count() >= 2
    for other in others.all():
        target, rel = other.evaluate(TRIED)
        assert (target, "noreferrer" in rel) == ("_blank", True)
    asked = asked_by_the_browser(page)
    for number in page.locator("a[href^='tel:']:visible").all():
        number.evaluate(TRIED)
        expect(page.locator("#leave-ask")).to_have_count(0)
    assert asked == []


def test_a_reload_asks_only_while_something_is_typed(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    to_the_message(page)
    asked, message = asked_by_the_browser(page), page.get_by_role("textbox", name="Your message")
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload(), 0)")
    assert asked == ["beforeunload"]
    expect(message).to_have_value(TEXT)
    words = take_words(page)
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    page.reload()
    page.goto("/inbox")
    page.get_by_role("textbox", name="Your eight words").fill(words[0])
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload(), 0)")
    page.get_by_role("textbox", name="Your eight words").fill(" ")
    page.reload()
    assert asked == ["beforeunload"] * 2


def test_the_exit_never_asks(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    page = person.page
    weather(person)
    asked = asked_by_the_browser(page)
    for leave in (click, shift_three_times):
        page.goto("/leaving")
        to_the_message(page)
        leave(page)
        expect(page).to_have_url(EXIT_ADDRESS)
        # Not one of the page's steps is behind it, and what is shows nothing by itself.
        page.go_back()
        page.get_by_role("button", name="Show this page").click()
        expect(page.get_by_role("heading", level=1, name="Leaving this site")).to_be_visible()
    assert asked == []


@pytest.mark.night("by day every link asks, and a reload")
def test_a_draft_of_an_answer_is_asked_about_before_the_conversation_is_closed(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("The first message")
    page = visit("the person", size=DESKTOP).page
    page.goto("/inbox")
    page.get_by_role("textbox", name="Your eight words").fill(" ".join(make_words()))
    page.locator(LINKS).first.click()
    assert "What you typed is not saved. Leave anyway?" in panel_of(page)
    page.get_by_role("button", name="Stay here").click()
    page.get_by_role("textbox", name="Your eight words").fill(" ".join(writer.words))
    page.get_by_role("button", name="Open").click()
    message = page.get_by_role("textbox", name="Your message")
    expect(message).to_be_visible(timeout=PATIENCE)
    message.fill("Half an answer")
    close = page.get_by_role("button", name="Close this conversation")
    close.click()
    assert "Your message has not been sent. Leave anyway?" in panel_of(page)
    page.get_by_role("button", name="Stay here").click()
    expect(message).to_have_value("Half an answer")
    close.click()
    page.get_by_role("button", name="Leave without sending").click()
    expect(page.get_by_role("heading", name="Your conversation is closed")).to_be_visible()
    assert "Half an answer" not in page.content()
    assert page.locator("#answer-text").input_value() == ""
