"""How somebody new makes their vault in the browser, with a passphrase and a passkey."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.world.browser import said

AUTHENTICATOR: Mapping[str, object] = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PASSPHRASE = "seven brown owls over Skye"


def give_authenticator(page: Page) -> None:
    """A passkey authenticator with PRF; it lives as long as this session of the developer tools does."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": dict(AUTHENTICATOR)})


def make_vault(page: Page) -> None:
    """A short passphrase and a mistyped one are refused in words, and change nothing."""
    first, second = page.get_by_label("Passphrase", exact=True), page.get_by_label("Enter the passphrase again")
    make = page.get_by_role("button", name="Make the vault")
    first.fill("too short")
    make.click()
    expect(page.locator("#new-passphrase-error")).to_contain_text("at least 12 characters")
    first.fill(PASSPHRASE)
    second.fill(PASSPHRASE.upper())
    make.click()
    expect(page.locator("#new-passphrase-again-error")).to_contain_text("do not match")
    second.fill(PASSPHRASE)
    make.click()
    said(page, "Your vault has been made.")
