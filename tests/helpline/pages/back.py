"""The steps of /write, and giving back the eight words."""

import re

from playwright.sync_api import Page, expect

STEPS = ("First: what stays private", "Your eight words", "Do you have the words?", "Write your message")


def at(page: Page, step: int) -> None:
    """The step is the only one that is shown, and a screen reader is at its heading."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(STEPS[step - 1])
    expect(heading).to_have_count(1)


def shown_words(page: Page) -> list[str]:
    return page.locator("#words li").all_inner_texts()


def give_back(page: Page, words: list[str]) -> None:
    for field in ("first", "second"):
        number = re.search(r"\d", page.locator(f"label[for=check-{field}]").inner_text())
        assert number
        # As it stands on a paper with numbers.
        page.locator(f"#check-{field}").fill(f"{number[0]}. {words[int(number[0]) - 1]}")
    page.get_by_role("button", name="Continue", exact=True).click()
