"""At the desk a live talk that is offered is heard and seen, taken by keyboard alone, and keeps its line in sight until it ends."""

import re

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.inbox.accept import accept_talk_request
from messaging.models import Conversation, Talk
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, said, sign_in, unlock
from tests.world.staff import People
from tests.world.talks import open_at_any_hour
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="390"), pytest.param(DESKTOP, id="1280", marks=pytest.mark.night("by day on a phone"))]
)
def test_it_is_taken_by_keyboard_and_ended(people: People, web_server: WebServer, visit: Visit, size: tuple[int, int]) -> None:
    open_at_any_hour(people.ailsa)
    Writer(people).first("May I talk to someone now?")
    conversation = Conversation.objects.get()
    visitor = visit("Ailsa", size=size)
    page = visitor.page
    sign_in(page, people.ailsa)
    unlock(page, people.ailsa)
    expect(page.get_by_label("Offer me live talks")).to_be_checked(timeout=PATIENCE)
    accept_talk_request(conversation.inbox_id, at=now())
    expect(page.get_by_role("alert").filter(has_text="Someone asks for a live talk.")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_title(re.compile(r"^\(live talk"))
    expect(page.get_by_text("seconds left")).to_be_visible()
    assert_accessible(page)
    visitor.screenshot(f"desk-live-offer-{size[0]}")
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Live talk")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("May I talk to someone now?")).to_be_visible(timeout=PATIENCE)
    assert (Talk.objects.get().state, Conversation.objects.get().member) == ("taken", people.ailsa.member)
    expect(page).not_to_have_title(re.compile("live talk"))
    assert_accessible(page)
    visitor.screenshot(f"desk-live-talk-{size[0]}")
    page.get_by_role("button", name="End the talk").press("Enter")
    said(page, "The talk has ended.")
    expect(page.get_by_text("You are offered no live talk before")).to_be_visible(timeout=PATIENCE)
    wait_until(lambda: Talk.objects.get().ended == "counsellor", "it has ended")
