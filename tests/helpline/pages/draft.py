"""Going through /write as far as the message."""

from playwright.sync_api import Page, expect

from tests.world.steps import fill_in

TEXT = "I am scared of what I do at night.\n\nПожалуйста 😔"


def to_the_message(page: Page) -> None:
    """The terms, and a message that is typed and not sent."""
    page.goto("/write")
    page.get_by_role("button", name="I have read this. Continue").click()
    expect(page.get_by_role("heading", name="Write your message")).to_be_visible(timeout=60_000)
    fill_in(page, TEXT)
