"""Words that mean danger are noticed on the device: numbers come before sending, nothing of it goes out, and the message is welcome."""

import pytest
from playwright.sync_api import Page, expect

from helpline.pages.import_content import import_content
from messaging.models import Envelope
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import begin_to_write, give_back, open_inbox, shown_words, unseen

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "I want to kill myself tonight. And my neighbour is hurting a child right now"
PANEL = "Read this before you send"


def panel(page: Page, form: str) -> None:
    expect(page.get_by_role("heading", name=PANEL)).to_be_focused()
    for number in ("tel:116123", "tel:999"):
        expect(page.locator(f"#{form} [data-part=look] a[href='{number}']:visible").first).to_be_visible()


def test_in_the_first_message_and_in_the_next(people: People, web_server: WebServer, visit: Visit) -> None:
    import_content()
    visitor = visit("the person", size=PHONE)
    page = visitor.page
    begin_to_write(visitor, unseen)
    visitor.screenshot("danger-box-390")
    page.get_by_label("I am worried about my own thoughts").check()
    before = len(visitor.requests)
    page.locator("#message-text").fill(TEXT)
    page.locator("#message-form [data-part=send]").click()
    panel(page, "message-form")
    visitor.screenshot("danger-panel-390")
    assert_accessible(page)
    expect(page.get_by_text("This may show who you are")).to_be_hidden()
    assert len(visitor.requests) == before
    assert Envelope.objects.count() == 0
    page.get_by_role("button", name="Change my message").click()
    expect(page.locator("#message-text")).to_be_focused()
    page.locator("#message-form [data-part=send]").click()
    page.get_by_role("button", name="Go on, and send it as well").click()
    words = shown_words(page)
    page.locator("#kept").click()
    give_back(page, words)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible()
    waiting = page.get_by_role("region", name="While you wait")
    expect(waiting.get_by_role("link", name="116 123")).to_be_visible()
    expect(waiting.get_by_role("link", name="When the urge is strong")).to_be_visible()
    expect(waiting.get_by_role("link", name="For partners")).to_be_hidden()
    expect(page.locator("#step-sent")).to_contain_text("The address of this site is localhost")
    visitor.screenshot("danger-sent-390")
    assert_accessible(page)
    assert Envelope.objects.count() == 1
    # A challenge came, the message alone went out, and nothing beside it.
    sent = [request.url.rpartition("/")[2] for request in visitor.requests[before:] if request.method != "GET"]
    assert sent == ["challenges", "messages"]
    assert visitor.kept().count("kill") == 0

    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    open_inbox(page, words)
    page.locator("#answer-text").fill("Chcę się zabić.")
    page.get_by_role("button", name="Send", exact=True).click()
    panel(page, "answer-form")
    expect(page.locator("#answer-form [data-part=hurt]")).to_be_hidden()
    visitor.screenshot("danger-panel-1280")
    assert_accessible(page)
    page.get_by_role("button", name="Send it as well").click()
    expect(page.get_by_text("Your message has been sent.")).to_be_visible()


def test_beside_a_name_there_is_one_panel_and_without_danger_no_number_in_it(people: People, web_server: WebServer, visit: Visit) -> None:
    visitor = visit("the person", size=PHONE)
    page = visitor.page
    begin_to_write(visitor, unseen)
    page.get_by_label("I am worried about my own thoughts").check()
    page.locator("#message-text").fill("My name is Jo Bloggs and I wish I was dead")
    page.locator("#message-form [data-part=send]").click()
    panel(page, "message-form")
    expect(page.get_by_text("This may show who you are")).to_be_visible()
    visitor.screenshot("danger-and-name-390")
    page.get_by_role("button", name="Change my message").click()
    page.locator("#message-text").fill("My name is Jo Bloggs")
    page.locator("#message-form [data-part=send]").click()
    expect(page.get_by_role("heading", name=PANEL)).to_be_focused()
    expect(page.locator("#message-form [data-part=look]").get_by_role("link", name="116 123")).to_have_count(0)
    expect(page.get_by_role("button", name="Go on with it as it is")).to_be_visible()
    page.get_by_role("button", name="Change my message").click()
    page.locator("#message-text").fill("I killed the lights and sat in the dark.")
    page.locator("#message-form [data-part=send]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your eight words")
