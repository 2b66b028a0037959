"""After abuse the person reads until when they cannot write; what they wrote stays, and everything can still be read."""

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.operations.block import block
from tests.journeys.steps import PATIENCE, open_inbox
from tests.messaging.desk.writer import Writer
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.people import People
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Something angry"


def test_they_are_told_until_when_and_keep_what_they_wrote(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("First of mine").given_to(people.ailsa.member)
    block(people.ailsa.member, writer.conversation_id, 3, lead=False, at=now())
    person = visit("the person")
    person.expects("403")
    page = person.page
    open_inbox(page, writer.words)
    expect(page.get_by_text("First of mine")).to_be_visible()
    page.locator("#answer-text").fill(TEXT)
    page.get_by_role("button", name="Send", exact=True).click()
    told = page.get_by_text("You cannot write to us until ").first
    expect(told).to_be_visible(timeout=PATIENCE)
    expect(told).to_contain_text("You can still read what is here, and delete it.")
    expect(page.locator("#answer-text")).to_have_value(TEXT)
    person.screenshot("blocked-390")
    assert_accessible(page)
