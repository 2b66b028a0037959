"""Forty minutes of writing outlive a link, Back, loading again, a closed laptop, a lost connection and a tab that the phone threw away.

Each alone is tried by day (tests/helpline/pages); here one letter meets all of them. What cannot be outlived, the page has said before.
"""

import pytest
from playwright.sync_api import Dialog, Page, expect

from messaging.models import Conversation, Draft
from tests.helpline.pages.back import at
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import fill_in, give_back, open_inbox, shown_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.night("one letter meets everything; by day each of these is tried alone"),
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 60_000
LETTER = "\n\n".join(f"{number}. I have never told anyone, and I do not know how to begin. Moja żona śpi. 💚" for number in range(1, 41))
SAID_BEFORE = "What you type here is not saved anywhere, unless you keep it."


def slept(page: Page) -> None:
    """The lid is closed, and opened again hours later: the page stood still, and nothing ran."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    session.send("Page.setWebLifecycleState", {"state": "active"})
    session.detach()


def thrown_away(page: Page) -> Page:
    """The phone needed the room: the tab's process is gone, without a question. The same browser, a new tab."""
    gone = page.context.new_page()
    page.close(run_before_unload=False)
    return gone


def test_it_is_there_after_each_of_them_and_is_sent(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person", size=PHONE)
    person.expects("Failed to load resource|net::|404")
    page, asked = person.page, list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.clock.install()
    page.goto("/leaving")
    page.goto("/write")
    page.locator("#agree").click(timeout=PATIENCE)
    expect(page.get_by_text(SAID_BEFORE)).to_be_visible()
    fill_in(page, "")
    message = page.locator("#message-text")
    message.press_sequentially(LETTER[:40])
    message.fill(LETTER)
    page.clock.fast_forward("20:00")

    # A link asks in the page.
    page.locator("a[href^='/']:visible:not(#exit)").first.click()
    page.get_by_role("button", name="Stay here").click()
    expect(message).to_have_value(LETTER)
    # Back goes one step back, and on again.
    page.go_back()
    at(page, 1)
    page.go_forward()
    at(page, 2)
    expect(message).to_have_value(LETTER)
    # Loading again: the browser asks.
    page.evaluate("location.reload()")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(message).to_have_value(LETTER)
    # The laptop is closed for a night.
    slept(page)
    page.clock.fast_forward("20:00")
    expect(message).to_have_value(LETTER)

    # The connection is lost while it is to be kept, and comes back.
    page.locator("#message-form [data-part=keep]").click()
    expect(page.locator("#words li")).to_have_count(8)
    words = shown_words(page)
    page.locator("#kept").click()
    page.context.set_offline(True)
    give_back(page, words)
    expect(page.get_by_role("alert")).to_contain_text("We could not reach the helpline, so it is not kept yet.", timeout=PATIENCE)
    assert not Draft.objects.exists()
    page.context.set_offline(False)
    page.locator("#check-form [data-part=send]").click()
    expect(page.get_by_role("heading", name="It is kept, and not sent")).to_be_focused(timeout=PATIENCE)

    # The phone throws the tab away.
    page = thrown_away(page)
    for again in (False, True):
        if again:
            # What is kept may be loaded again, and nobody asks.
            page.on("dialog", stay)
            page.reload()
        else:
            page.goto("/inbox")
        page.locator("#open-words").fill(" ".join(words))
        page.locator("#open-form [data-part=send]").click()
        expect(page.locator("#draft-text")).to_have_value(LETTER, timeout=PATIENCE)
    assert asked == ["beforeunload"]

    # The connection is lost while it is sent, and comes back.
    page.context.set_offline(True)
    send = page.locator("#draft-form [data-part=send]")
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("We could not reach the helpline.", timeout=PATIENCE)
    expect(page.locator("#draft-text")).to_have_value(LETTER)
    page.context.set_offline(False)
    send.click()
    expect(page.locator("#thread")).to_contain_text("40. I have never told anyone", timeout=PATIENCE)
    assert (Conversation.objects.count(), Draft.objects.count()) == (1, 0)

    # An answer in the open conversation, while the session of the server ends: the same.
    answer = page.locator("#answer-text")
    answer.fill(LETTER)
    slept(page)
    page.locator("#answer-form [data-part=keep]").click()
    expect(page.get_by_role("heading", name="It is kept, and not sent")).to_be_focused(timeout=PATIENCE)
    page = thrown_away(page)
    open_inbox(page, words)
    expect(page.locator("#answer-text")).to_have_value(LETTER, timeout=PATIENCE)
