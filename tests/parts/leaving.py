"""The ways to leave at once: by mouse, by touch, by the keyboard."""

from playwright.sync_api import Page


def click(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").click()


def tap(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").tap()


def shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")
