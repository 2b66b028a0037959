"""After ten idle minutes, by hand, or when it is left, the desk forgets keys and words; a reply that was begun comes back later."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
SECRET, DRAFT = "A sentence that only counsellors may read", "A reply that was only begun"
LOCKED = "Your desk is locked"


@pytest.fixture
def ailsa(people: People, web_server: WebServer, visit: Visit) -> Visitor:
    """Her open desk, with one conversation read; the page's clock is the test's to turn."""
    Writer(people).first(SECRET).given_to(people.ailsa.member)
    visitor = visit("Ailsa", size=DESKTOP)
    visitor.page.clock.install()
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    open_first(visitor.page, "Mine")
    expect(visitor.page.get_by_text(SECRET)).to_be_visible()
    return visitor


def assert_locked(page: Page) -> None:
    expect(page.get_by_role("heading", name=LOCKED)).to_be_visible(timeout=PATIENCE)
    content = page.content() + str(page.evaluate("[...document.querySelectorAll('textarea, input')].map(field => field.value)"))
    assert SECRET not in content
    assert DRAFT not in content


def test_after_nine_idle_minutes_it_warns_and_after_ten_it_locks(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    page.get_by_label("Your reply").fill(DRAFT)
    page.clock.fast_forward("09:05")
    expect(page.get_by_role("alert").filter(has_text="will lock in one minute")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Shift")
    expect(page.get_by_role("alert").filter(has_text="will lock in one minute")).to_have_count(0)
    page.clock.fast_forward("09:30")
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.clock.fast_forward("00:40")
    assert_locked(page)
    assert_accessible(page)
    assert DRAFT not in ailsa.kept()
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    expect(page.get_by_label("Your reply")).to_have_value(DRAFT)


def test_the_first_touch_after_a_sleep_comes_too_late(ailsa: Visitor) -> None:
    page = ailsa.page
    # As when a lid is closed: the time goes on, and no timer runs before somebody touches the page.
    page.evaluate("""() => {
      const later = Date.now() + 3 * 3600_000;
      Date.now = () => later;
      document.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    }""")
    assert_locked(page)


@pytest.mark.night("by day the desk locks after ten idle minutes, and by the first touch after a sleep")
def test_the_button_locks_at_once(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    page.get_by_label("Your reply").fill(DRAFT)
    page.get_by_role("button", name="Lock now").click()
    assert_locked(page)
    expect(page.get_by_text("Your drafts are saved and sealed")).to_be_visible()
    assert page.locator(".desk-locked").inner_text().lower().count("locked") == 1  # The heading says it, and nothing once more.
    # The lists hold no content: the number stays in the title while it is locked.
    expect(page).to_have_title(re.compile(r"^\(1\) Conversations"))


@pytest.mark.night("by day the desk locks after ten idle minutes, and by the first touch after a sleep")
def test_a_page_that_was_left_is_locked_when_the_browser_brings_it_back(ailsa: Visitor) -> None:
    page = ailsa.page
    page.goto("/desk/keys/")
    page.go_back()
    assert_locked(page)


@pytest.mark.night("by day the desk locks after ten idle minutes, and by the first touch after a sleep")
def test_another_vault_gets_nothing_of_what_was_begun(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    page.get_by_label("Your reply").fill(DRAFT)
    page.get_by_role("button", name="Lock now").click()
    page.get_by_label("Passphrase of your vault").fill(people.bhavna.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("#passphrase-error")).to_contain_text("does not open the vault", timeout=PATIENCE)
    assert_locked(page)
