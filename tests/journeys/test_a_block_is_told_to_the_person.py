"""After abuse the person reads until when they cannot write, on opening the inbox and on sending; what they wrote stays, and it ends."""

import re

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.desk.block import block_person
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Something angry"


def test_they_are_told_until_when_and_keep_what_they_wrote(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("First of mine").given_to(people.ailsa.member)
    person = visit("the person")
    person.expects("403")
    page = person.page
    page.clock.install()
    open_inbox(page, writer.words)
    expect(page.get_by_text("First of mine")).to_be_visible()
    expect(page.locator("#blocked")).to_be_hidden()
    draft, send = page.locator("#answer-text"), page.get_by_role("button", name=re.compile("Send|Try again"))
    draft.fill(TEXT)
    block_person(people.ailsa.member, writer.conversation_id, 3, lead=False, at=now())
    send.click()
    told = page.get_by_text("You cannot write to us until ").first
    expect(told).to_be_visible(timeout=PATIENCE)
    expect(told).to_contain_text("You can still read what is here, and delete it.")
    expect(draft).to_have_value(TEXT)

    # Told again wherever the conversation is read, before anything more is written; the draft can be read and copied.
    page.get_by_role("button", name="Check for a new reply").click()
    for place in ("#blocked", "#blocked-again"):
        expect(page.locator(place)).to_contain_text("You cannot write to us until ")
        expect(page.locator(place)).to_contain_text("If you need help before then, please call us on")
    expect(draft).to_have_value(TEXT)
    expect(draft).not_to_be_editable()
    expect(draft).to_be_enabled()
    expect(send).to_be_disabled()
    assert_accessible(page)
    for name, (width, height) in {"390": PHONE, "1280": DESKTOP}.items():
        page.set_viewport_size({"width": width, "height": height})
        person.screenshot(f"blocked-{name}")

    # The block ends while the page is open: it can be written in and sent, with nothing loaded again.
    ends = writer.conversation.blocked_until
    assert ends is not None
    block_person(people.ailsa.member, writer.conversation_id, None, lead=False, at=now())
    page.clock.fast_forward(int((ends - now()).total_seconds() * 1000) + 60_000)
    expect(page.locator("#blocked")).to_be_hidden()
    expect(draft).to_be_editable()
    send.click()
    expect(page.get_by_text("Your message has been sent.")).to_be_visible(timeout=PATIENCE)
