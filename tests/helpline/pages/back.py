"""The steps of /write."""

from playwright.sync_api import Page, expect

STEPS = ("First: what stays private", "Write your message", "Your eight words", "Do you have the words?")


def at(page: Page, step: int) -> None:
    """The step is the only one that is shown, and a screen reader is at its heading."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(STEPS[step - 1])
    expect(heading).to_have_count(1)
