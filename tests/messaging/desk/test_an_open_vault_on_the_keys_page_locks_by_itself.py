"""Whoever comes to a key-holder's machine later can open no epoch: ten idle minutes lock the page, as they lock the desk."""

import pytest
from playwright.sync_api import expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.mark.night("by day the desk itself locks after ten idle minutes, by the same watch")
def test_after_ten_idle_minutes_the_passphrase_is_asked_for_again(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("Ailsa", size=DESKTOP).page
    page.clock.install()
    sign_in(page, people.ailsa, "/desk/keys/")
    page.get_by_label("Passphrase of your vault").fill(people.ailsa.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    open_epoch = page.get_by_role("button", name="Open the epoch")
    expect(open_epoch).to_be_visible(timeout=PATIENCE)
    page.clock.fast_forward("09:05")
    expect(page.get_by_text("The vault will lock in one minute.")).to_be_visible()
    assert_accessible(page)
    page.clock.fast_forward("01:00")
    expect(open_epoch).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_label("Passphrase of your vault")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Passphrase of your vault")).to_have_value("")
