"""Back goes one step back inside /write, and forward one on; what is typed stays, and the words stay the same."""

import pytest
from playwright.sync_api import expect

from messaging.models import Conversation
from messaging.protocol.peer import derive_inbox
from tests.helpline.pages.back import at
from tests.helpline.pages.draft import TEXT, to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import give_back, shown_words, take_words

PATIENCE = 60_000


def test_back_and_forward_go_through_the_steps_and_lose_nothing(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    page.goto("/leaving")
    to_the_message(page)
    words = take_words(page)
    address = page.url
    page.locator("#check-first").fill("something")
    for step in (3, 2, 1):
        page.go_back()
        at(page, step)
        assert page.url == address
        assert shown_words(page) == (words if step == 3 else [])
        assert page.locator("#check-first").input_value() == "something"
        assert_accessible(page)
    expect(page.locator("#message-text")).to_have_value(TEXT)
    for step in (2, 3, 4):
        page.go_forward()
        at(page, step)
    expect(page.locator("#message-text")).to_have_value(TEXT)
    for step in (3, 2, 1):
        page.go_back()
        at(page, step)
    # Going on by the buttons is the same way: no other words, and no other questions.
    page.get_by_role("button", name="I have read this. Continue").click()
    expect(page.get_by_label("I am worried about my own thoughts")).to_be_checked()
    page.get_by_role("button", name="Continue", exact=True).click()
    assert shown_words(page) == words
    page.get_by_role("button", name="I have written them down").click()
    assert page.locator("#check-first").input_value() == "something"
    page.get_by_role("button", name="Look at the words again").click()
    at(page, 3)
    page.get_by_role("button", name="I have written them down").click()
    give_back(page, words, numbered=True)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    assert bytes(Conversation.objects.get().inbox.inbox_id) == derive_inbox(people.site, words).inbox_id
    # What is sent is over: from here back leaves, and the steps cannot be reached again.
    page.wait_for_function("!history.state?.behind")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Leaving this site")).to_be_visible()


def test_a_message_that_was_changed_is_looked_at_before_its_words_are_shown_again(
    people: People, web_server: WebServer, visit: Visit
) -> None:
    page = visit("the person").page
    to_the_message(page)
    words = take_words(page)
    page.go_back()
    page.go_back()
    page.locator("#message-text").fill("")
    page.go_forward()
    at(page, 2)
    page.locator("#message-text").fill("Another text.")
    page.get_by_role("button", name="Continue", exact=True).click()
    while "Do you have the words?" not in page.get_by_role("heading", level=1).inner_text():
        assert shown_words(page) == words
        page.get_by_role("button", name="I have written them down").click()
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)


@pytest.mark.night("by day Back and Forward go through the steps and lose nothing, and the history learns no word")
def test_new_words_are_made_only_when_asked_for_and_the_message_stays(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    to_the_message(page)
    old = take_words(page)
    page.get_by_role("button", name="Look at the words again").click()
    at(page, 3)
    make = page.get_by_role("button", name="Make new words", exact=True)
    make.click()
    no = page.get_by_role("button", name="No, keep these")
    expect(no).to_be_focused()
    assert_accessible(page)
    no.click()
    assert shown_words(page) == old
    make.click()
    page.get_by_role("button", name="Yes, make new words").click()
    words = shown_words(page)
    assert len(words) == 8
    assert words != old
    # The keys of the old ones are gone with them: without two of the new ones nothing is sent.
    page.go_forward()
    at(page, 3)
    page.get_by_role("button", name="I have written them down").click()
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    assert bytes(Conversation.objects.get().inbox.inbox_id) == derive_inbox(people.site, words).inbox_id


@pytest.mark.night("by day Back and Forward go through the steps and lose nothing, and the history learns no word")
def test_a_page_that_was_loaded_again_begins_at_the_first_step_and_one_back_leaves_it(
    people: People, web_server: WebServer, visit: Visit
) -> None:
    page = visit("the person").page
    page.goto("/leaving")
    to_the_message(page)
    take_words(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    at(page, 1)
    expect(page.get_by_role("button", name="I have read this. Continue")).to_be_visible()
    assert page.evaluate("history.state") in ({}, None)
    # Old entries lie ahead: they show nothing that was not reached in this page.
    page.go_forward()
    at(page, 1)
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Leaving this site")).to_be_visible()


def test_the_history_learns_neither_step_nor_word(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    page = person.page
    to_the_message(page)
    words = take_words(page)
    assert page.evaluate("history.state") == {"behind": 3}
    kept = person.kept()
    assert not any(word in kept for word in [*words, TEXT[:12]])


@pytest.mark.night("by day Back and Forward go through the steps and lose nothing, and the history learns no word")
def test_each_step_begins_at_its_heading_and_so_does_what_is_said_at_the_end(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person", size=PHONE).page
    to_the_message(page)
    words = take_words(page)
    scrolled = page.evaluate("scrollTo(0, document.documentElement.scrollHeight); scrollY")
    page.go_back()
    at(page, 3)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.go_forward()
    at(page, 4)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_in_viewport(timeout=PATIENCE)
    # By now the browser has gone back to the first step's place in its history, where somebody had scrolled down to go on.
    page.wait_for_function("history.state === null")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert (scrolled > 0, page.evaluate("scrollY")) == (True, 0)
