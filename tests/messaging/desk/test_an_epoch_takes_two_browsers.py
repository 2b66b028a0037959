"""One counsellor opens an epoch in her browser, and another looks at it in theirs and confirms it; until then nothing changes."""

import pytest
from playwright.sync_api import Page, expect

from helpline.clock import now
from messaging.keys.desk_epochs import current_epoch_number
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, sign_in, unlock
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def on_keys(visitor: Visitor, person: DeskPerson) -> Page:
    """The page for keys, with the vault unlocked."""
    page = visitor.page
    sign_in(page, person, "/desk/keys/")
    page.get_by_label("Passphrase of your vault").fill(person.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    return page


def test_one_opens_it_and_the_other_confirms_it(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Written in the first epoch")
    writer.given_to(people.bhavna.member)
    ailsa, bhavna = visit("Ailsa", size=DESKTOP), visit("Bhavna", size=PHONE)

    page = on_keys(ailsa, people.ailsa)
    expect(page.get_by_label("Number of days")).to_have_value("14", timeout=PATIENCE)
    assert_accessible(page)
    page.get_by_role("button", name="Open the epoch").click()
    expect(page.get_by_text("Epoch 2 waits to be confirmed.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Messages are sealed for epoch 1")).to_be_visible()
    ailsa.screenshot("epoch-waits-1280")
    page.get_by_label("Passphrase of your vault").fill(people.ailsa.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_text("You opened it. Ask someone else on it to confirm it")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Confirm epoch 2")).to_have_count(0)
    assert_accessible(page)
    ailsa.screenshot("epoch-opened-by-me-1280")
    assert current_epoch_number(now()) == 1

    page = bhavna.page
    sign_in(page, people.bhavna)
    unlock(page, people.bhavna)
    expect(page.locator("[data-next-epoch]")).to_contain_text("Epoch 2, which Ailsa opened, waits for you to confirm it.")
    expect(page.get_by_text("Epoch 1, read by Ailsa and Bhavna")).to_be_visible()
    open_first(page, "Mine")
    expect(page.get_by_text("Written in the first epoch")).to_be_visible(timeout=PATIENCE)
    bhavna.screenshot("epoch-waits-at-the-desk-390")
    assert_accessible(page)

    page.goto("/desk/keys/")
    expect(page.get_by_role("link", name="Keys an epoch waits to be confirmed")).to_be_visible()
    page.get_by_label("Passphrase of your vault").fill(people.bhavna.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    waiting = page.get_by_role("region", name="Epoch 2 waits to be confirmed")
    expect(waiting).to_contain_text("Ailsa opened it.", timeout=PATIENCE)
    expect(waiting).to_contain_text("Still on it: Ailsa and Bhavna")
    expect(waiting).to_contain_text("New, can read from now on: nobody")
    assert current_epoch_number(now()) == 1, "looking confirms nothing"
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    bhavna.screenshot("epoch-to-confirm-390")
    bhavna.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    bhavna.screenshot("epoch-to-confirm-1280")
    page.get_by_role("button", name="Confirm epoch 2").click()
    expect(page.get_by_text("Messages are sealed for epoch 2")).to_be_visible(timeout=PATIENCE)
    assert current_epoch_number(now()) == 2
    expect(page.get_by_text("waits to be confirmed")).to_have_count(0)
