"""`manage.py keys` makes an epoch or a vault away from the browser, with the command that the page shows; the desk takes what it made."""

import shlex
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from messaging.models import CertificateRequest, Epoch
from messaging.protocol.encoding import decode
from messaging.protocol.wire import Request
from tests.messaging.protocol.keytool import good
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, said, sign_in
from tests.world.joining import unlock_vault
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
PASSPHRASE = "correct horse brown island seven ocean"


def command_on(page: Page) -> list[str]:
    """The arguments of `keys` in the command that the page shows."""
    shown = shlex.split(page.locator("code", has_text="--out").inner_text())
    assert shown[:2] == ["manage.py", "keys"]
    return shown[2:]


def test_an_epoch(people: People, web_server: WebServer, visit: Visit, tmp_path: Path) -> None:
    ailsa = visit("Ailsa", size=DESKTOP)
    page = ailsa.page
    sign_in(page, people.ailsa, "/desk/keys/")
    page.get_by_text("I open epochs on another machine").click(timeout=PATIENCE)
    for name in ("me.json", "candidates.json"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    assert_accessible(page)
    ailsa.screenshot("keys-on-another-machine")
    done = good(tmp_path, *command_on(page), passphrase=people.ailsa.passphrase)
    assert "On its roster: Ailsa, Bhavna." in done.out

    page.get_by_label("The epoch file it wrote").set_input_files(tmp_path / "me.json")
    page.get_by_role("button", name="Upload this epoch").click()
    said(page, "The keys command did not write this file")
    page.get_by_label("The epoch file it wrote").set_input_files(tmp_path / "epoch.json")
    page.get_by_role("button", name="Upload this epoch").click()
    expect(page.get_by_text("Epoch 2 waits to be confirmed.")).to_be_visible(timeout=PATIENCE)
    epoch = Epoch.objects.latest("number")
    assert (epoch.last_day - epoch.first_day, epoch.grants.count()) == (13, 2)


@pytest.mark.night("by day an epoch comes to the desk in the same way")
def test_a_vault(people: People, web_server: WebServer, visit: Visit, tmp_path: Path) -> None:
    connor = visit("Connor", size=PHONE)
    page = connor.page
    sign_in(page, people.stranger, "/desk/vault/")
    page.get_by_text("I have lost the passphrase").click(timeout=PATIENCE)
    page.get_by_text("I make my vault on another machine").click()
    assert_accessible(page)
    connor.screenshot("vault-on-another-machine")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    done = good(tmp_path, *command_on(page), passphrase=PASSPHRASE)

    bring = page.get_by_role("button", name="Upload this vault")
    page.get_by_label("The vault file it wrote").set_input_files(tmp_path / "vault")
    bring.click()
    said(page, "Choose both files first.")
    page.get_by_label("The request file it wrote").set_input_files(tmp_path / "vault")
    connor.expects(r"400.*/desk/api/vault")
    bring.click()
    said(page, "The vault was not accepted")
    page.get_by_label("The request file it wrote").set_input_files(tmp_path / "request")
    bring.click()
    said(page, "Your vault is here.")
    unlock_vault(page, PASSPHRASE)
    expect(page.locator("[data-fingerprint]")).to_have_text(done.value("Fingerprint:"), timeout=PATIENCE)
    kept = CertificateRequest.objects.get(member=people.stranger.member)
    assert Request.parse(bytes(kept.request)) == Request.parse(decode((tmp_path / "request").read_text().strip()))
