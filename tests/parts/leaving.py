"""The ways to leave at once: by mouse, by touch, by the keyboard; and the page that they lead to."""

from playwright.sync_api import Page, Route

from tests.parts.browser import Visitor

ELSEWHERE = "<!doctype html><title>Weather</title><h1>Rain later</h1>"


def click(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").click()


def tap(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").tap()


def shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def weather(visitor: Visitor) -> list[str]:
    """Stands in for the page that the exit leads to; nothing of it is on this machine. The referrers that it was asked with."""
    referrers: list[str] = []

    def answer(route: Route) -> None:
        referrers.append(route.request.headers.get("referer", ""))
        route.fulfill(body=ELSEWHERE, content_type="text/html")

    visitor.context.route("https://www.bbc.co.uk/**", answer)
    # The rule that no other host is asked is about the pages; this one is asked on purpose.
    visitor.requests = _Elsewhere()
    return referrers


class _Elsewhere(list):  # type: ignore[type-arg]
    def append(self, request: object) -> None:
        if not getattr(request, "url", "").startswith("https://www.bbc.co.uk/"):
            super().append(request)
