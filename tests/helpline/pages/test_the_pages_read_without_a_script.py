"""Without JavaScript everything but messaging works, and messaging says what it needs and offers the phone."""

import pytest

from helpline.models import Organisation
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer


@pytest.fixture
def site(helpline: Organisation, web_server: WebServer) -> WebServer:
    return web_server


@pytest.mark.parametrize("path", ["/write", "/inbox"])
def test_messaging_says_that_it_needs_it_and_offers_the_phone(site: WebServer, visit: Visit, path: str) -> None:
    person = visit("the person", java_script_enabled=False)
    person.page.goto(path)
    assert person.page.locator("noscript h2").inner_text() == "This needs JavaScript"
    note = person.page.locator("noscript .note")
    assert note.locator("a[href='tel:08000000000']").is_visible()
    assert (
        note.locator("[data-said=brief]").inner_text() == person.page.locator(".hours [data-channel=phone] [data-said=brief]").inner_text()
    )
    # Above everything else.
    places = [place.bounding_box() for place in (note, person.page.locator("h1").first)]
    assert places[0]["y"] < places[1]["y"]  # type: ignore[index]
    assert person.page.locator("[data-script-waits]").is_hidden()
    for field in person.page.get_by_role("textbox").all():
        assert field.is_disabled()


def test_the_first_page_says_so_beside_the_way_to_write(site: WebServer, visit: Visit) -> None:
    page = visit("the person", java_script_enabled=False).page
    page.goto("/")
    said = page.locator("#messages noscript p")
    assert said.is_visible()
    assert "JavaScript is switched off in this browser." in said.inner_text()


def test_the_terms_can_be_read_and_the_exit_leads_away(site: WebServer, visit: Visit) -> None:
    person = visit("the person", java_script_enabled=False)
    person.page.goto("/write")
    assert person.page.get_by_text("They have two paragraphs.").is_visible()
    assert person.page.get_by_role("link", name="Exit this page").get_attribute("href") == "https://www.bbc.co.uk/weather"


def test_the_other_pages_are_whole(site: WebServer, visit: Visit) -> None:
    person, other = visit("the person", java_script_enabled=False), visit("somebody with a script")
    for path in ("/", "/confidential", "/leaving"):
        person.page.goto(path)
        assert person.page.get_by_role("heading", level=1).is_visible()
        # axe needs a script to run, so a second browser looks at the same page.
        other.page.goto(path)
        assert_accessible(other.page)
