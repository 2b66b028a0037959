"""In the open inbox a person reads when their conversation goes, chooses fewer days, and finds the choice again."""

import pytest
from playwright.sync_api import expect

from helpline.models import Organisation
from messaging.models import Conversation
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.mark.night("by day fewer days are chosen")
def test_where_nothing_shorter_can_be_chosen_nothing_is_offered(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Mine").given_to(people.ailsa.member)
    Organisation.objects.update(retention_days=7, backup_days=30)
    page = visit("the person", size=PHONE).page
    open_inbox(page, writer.words)
    expect(page.get_by_text("If nobody writes again, we will delete this conversation on")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Save this choice")).to_have_count(0)
    page.get_by_role("button", name="Delete everything now").click()
    copies = page.get_by_text("What you delete is still in those copies until then.")
    expect(copies.locator("visible=true")).to_have_count(1)
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("heading", name="Everything has been deleted")).to_be_visible(timeout=PATIENCE)
    expect(copies.locator("visible=true")).to_have_count(1)


def test_fewer_days(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Mine").given_to(people.ailsa.member)
    visitor = visit("the person", size=PHONE)
    page = visitor.page
    open_inbox(page, writer.words)
    choice = page.get_by_label("How long to keep this conversation after its last message", exact=True)
    expect(choice).to_be_visible(timeout=PATIENCE)
    expect(choice.locator("option")).to_have_text(["180 days (as for everyone)", *(f"{days} days" for days in (7, 14, 30, 90))])
    told = page.locator("#deleted-on")
    before = told.inner_text()
    assert before.startswith("If nobody writes again, we will delete this conversation on ")
    choice.select_option("7")
    page.get_by_role("button", name="Save this choice").click()
    expect(page.locator("#keep-days-news")).to_have_text("Your choice is saved.")
    expect(page.get_by_role("button", name="Save this choice")).to_be_focused()
    expect(told).not_to_have_text(before)
    assert Conversation.objects.get().keep_days == 7
    for size in (PHONE, DESKTOP):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        visitor.screenshot(f"life-inbox-kept-{size[0]}")
    page.get_by_role("button", name="Close this conversation").click()
    assert told.inner_text() == ""
    open_inbox(page, writer.words)
    expect(choice).to_have_value("7", timeout=PATIENCE)
    page.goto("/confidential")
    expect(page.get_by_text("We delete a conversation 180 days after its last message.")).to_be_visible()
    expect(page.get_by_text("We keep copies of the whole database for 30 days")).to_be_visible()
    assert_accessible(page)
