"""The file of storage keys is gone while the desk is in use: its pages say so, and a recovery sheet makes a new passphrase."""

from collections.abc import Generator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from messaging.protocol.peer import make_sheet
from tests.messaging.keys.storage import storage_keys
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, said, sign_in
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
WORDS = "The vaults cannot be opened because the server lacks their storage key."


@pytest.fixture
def storage_file() -> Generator[Path]:
    """The run's own, which comes back afterwards."""
    path = settings.STORAGE_KEYS_FILE
    assert path is not None
    kept = path.read_bytes()
    yield path
    path.write_bytes(kept)


def use_sheet(page: Page, words: str) -> str:
    """Returns the six words, which are not the passphrase yet where the server refused them."""
    page.get_by_label("The 24 words of your recovery sheet").fill(words, timeout=PATIENCE)
    page.get_by_role("button", name="Use the recovery sheet").click()
    expect(page.get_by_role("heading", name="Your new passphrase")).to_be_focused(timeout=PATIENCE)
    drawn = " ".join(page.locator("[data-passphrase] li").all_inner_texts())
    page.get_by_label("Enter the six words").fill(drawn)
    page.get_by_role("button", name="Use these six words").click()
    return drawn


@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.night("by day on a phone"))]
)
def test_the_sheet_is_the_way_in(people: People, web_server: WebServer, visit: Visit, storage_file: Path, size: tuple[int, int]) -> None:
    Writer(people).first("I am frightened").given_to(people.ailsa.member)
    storage_file.unlink()
    ailsa = visit("Ailsa", size=size)
    page = ailsa.page
    sign_in(page, people.ailsa)
    expect(page.get_by_text(WORDS)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Passphrase of your vault")).to_have_count(0)
    assert_accessible(page)
    ailsa.screenshot(f"no-storage-key-desk-{size[0]}")
    page.goto("/desk/vault/")
    expect(page.get_by_text(WORDS)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Valid until")).to_be_visible()
    expect(page.get_by_text("If their storage key comes back, your six words work again.")).to_be_visible()
    assert_accessible(page)
    ailsa.screenshot(f"no-storage-key-vault-{size[0]}")
    # Until there is a new key, nothing is stored, and what was typed stays.
    ailsa.expects("503")
    drawn = use_sheet(page, " ".join(make_sheet(people.ailsa.vault.counsellor)))
    expect(
        page.get_by_text("The passphrase was not changed: the server refused it, and says: “The server lacks its storage key")
    ).to_be_visible(timeout=PATIENCE)
    storage_keys("new")
    page.get_by_role("button", name="Use these six words").click()
    said(page, "Your new passphrase works from now on.")
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.goto("/desk/")
    page.get_by_label("Passphrase of your vault").fill(drawn, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    open_first(page, "Mine")
    expect(page.get_by_text("I am frightened")).to_be_visible(timeout=PATIENCE)
