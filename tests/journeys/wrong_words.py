"""Trying words in the inbox."""

from playwright.sync_api import expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import Visitor
from tests.world.steps import PATIENCE


def try_words(visitor: Visitor, words: str, path: str = "/inbox") -> str:
    """What the page says of them."""
    page = visitor.page
    page.goto(path)
    page.locator("#open-form textarea, #open-form input[type=text]").first.fill(words)
    page.locator("#open-form").get_by_role("button").click()
    summary = page.locator("#open-form .govuk-error-summary")
    expect(summary).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    return summary.inner_text()


def asked(visitor: Visitor) -> list[str]:
    return [f"{request.method} {request.url.partition('/api/v1/')[2]}" for request in visitor.requests if "/api/v1/" in request.url]
