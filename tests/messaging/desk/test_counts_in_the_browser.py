"""From a poster's address to the owner's plots: what a visit and "Continue" send, what a stopping server writes, and how it is shown."""

from datetime import timedelta
from typing import Literal

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from helpline.models import Advert, Campaign, Tally
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
NARROWEST = (320, 640)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


@pytest.fixture
def advert(db: None) -> Advert:
    today = now().date()
    campaign = Campaign.objects.create(name="The campaign", starts_on=today, ends_on=today + timedelta(days=27), message="It.")
    return Advert.objects.create(campaign=campaign, kind="phone-box", name="In the High Street", code="k7mt", headline="Help", line="Now.")


@pytest.mark.night("by day counts and reports are tried without a browser, and reports in one")
def test_from_the_poster_to_the_plots(people: People, advert: Advert, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person", size=PHONE)
    person.page.goto("/c/K7MT?from=somewhere")
    assert person.page.url == f"{web_server.origin}/"
    person.page.goto("/write")
    person.page.locator("#agree").click(timeout=PATIENCE)
    expect(person.page.locator("#message-text")).to_be_visible()
    wait_until(lambda: any(request.url.endswith("/count") for request in person.requests), "the beginning was told")
    (told,) = [request for request in person.requests if request.url.endswith("/count")]
    headers = told.all_headers()
    assert (told.method, told.post_data_buffer, told.url) == ("POST", None, f"{web_server.origin}/count")
    assert not {"cookie", "referer", "authorization"} & headers.keys()
    wait_until(lambda: told.response() is not None, "the server answered")
    # Nothing is written yet; a server that stops writes what it has.
    assert not Tally.objects.exists()
    web_server.stop()
    found = {(row.what, row.page, row.advert): row.number for row in Tally.objects.all()}
    assert found["visit", "", "k7mt"] == found["visit", "/", ""] == found["visit", "/write", ""] == found["start", "", ""] == 1

    Tally.objects.bulk_create(Tally(what="visit", day=now().date(), band=band, page="/read", number=60 * band) for band in range(1, 8))
    web_server.run()
    owner = visit("the owner", size=DESKTOP)
    sign_in(owner.page, people.admin, "/desk/counts/")
    looked_at(owner, "counts")
    owner.page.get_by_label("First day").fill("2026-12-01")
    owner.page.get_by_label("Last day").fill("2026-11-01")
    owner.page.get_by_role("button", name="Show these days").click()
    expect(owner.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(owner.page)


def looked_at(owner: Visitor, name: str) -> None:
    """Wide and at its narrowest, on light ground and on dark."""
    expect(owner.page.get_by_role("heading", name="Phone box: In the High Street")).to_be_visible()
    expect(owner.page.get_by_role("img").first).to_be_visible()
    for width, height in (DESKTOP, NARROWEST):
        owner.page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            owner.page.emulate_media(color_scheme=scheme)
            assert_accessible(owner.page)
            owner.screenshot(f"{name}-{width}-{scheme}")
        assert owner.page.evaluate("document.documentElement.scrollWidth") <= width
