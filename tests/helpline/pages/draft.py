"""Going through /write as far as the message."""

import re

from playwright.sync_api import Page, expect

TEXT = "I am scared of what I do at night.\n\nПожалуйста 😔"


def to_the_message(page: Page) -> list[str]:
    """Terms, words, two of them given back; at the empty message. The words."""
    page.goto("/write")
    page.get_by_role("button", name="I have read this. Continue").click()
    words = page.locator("#words li").all_inner_texts()
    page.get_by_role("button", name="I have written them down").click()
    assert page.locator("#words li").count() == 0
    for field in ("first", "second"):
        number = re.search(r"\d", page.locator(f"label[for=check-{field}]").inner_text())
        assert number
        page.locator(f"#check-{field}").fill(words[int(number[0]) - 1])
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", name="Write your message")).to_be_visible(timeout=60_000)
    page.get_by_label("I am worried about my own thoughts").check()
    page.get_by_role("textbox", name="Your message").fill(TEXT)
    return words
