"""Under load the page says in words that sending takes a few seconds, asks for nothing, and sends: the first message and a later one."""

import urllib.request
from collections.abc import Generator

import pytest
from playwright.sync_api import expect

from messaging.models import Envelope, SpentChallenge
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.environment import Installation
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, begin_to_write, open_inbox, send_first, unseen

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TOKEN = "m" * 32


@pytest.fixture
def under_load(installation: Installation, redis_server: Redis, loaded_web_server: WebServer) -> Generator[WebServer]:
    """A web server for which every message is one too many."""
    loaded_web_server.stop()
    server = WebServer(installation, HELPLINE_FLOOD_FROM="1", HELPLINE_METRICS_TOKEN=TOKEN)
    server.run()
    yield server
    server.stop()


def test_a_person_still_sends_under_load(people: People, under_load: WebServer, visit: Visit) -> None:
    visitor = visit("the person")
    visitor.expects("429")
    page = visitor.page
    # What the page's status said, in turn: a screen reader reads out the same.
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => { window.said = [];
        for (const place of document.querySelectorAll("[role=status][data-part=status]"))
          new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true }); });"""
    )
    begin_to_write(visitor, unseen)
    words = send_first(page, "I am worried")
    assert any("You do not need to do anything." in said for said in page.evaluate("window.said"))
    assert_accessible(page)
    open_inbox(page, words)
    page.locator("#answer-text").fill("Are you there?")
    page.locator("#answer-form [data-part=send]").click()
    expect(page.locator("#news")).to_contain_text("Your message has been sent.", timeout=PATIENCE)
    assert Envelope.objects.count() == 2
    assert SpentChallenge.objects.count() >= 2
    asked = urllib.request.Request(f"{under_load.origin}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310 - our own origin
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
        figures = answer.read().decode()
    # Of both web processes together: one was asked for each, and the same bytes again with work.
    assert 'helpline_requests_total{route="api:messages",status="4xx"} 1.0' in figures
    assert 'helpline_requests_total{route="api:messages",status="2xx"} 1.0' in figures
