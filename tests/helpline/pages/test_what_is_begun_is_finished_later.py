"""“Keep it and finish later”: by choice alone, and the words open it from then on, in another browser too."""

from playwright.sync_api import Page, expect

from messaging.models import Conversation, Draft, Envelope
from tests.helpline.pages.draft import TEXT, to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.leaks import find_leaks
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import give_back, shown_words
from tests.world.writer import Writer

PATIENCE = 60_000
KEPT = "It is kept, and not sent"


def open_words(page: Page, words: list[str], path: str = "/inbox") -> None:
    page.goto(path)
    page.get_by_role("textbox", name="Your eight words").fill(" ".join(words))
    page.locator("#open-form [data-part=send]").click()


def keep_from_the_message(page: Page) -> list[str]:
    page.locator("#message-form [data-part=keep]").click()
    expect(page.locator("#words li")).to_have_count(8)
    words = shown_words(page)
    page.locator("#kept").click()
    give_back(page, words)
    expect(page.get_by_role("heading", name=KEPT)).to_be_focused(timeout=PATIENCE)
    return words


def test_a_first_message_is_kept_gone_on_with_elsewhere_and_sent(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person", size=PHONE)
    page = person.page
    to_the_message(page)
    assert_accessible(page)
    # Nothing is kept by itself.
    assert not any(request.url.endswith(("/drafts", "/draft")) for request in person.requests)
    words = keep_from_the_message(page)
    person.screenshot("kept-390")
    assert_accessible(page)
    assert (Draft.objects.count(), Conversation.objects.count()) == (1, 0)
    assert find_leaks([("the draft", bytes(Draft.objects.get().draft))], [TEXT], words) == []
    # Whoever leaves now is not asked: nothing would be lost.
    page.goto("/leaving")
    expect(page.get_by_role("heading", level=1, name="Leaving this site")).to_be_visible()

    other = visit("the person, elsewhere", size=PHONE)
    other.expects("404")
    page = other.page
    open_words(page, words)
    expect(page.get_by_role("heading", level=1, name="The message you began")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("textbox", name="Your message")).to_have_value(TEXT)
    expect(page.get_by_label("I am worried about my own thoughts")).to_be_checked()
    expect(page.get_by_text("Who can read what you send now: 2 counsellors")).to_be_visible()
    other.screenshot("begun-390")
    assert_accessible(page)
    page.locator("#draft-text").fill("Better words")
    page.locator("#draft-form [data-part=keep]").click()
    expect(page.get_by_role("heading", name=KEPT)).to_be_focused()
    page.get_by_role("button", name="Send my message").click()
    expect(page.locator("#thread").get_by_text("Better words")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#news")).to_contain_text("Your message has been sent.")
    assert (Draft.objects.count(), Envelope.objects.count()) == (0, 1)


def test_it_is_seen_under_what_is_kept_and_deleted(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person", size=PHONE)
    page = person.page
    to_the_message(page)
    words = keep_from_the_message(page)
    person.expects("404")
    open_words(page, words, "/kept")
    rows = page.locator('[data-rows="messaging_draft"]')
    expect(rows).to_contain_text("What you kept to finish later, locked", timeout=PATIENCE)
    # With its last day.
    expect(rows).to_contain_text(Draft.objects.get().deleted_on.isoformat())
    assert_accessible(page)
    open_words(page, words)
    page.get_by_role("button", name="Delete what I kept").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Everything has been deleted")).to_be_visible()
    assert not Draft.objects.exists()


def test_what_is_begun_in_an_open_conversation_stands_in_its_box_again(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("The first message")
    page = visit("the person").page
    open_words(page, writer.words)
    message = page.locator("#answer-text")
    message.fill("Half an answer")
    page.locator("#answer-form [data-part=keep]").click()
    expect(page.get_by_role("heading", name=KEPT)).to_be_focused(timeout=PATIENCE)
    page.reload()
    open_words(page, writer.words)
    expect(message).to_have_value("Half an answer", timeout=PATIENCE)
    expect(page.locator("#news")).to_contain_text("It has not been sent.")
    until = f"{Draft.objects.get().deleted_on:%A %-d %B}"
    expect(page.locator("#answer-form [data-part=kept]")).to_have_text(
        f"You kept this, and it has not been sent. We delete it on {until}, if you do not send it."
    )
    assert_accessible(page)
    # What is kept can be deleted here, and the box keeps what stands in it.
    page.get_by_role("button", name="Delete what I kept").click()
    expect(page.locator("#answer-form [data-part=dropped]")).to_be_focused()
    assert not Draft.objects.exists()
    expect(message).to_have_value("Half an answer")
    expect(page.get_by_role("button", name="Delete what I kept")).to_be_hidden()
    page.locator("#answer-form [data-part=keep]").click()
    expect(page.get_by_role("heading", name=KEPT)).to_be_focused(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Delete what I kept")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread").get_by_text("Half an answer")).to_be_visible(timeout=PATIENCE)
    assert not Draft.objects.exists()
