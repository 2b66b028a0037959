"""With JavaScript off each page of the URL table has its heading, its text, its hours and its signposts, and no dead control."""

import pytest

from tests.parts.addresses import public_pages
from tests.parts.browser import Visit
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
NEEDS_A_SCRIPT = {"/write", "/inbox", "/kept"}


def test_it_can_be_read(whole_site: WebServer, visit: Visit) -> None:
    page = visit("somebody", java_script_enabled=False).page
    for address in public_pages():
        page.goto(address)
        assert page.get_by_role("heading", level=1).first.is_visible(), address
        assert len(page.locator("main").inner_text()) > 100, address
        assert page.locator("footer a[href='tel:116123']").is_visible(), address
        live = page.locator("main button:visible:enabled, main input:visible:enabled, main textarea:visible:enabled").count()
        if address in NEEDS_A_SCRIPT:
            assert page.locator("noscript h2").is_visible(), address
            assert live == 0, address
