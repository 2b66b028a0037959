"""From the invitation to the first message read: password, passkey, vault, certificate, epoch, and a vault that opens with one touch."""

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.keys.registry import add_certificate
from messaging.members.invite import invite_member
from messaging.models import Certificate, DeskMember, Epoch
from messaging.protocol.days import day_of
from messaging.protocol.peer import fingerprint
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.wire import Request
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.environment import ROOT_SEED
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, said, sign_in
from tests.world.joining import give_authenticator, make_vault, unlock_vault
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

# In the tab, where the pages before and after have it in common.
NOTE_WHAT_IS_ASKED_AFTER = """(() => {
  const ask = globalThis.fetch;
  let after = false;
  globalThis.fetch = (...asked) => {
    if (after) sessionStorage.asked += ` ${asked[0]}`;
    return ask(...asked);
  };
  addEventListener("submit", (event) => {
    if (event.target.dataset.signOut === undefined) return;
    after = true;
    sessionStorage.asked = "signed out:";
  }, true);
})();"""


def certify(people: People, member: DeskMember) -> None:
    """What the root's keepers do, on their own machine."""
    today = day_of(now())
    request = member.request.request
    add_certificate(
        certificate=make_certificate(ROOT_SEED, people.site, request, "Dora", key_holder=False, first_day=today, last_day=today + 90),
        at=now(),
    )


def test_invited_then_certified_then_granted_then_reading(people: People, web_server: WebServer, visit: Visit) -> None:
    Epoch.objects.all().delete()
    dora = visit("Dora", size=DESKTOP)
    page = dora.page
    give_authenticator(page)
    link = invite_member(email="dora@helpline.example", name="Dora Deans", role="counsellor", display_name="Dora", at=now())

    page.goto(link.address)
    page.get_by_label("Password", exact=True).fill("Dora swims the Minch")
    page.get_by_label("Enter the password again").fill("Dora swims the Minch")
    page.get_by_role("button", name="Use this password").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator(".desk-codes li")).to_have_count(10, timeout=PATIENCE)

    page.get_by_role("link", name="I have kept them safe").click()
    page.get_by_role("link", name="Make your vault").click()
    passphrase, sheet = make_vault(page)
    member = DeskMember.objects.get(counsellor__display_name="Dora")
    asked = Request.parse(member.request.request)
    shown = page.locator("[data-fingerprint]").inner_text()
    assert shown == fingerprint(asked.counsellor_id, asked.kem_public, asked.sign_public, asked.tag_public)

    unlock_vault(page, passphrase)
    page.get_by_role("button", name="Add a passkey").click()
    said(page, "From now on, one touch opens the vault.")
    certify(people, member)

    open_the_first_epoch(people, visit)
    Writer(people).first("I am frightened of what I might do")

    page.add_init_script(NOTE_WHAT_IS_ASKED_AFTER)
    page.goto("/desk/")
    page.get_by_role("button", name="Unlock with a passkey").click()
    expect(page.get_by_role("heading", name="Waiting")).to_be_visible(timeout=PATIENCE)
    open_first(page, "Waiting")
    expect(page.get_by_text("I am frightened of what I might do")).to_be_visible()
    kept = dora.kept()
    assert passphrase not in kept
    assert sheet not in kept
    assert "frightened" not in kept

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/", timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Your desk is locked")).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    # The page that signed out asked nothing more, as there was no session: not even that colleagues be told who has left.
    assert page.evaluate("sessionStorage.asked") == "signed out:"


def open_the_first_epoch(people: People, visit: Visit) -> None:
    """Ailsa, a key-holder, opens it in her browser for everybody who holds a certificate."""
    page = visit("Ailsa", size=DESKTOP).page
    sign_in(page, people.ailsa, "/desk/keys/")
    expect(page.get_by_text("The desk has no epoch yet")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Passphrase of your vault").fill(people.ailsa.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("[data-candidates]")).to_have_text("Ailsa, Bhavna and Dora", timeout=PATIENCE)
    page.get_by_label("Number of days").fill("35")
    assert_accessible(page)
    page.get_by_role("button", name="Open the epoch").click()
    expect(page.get_by_text("Epoch 1 waits to be confirmed.")).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    people.confirm(people.bhavna)
    page.reload()
    expect(page.get_by_text("Messages are sealed for epoch 1")).to_be_visible(timeout=PATIENCE)
    epoch = Epoch.objects.get()
    assert epoch.last_day - epoch.first_day == 34
    assert epoch.grants.count() == Certificate.objects.count() == 3


@pytest.mark.night("by day the server and the protocol refuse one that does")
def test_an_epoch_never_outlasts_a_certificate(people: People, web_server: WebServer, visit: Visit) -> None:
    today = day_of(now())
    request = people.bhavna.member.request.request
    add_certificate(
        certificate=make_certificate(ROOT_SEED, people.site, request, "Bhavna", key_holder=False, first_day=today, last_day=today + 9),
        at=now(),
    )
    page = visit("Ailsa", size=DESKTOP).page
    sign_in(page, people.ailsa, "/desk/keys/")
    unlock_keys = page.get_by_label("Passphrase of your vault")
    unlock_keys.fill(people.ailsa.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_text("Left out, because their certificates end first: Bhavna")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Number of days").fill("10")
    expect(page.locator("[data-candidates]")).to_have_text("Ailsa and Bhavna")
    page.get_by_role("button", name="Open the epoch").click()
    expect(page.get_by_text("Epoch 2 waits to be confirmed.")).to_be_visible(timeout=PATIENCE)
