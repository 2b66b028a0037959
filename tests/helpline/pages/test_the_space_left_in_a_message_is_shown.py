"""How long a message may be is told when its field is entered; near the end it is said, politely, once typing has stopped."""

from playwright.sync_api import Page, expect

from tests.helpline.pages.draft import to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People

# Every text that the live region has had.
HEARD = """() => {
  const said = document.querySelector("#message-form [data-part=count-said]");
  window.heard = [];
  new MutationObserver(() => window.heard.push(said.textContent)).observe(said, { childList: true, characterData: true, subtree: true });
}"""


def described(page: Page) -> str:
    ids = page.locator("#message-text").get_attribute("aria-describedby") or ""
    return " ".join(page.locator(f"#{each}").inner_text() for each in ids.split())


def test_the_field_says_its_room_and_the_end_is_said(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    to_the_message(page)
    message = page.get_by_role("textbox", name="Your message")
    said = page.locator("#message-form [data-part=count-said]")
    expect(said).to_have_attribute("role", "status")
    message.fill("")
    assert "There is room for about 8,000 letters in total." in described(page)
    page.evaluate(HEARD)
    message.fill("a" * 1000)
    message.fill("a" * 7500)
    message.fill("a" * 8300)
    # Only the last of what came quickly is said; what is seen changes at once.
    expect(page.locator("#message-form [data-part=count]")).to_have_text("Your message is about 290 letters too long.")
    expect(said).to_have_text("Your message is about 290 letters too long.")
    assert page.evaluate("window.heard") == ["Your message is about 290 letters too long."]
    assert_accessible(page)
    message.fill("م" * 5000)
    expect(said).to_have_text("Your message is about 1,000 letters too long.")
    message.fill("short")
    expect(said).to_have_text("")
