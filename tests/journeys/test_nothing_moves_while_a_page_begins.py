"""What the script finds out has its room from the beginning: nothing moves from under a finger."""

import pytest

from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

WATCH = """
window.moved = 0;
const add = (list) => list.getEntries().forEach((each) => { window.moved += each.value; });
new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
"""
# Of the window's height, as browsers count it; a tenth is what people begin to notice.
MOST = 0.02


def test_nothing_moves_while_a_page_begins(whole_site: WebServer, visit: Visit) -> None:
    page = visit("somebody", size=PHONE).page
    page.add_init_script(WATCH)
    moved = {}
    for language in ("", "/cy", "/pl"):
        for address in ("/", "/write", "/inbox"):
            page.goto(f"{language}{address}", wait_until="networkidle")
            if address == "/write":
                page.locator("#agree").wait_for()
            moved[f"{language}{address}"] = page.evaluate("window.moved")
    assert {address: by for address, by in moved.items() if by > MOST} == {}
