"""The pages to read are whole without JavaScript, on a small screen, in the dark, and for a screen reader."""

import pytest

from helpline.models import Campaign, Organisation, Page
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.examples import by_night
from tests.parts.web import WebServer

PATHS = ("/", "/read", "/read/first", "/read/under-18", "/campaign", "/cy/read/first")
TABLE = "| When | Where | What I felt | What I did | What helped |\n|-|-|-|-|-|\n| | | | | |"
BODY = f"## Part\n\nText, and [116 123](tel:116123).\n\n{TABLE}\n\n> Said."


@pytest.fixture
def site(helpline: Organisation, web_server: WebServer) -> WebServer:
    def make(slug: str, kind: str, audience: str) -> Page:
        title = f"A rather long title for {slug}"
        return Page.objects.create(slug=slug, kind=kind, audience=audience, title=title, summary="About it.", body=BODY, published=True)

    make("first", "self-help", "self")
    make("second", "self-help", "self")
    Organisation.objects.update(demonstration=False)
    campaign = Campaign.objects.create(name="Now", starts_on="2020-01-01", ends_on="2100-01-01", message="Its message.")
    campaign.figures.create(statement="One in two.", source="A report", dated="May 2026")
    campaign.pages.set([make("me", "way-in", "self"), make("under-18", "way-in", "young")])
    return web_server


@pytest.mark.night("by day axe looks at every public page, at 320 too")
def test_every_page_fits_a_small_screen_and_has_no_fault_for_a_screen_reader(site: WebServer, visit: Visit) -> None:
    for size, options in (((320, 640), {"color_scheme": "dark"}), (DESKTOP, {"forced_colors": "active"})):
        person = visit("the person", size=size, **options)
        for path in PATHS:
            person.page.goto(path)
            assert person.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
            # Forced colours are looked at by night.
            if by_night() or "forced_colors" not in options:
                assert_accessible(person.page)


def test_without_a_script_all_of_it_can_be_read(site: WebServer, visit: Visit) -> None:
    person = visit("the person", java_script_enabled=False)
    for path in PATHS:
        person.page.goto(path)
        assert person.page.get_by_role("heading", level=1).count() == 1
        if path != "/":
            assert person.page.get_by_role("heading", name="Do you want to talk to someone?").or_(person.page.locator(".talk")).count()
    person.page.goto("/read/first")
    person.page.get_by_role("link", name="Next A rather long title for second").click()
    assert person.page.get_by_role("heading", name="A rather long title for second", level=1).is_visible()


def test_the_first_screen_of_a_phone_shows_what_this_is_and_how_it_stands_with_phone_and_messages(site: WebServer, visit: Visit) -> None:
    person = visit("the person", size=PHONE)
    person.page.goto("/")
    for place in ("h1", "#phone .way__state", "#phone a:visible", "#messages .way__state"):
        box = person.page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1], place


def test_paper_has_the_text_and_nothing_of_the_site(site: WebServer, visit: Visit) -> None:
    person = visit("the person")
    person.page.goto("/read/first")
    person.page.emulate_media(media="print")
    assert person.page.get_by_role("heading", name="A rather long title for first", level=1).is_visible()
    for gone in (".site-header", ".hours", ".talk", ".turn", ".site-footer", ".exit"):
        assert not person.page.locator(gone).is_visible(), gone
