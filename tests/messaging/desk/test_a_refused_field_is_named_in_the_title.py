"""While a field at the desk is marked as wrong, the title says so in front, as it does on every page that the server writes."""

import re

import pytest
from playwright.sync_api import expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, sign_in, unfold, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
REFUSED, FINE = re.compile(r"^Error: \(1\) Conversations"), re.compile(r"^\(1\) Conversations")


@pytest.mark.night("by day the titles of the person's pages name each fault")
def test_locked_and_open(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("I am awake again").given_to(people.ailsa.member)
    ailsa = visit("Ailsa", size=PHONE)
    page = ailsa.page
    sign_in(page, people.ailsa)
    page.get_by_label("Passphrase of your vault").fill(people.bhavna.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page).to_have_title(REFUSED, timeout=PATIENCE)
    unlock(page, people.ailsa)
    expect(page).to_have_title(FINE)

    open_first(page, "Mine")
    page.get_by_role("button", name="Send, signed").click()
    expect(page).to_have_title(REFUSED)
    page.get_by_label("Your reply").fill("I am here.")
    expect(page).to_have_title(FINE)

    unfold(page, "Notes for colleagues")
    note = page.get_by_label("New note")
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_title(REFUSED)
    expect(note).to_be_focused()
    expect(note).to_have_accessible_description(re.compile(r"^Error:\s+Enter the note\. At most about \d{4} characters\.$"))
    assert_accessible(page)
    ailsa.screenshot("desk-note-refused-390")
    # It counts as the reply's box does, and the mark goes with the first letter.
    note.fill("a" * 7_000)
    expect(page).to_have_title(FINE)
    expect(page.locator("#note-room")).to_have_text(re.compile(r"^Room for about \d+ more characters\.$"))
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#note-room")).to_have_text(re.compile(r"^At most about \d{4} characters\.$"), timeout=PATIENCE)
