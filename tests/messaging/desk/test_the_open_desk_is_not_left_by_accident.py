"""Back returns from a conversation to the lists; links around the open desk open tabs of their own; alarms are seen wherever one reads."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from helpline.models import Organisation
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
SECRET = "A sentence that only counsellors may read"


def at_the_desk(people: People, visit: Visit, size: tuple[int, int]) -> Visitor:
    Writer(people).first(SECRET).given_to(people.ailsa.member)
    visitor = visit("Ailsa", size=size)
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    return visitor


@pytest.mark.night("by day an alarm is seen where one types")
def test_back_on_a_phone_returns_to_the_lists_and_forward_to_the_conversation(people: People, web_server: WebServer, visit: Visit) -> None:
    page = at_the_desk(people, visit, PHONE).page
    address = page.url
    open_first(page, "Mine")
    page.go_back()
    expect(page.get_by_role("region", name="Mine").get_by_role("button")).to_be_focused(timeout=PATIENCE)
    expect(page.get_by_text(SECRET)).to_have_count(0)
    page.go_forward()
    expect(page.get_by_text(SECRET)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Back to the lists").click()
    expect(page.get_by_role("region", name="Mine").get_by_role("button")).to_be_visible()
    assert page.url == address
    # Another Back leaves the desk, as it would have before any conversation was opened.
    assert page.evaluate("history.state") is None


@pytest.mark.night("by day an alarm is seen where one types")
def test_links_around_the_open_desk_leave_it_open(people: People, web_server: WebServer, visit: Visit) -> None:
    Organisation.objects.update(demonstration=True)
    visitor = at_the_desk(people, visit, DESKTOP)
    page = visitor.page
    open_first(page, "Mine")
    expect(page.get_by_role("link", name="999", exact=True)).not_to_have_attribute("target", "_blank")  # A call leaves no page.
    expect(page.get_by_text("Your desk is open, so these pages open in new tabs.")).to_be_visible()
    assert_accessible(page)
    visitor.screenshot("desk-links-apart-1280", whole=False)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Rota (opens a new tab)", exact=True).click()
    opened.value.wait_for_load_state()
    assert "/desk/rota/" in opened.value.url
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.get_by_role("link", name="Conversations").first.click()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    expect(page.get_by_role("region", name="Mine")).to_be_visible()
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_role("heading", name="Your desk is locked")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("link", name="Rota (opens a new tab)")).to_have_count(0)


@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="390"), pytest.param(DESKTOP, id="1280", marks=pytest.mark.night("by day on a phone"))]
)
def test_an_alarm_is_seen_where_one_types(people: People, web_server: WebServer, visit: Visit, size: tuple[int, int]) -> None:
    visitor = at_the_desk(people, visit, size)
    page = visitor.page
    visitor.expects("401|403")
    open_first(page, "Mine")
    page.get_by_label("Your reply").fill("I am typing down here")
    page.get_by_label("Your reply").scroll_into_view_if_needed()
    Session.objects.all().delete()
    alarm = page.get_by_role("status").filter(has_text="You have been signed out. What you typed is still here.")
    expect(alarm).to_be_visible(timeout=PATIENCE)
    expect(alarm).to_be_in_viewport()
    expect(page.get_by_label("Your reply")).to_be_in_viewport()
    visitor.screenshot(f"desk-alarm-{size[0]}", whole=False)
    assert_accessible(page)
    page.get_by_role("button", name="I have signed in again: show the lists").click()
    expect(
        page.get_by_role("status").filter(has_text="You are not signed in yet, or you are signed in as someone else.")
    ).to_be_in_viewport(timeout=PATIENCE)
