"""What tests/parts/derived.py keeps by day is found under the same words alone, and opens what it opened before."""

import pytest
from playwright.sync_api import expect

from messaging.protocol.peer import make_words
from tests.parts.browser import Visit
from tests.parts.derived import DERIVED
from tests.parts.examples import by_night
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "I am worried about my brother"


@pytest.mark.night("it is about the tests themselves; by day words that open nothing open nothing, with such keys too")
def test_the_same_words_open_and_others_do_not(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first(TEXT)
    for name in ("the person", "the person, later"):
        page = visit(name).page
        open_inbox(page, writer.words)
        expect(page.locator("#thread").get_by_text(TEXT)).to_be_visible(timeout=PATIENCE)
        assert DERIVED or by_night()
    other = visit("somebody else")
    other.expects("401|403|404")
    other.page.goto("/inbox")
    other.page.locator("#open-words").fill(" ".join(make_words()))
    other.page.locator("#open-form").get_by_role("button", name="Open").click()
    expect(other.page.locator("#open-form .govuk-error-summary")).to_be_visible(timeout=PATIENCE)
    assert TEXT not in other.page.content()
