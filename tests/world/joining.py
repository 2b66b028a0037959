"""How somebody new makes their vault in the browser, and opens it."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.world.browser import PATIENCE, said

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


def give_authenticator(page: Page) -> None:
    """A passkey authenticator with PRF; it lives as long as this session of the developer tools does."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": dict(AUTHENTICATOR)})


def make_vault(page: Page) -> tuple[str, str]:
    """With the six words that the page draws; others are refused in words, and change nothing. The passphrase, and the recovery sheet."""
    expect(page.locator("[data-passphrase] li")).to_have_count(6, timeout=PATIENCE)
    drawn = page.locator("[data-passphrase] li").all_inner_texts()
    again, make = page.get_by_label("Enter the six words"), page.get_by_role("button", name="Make the vault")
    refusals = {
        " ".join(drawn[:5]): "Enter all six",
        " ".join([*drawn[:3], "zzz", *drawn[4:]]): "Word 4 is not one of the words",
        " ".join([*drawn[1:], "zoo"]): "not the six words above",
    }
    for typed, sentence in refusals.items():
        again.fill(typed)
        make.click()
        expect(page.locator("#new-passphrase-error")).to_contain_text(sentence)
    # As somebody types who copied them from paper.
    again.fill(", ".join(drawn).upper())
    make.click()
    said(page, "Your vault has been made.")
    sheet = " ".join(page.locator("[data-sheet] li").all_inner_texts())
    page.get_by_role("button", name="It is on paper").click()
    said(page, "Your recovery sheet is on paper.")
    return " ".join(drawn), sheet


def unlock_vault(page: Page, passphrase: str) -> None:
    """On the page about the vault."""
    page.get_by_label("Passphrase of your vault").fill(passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.get_by_role("heading", name="Your vault is open")).to_be_focused(timeout=PATIENCE)
