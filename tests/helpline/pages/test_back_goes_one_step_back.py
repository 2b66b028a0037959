"""Back goes one step back inside /write, and forward one on; what is typed stays, and the words stay the same."""

from playwright.sync_api import expect

from messaging.models import Conversation
from messaging.protocol.peer import derive_inbox
from tests.helpline.pages.back import at, give_back, shown_words
from tests.helpline.pages.draft import TEXT, to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People

PATIENCE = 60_000


def test_back_and_forward_go_through_the_steps_and_lose_nothing(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    page.goto("/leaving")
    words = to_the_message(page)
    address, typed = page.url, page.locator("#check-first").input_value()
    for step in (3, 2, 1):
        page.go_back()
        at(page, step)
        assert page.url == address
        assert shown_words(page) == (words if step == 2 else [])
        assert page.locator("#check-first").input_value() == typed
        assert_accessible(page)
    for step in (2, 3, 4):
        page.go_forward()
        at(page, step)
    expect(page.get_by_role("textbox", name="Your message")).to_have_value(TEXT)
    expect(page.get_by_label("I am worried about my own thoughts")).to_be_checked()
    for step in (3, 2, 1):
        page.go_back()
        at(page, step)
    # Going on by the buttons is the same way: no other words, no other questions, and the key is there.
    page.get_by_role("button", name="I have read this. Continue").click()
    assert shown_words(page) == words
    page.get_by_role("button", name="I have written them down").click()
    assert page.locator("#check-first").input_value() == typed
    page.get_by_role("button", name="Look at the words again").click()
    at(page, 2)
    page.get_by_role("button", name="I have written them down").click()
    page.get_by_role("button", name="Continue", exact=True).click()
    at(page, 4)
    page.get_by_role("button", name="Send my message").click()
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    assert bytes(Conversation.objects.get().inbox.inbox_id) == derive_inbox(people.site, words).inbox_id
    # What is sent is over: from here back leaves, and the steps cannot be reached again.
    assert page.evaluate("history.state") in ({}, None)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Leaving this site")).to_be_visible()


def test_new_words_are_made_only_when_asked_for_and_the_message_stays(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    old = to_the_message(page)
    page.go_back()
    page.get_by_role("button", name="Look at the words again").click()
    at(page, 2)
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
    # The keys of the old ones are gone with them: without two of the new ones there is no way to the message.
    page.go_forward()
    at(page, 2)
    page.get_by_role("button", name="I have written them down").click()
    give_back(page, words)
    expect(page.get_by_role("textbox", name="Your message")).to_have_value(TEXT, timeout=PATIENCE)
    page.get_by_role("button", name="Send my message").click()
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible(timeout=PATIENCE)
    assert bytes(Conversation.objects.get().inbox.inbox_id) == derive_inbox(people.site, words).inbox_id


def test_a_page_that_was_loaded_again_begins_at_the_first_step_and_one_back_leaves_it(
    people: People, web_server: WebServer, visit: Visit
) -> None:
    page = visit("the person").page
    page.goto("/leaving")
    to_the_message(page)
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
    words = to_the_message(page)
    assert page.evaluate("history.state") == {"behind": 3}
    kept = person.kept()
    assert not any(word in kept for word in [*words, TEXT[:12]])


def test_each_step_begins_at_its_heading_and_so_does_what_is_said_at_the_end(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person", size=PHONE).page
    to_the_message(page)
    scrolled = page.evaluate("scrollTo(0, document.documentElement.scrollHeight); scrollY")
    page.go_back()
    at(page, 3)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.go_forward()
    at(page, 4)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.get_by_role("button", name="Send my message").press("Enter")
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_in_viewport(timeout=PATIENCE)
    # By now the browser has gone back to the first step's place in its history, where somebody had scrolled down to go on.
    page.wait_for_function("history.state === null")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert (scrolled > 0, page.evaluate("scrollY")) == (True, 0)
