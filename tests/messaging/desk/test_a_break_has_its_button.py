"""A break and how much one takes are a press away at the desk, with the end shown; routing and the public site heed both at once."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from helpline.models import Shift
from messaging.models import DeskMember
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, said, sign_in, unlock
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="390"), pytest.param(DESKTOP, id="1280", marks=pytest.mark.night("by day on a phone"))]
)
def test_a_break_begins_shows_its_end_and_is_ended(people: People, web_server: WebServer, visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit("Ailsa", size=size)
    page, member = visitor.page, DeskMember.objects.filter(pk=people.ailsa.member.pk)
    sign_in(page, people.ailsa)
    unlock(page, people.ailsa)
    page.locator("summary", has_text="Break, and how many I take").click(timeout=PATIENCE)
    assert_accessible(page)
    visitor.screenshot(f"desk-own-work-{size[0]}")
    page.get_by_role("button", name="15 minutes").press("Enter")
    said(page, "You are on a break until")
    away = member.get().away_until
    assert away is not None
    assert timedelta(minutes=14) < away - now() <= timedelta(minutes=15)
    assert_accessible(page)
    visitor.screenshot(f"desk-on-a-break-{size[0]}")
    page.locator("summary", has_text="Break, and how many I take").click()
    page.get_by_role("button", name="End the break now").press("Enter")
    said(page, "You are back.")  # Folded or not.
    expect(page.locator("summary", has_text="Break, and how many I take")).to_be_focused()
    page.keyboard.press("Enter")
    assert member.get().away_until is None
    page.get_by_role("button", name="Break until then").click()
    expect(page.get_by_text("Enter a time within the next six hours.")).to_be_visible()
    page.get_by_label("The most I take at once").select_option("1")
    said(page, "From now on you will have no more than that at once.")
    assert member.get().takes == 1
    expect(page.locator("summary", has_text="Break, and how many I take: 1 at once")).to_be_visible()


@pytest.mark.night("by day a break begins, and is ended")
def test_whoever_is_off_duty_is_offered_no_break(people: People, web_server: WebServer, visit: Visit) -> None:
    Shift.objects.filter(counsellor=people.ailsa.member.counsellor).delete()
    visitor = visit("Ailsa", size=PHONE)
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    expect(visitor.page.get_by_text("You are not on duty now, so you will not be given conversations.")).to_be_visible(timeout=PATIENCE)
    expect(visitor.page.locator("summary", has_text="Break")).to_be_hidden()
    assert_accessible(visitor.page)


def test_a_new_counsellor_takes_three_at_once(people: People) -> None:
    assert DeskMember._meta.get_field("cap").default == 3
    assert people.ailsa.member.cap == 3
