"""Whoever reads on in an app's own browser is told before they type that its maker may see it; what the browser is called goes nowhere."""

import pytest
from playwright.sync_api import expect

from helpline.models import Organisation
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer

APP = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 380.0.0.28.85"
)


@pytest.mark.parametrize("path", ["/write", pytest.param("/inbox", marks=pytest.mark.night("by day one page"))])
def test_on_each_page_on_which_something_is_typed(helpline: Organisation, web_server: WebServer, visit: Visit, path: str) -> None:
    inside, own = visit("somebody in an app", user_agent=APP), visit("somebody in a browser")
    for visitor in (inside, own):
        visitor.expects("503|Failed to load")  # This helpline has no desk yet.
        visitor.page.goto(path)
        expect(visitor.page.locator("[data-script-waits]")).to_be_hidden()
    heading = inside.page.get_by_role("heading", name="Are you in an app?")
    expect(heading).to_be_visible()
    inside.screenshot(f"in-an-app{path.replace('/', '-')}-390")
    assert_accessible(inside.page)
    expect(own.page.get_by_role("heading", name="Are you in an app?")).to_be_hidden()
    assert all("Instagram" not in (request.url + (request.post_data or "")) for request in inside.requests)
