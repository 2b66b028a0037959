"""No password manager takes a vault's passphrase for a password, and a passkey that such a manager keeps works like any other."""

import pytest
from playwright.sync_api import Locator, Page, expect

from helpline.clock import now
from messaging.members.invite import invite_member
from messaging.models import Certificate, DeskMember, Vault
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, said, sign_in_by_hand, unlock
from tests.world.joining import give_authenticator, make_vault, unlock_vault
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
IGNORED = {f"data-{name}": "true" for name in ("1p-ignore", "lpignore", "bwignore", "protonpass-ignore")} | {"data-form-type": "other"}
# What an extension of a password manager answers with: plain objects, whose buffers may be of another realm.
PLAIN = """
const foreign = (buffer) => {
  const frame = document.createElement("iframe");
  document.documentElement.append(frame);
  const copy = new frame.contentWindow.Uint8Array(new Uint8Array(buffer)).buffer;
  frame.remove();
  return copy;
};
const plain = (found) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (found.response[name]) response[name] = foreign(found.response[name]);
  const results = found.getClientExtensionResults();
  return { id: found.id, type: found.type, rawId: foreign(found.rawId), response, getClientExtensionResults: () => results };
};
for (const name of ["create", "get"]) {
  const real = navigator.credentials[name].bind(navigator.credentials);
  navigator.credentials[name] = async (options) => plain(await real(options));
}
"""


def assert_masked(page: Page, field: Locator, kind: str = "text") -> None:
    """Dots to whoever looks, and nothing that a manager would keep or fill in."""
    expect(field).to_have_attribute("type", kind)
    for name, value in {**IGNORED, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}.items():
        expect(field).to_have_attribute(name, value)
    if kind == "text":
        expect(page.locator("input[type=password]")).to_have_count(0)
        expect(field).to_have_attribute("aria-description", "A screen reader may say what you type here. Use headphones, or a passkey.")
        assert field.evaluate("(field) => getComputedStyle(field).webkitTextSecurity") == "disc"
    taken = "(field) => ['copy', 'cut', 'dragstart'].map((name) => field.dispatchEvent(new Event(name, { cancelable: true })))"
    assert field.evaluate(taken) == [False, False, False]


def test_the_field_that_unlocks_is_no_password(people: People, web_server: WebServer, visit: Visit) -> None:
    ailsa = visit("Ailsa", size=DESKTOP)
    sign_in_by_hand(ailsa.page, people.ailsa)
    field = ailsa.page.get_by_label("Passphrase of your vault")
    field.fill(people.bhavna.passphrase)
    assert_masked(ailsa.page, field)
    ailsa.screenshot("desk-unlock-1280")
    ailsa.page.get_by_role("button", name="Unlock", exact=True).click()
    expect(ailsa.page.locator("#passphrase-error")).to_contain_text("does not open the vault", timeout=PATIENCE)
    assert_accessible(ailsa.page)
    unlock(ailsa.page, people.ailsa)
    ailsa.page.goto("/desk/keys/")
    assert_masked(ailsa.page, ailsa.page.get_by_label("Passphrase of your vault"))


@pytest.mark.night("by day the field that unlocks is no password")
def test_nor_is_any_on_the_page_about_the_vault(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("Ailsa", size=DESKTOP).page
    give_authenticator(page)
    sign_in_by_hand(page, people.ailsa, "/desk/vault/")
    assert_masked(page, page.get_by_label("Passphrase of your vault"))
    unlock_vault(page, people.ailsa.passphrase)
    expect(page.get_by_role("link", name="Add a passkey to your sign-in first")).to_be_visible()
    Certificate.objects.filter(member=people.ailsa.member).delete()
    page.reload()
    page.locator("summary", has_text="I have lost the passphrase").click(timeout=PATIENCE)
    assert_masked(page, page.locator("#new-passphrase"))
    assert_accessible(page)


@pytest.mark.night("by day the field that unlocks is no password")
def test_a_browser_that_cannot_mask_text_shows_dots_all_the_same(people: People, web_server: WebServer, visit: Visit) -> None:
    ailsa = visit("Ailsa", size=DESKTOP)
    ailsa.page.add_init_script("CSS.supports = () => false")
    sign_in_by_hand(ailsa.page, people.ailsa)
    assert_masked(ailsa.page, ailsa.page.get_by_label("Passphrase of your vault"), "password")
    unlock(ailsa.page, people.ailsa)


@pytest.mark.night("by day the field that unlocks is no password, and a passkey of the browser opens the vault")
def test_a_passkey_out_of_an_extension_signs_in_and_opens_the_vault(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("Dora", size=DESKTOP).page
    give_authenticator(page)
    page.add_init_script(PLAIN)
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
    passphrase, _ = make_vault(page)
    assert_masked(page, page.get_by_label("Passphrase of your vault"))
    unlock_vault(page, passphrase)
    page.get_by_role("button", name="Add a passkey").click()
    said(page, "From now on, one touch opens the vault.")
    assert Vault.objects.filter(member=DeskMember.objects.get(counsellor__display_name="Dora"), kind=2).count() == 1
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/", timeout=PATIENCE)
    page.get_by_role("button", name="Unlock with a passkey").click()
    expect(page.get_by_role("heading", name="Mine")).to_be_visible(timeout=PATIENCE)
