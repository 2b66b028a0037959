"""A page of a release that names a later epoch than the server tells: it says so in words, and neither shows nor sends anything (N10)."""

import base64
import hashlib
import re

import pytest
from playwright.sync_api import Page, Route, expect

from helpline.web.installation_script import PATH, InstallationScript
from messaging.installation import installation_root_key
from messaging.models import Epoch
from messaging.protocol.wire import NamedStatement, Statement
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
SAID = "The helpline’s server gave keys that are no longer in use."
TEXT = "I am worried about what I do at night"


def current() -> NamedStatement:
    return NamedStatement.of(Statement.parse(Epoch.objects.get().statement))


def of_release(page: Page, newest: NamedStatement) -> None:
    """From now on the browser is given the pages as a release has them that names this epoch."""
    script = InstallationScript(installation_root_key(), newest=newest.text).script
    integrity = "sha384-" + base64.b64encode(hashlib.sha384(script).digest()).decode()

    def with_its_hash(route: Route) -> None:
        answer = route.fetch()
        html = re.sub(rf'({re.escape(PATH)}" integrity=")[^"]*', rf"\g<1>{integrity}", answer.text())
        route.fulfill(response=answer, body=html)

    def if_a_page(route: Route) -> None:
        with_its_hash(route) if route.request.is_navigation_request() else route.fallback()

    page.route(re.compile(r"/(write|inbox)$"), if_a_page)
    page.route(f"**{PATH}", lambda route: route.fulfill(body=script, content_type="text/javascript"))


def test_nobody_is_asked_to_write_under_keys_that_are_over(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    of_release(person.page, NamedStatement(current().number + 1, bytes(32)))
    person.page.goto("/write")
    expect(person.page.get_by_text(SAID)).to_be_visible(timeout=PATIENCE)
    expect(person.page.locator("#agree")).to_be_hidden()
    assert_accessible(person.page)


@pytest.mark.night("by day nobody is asked to write under such keys")
def test_nor_is_a_conversation_shown(people: People, web_server: WebServer, visit: Visit) -> None:
    made = Writer(people).first(TEXT)
    person = visit("the person")
    of_release(person.page, NamedStatement(current().number, bytes(32)))
    person.page.goto("/inbox")
    person.page.get_by_label("Your eight words").fill(" ".join(made.words))
    person.page.get_by_role("button", name="Open", exact=True).click()
    # In the summary, and beside the field.
    expect(person.page.get_by_text(SAID).first).to_be_visible(timeout=PATIENCE)
    assert person.page.get_by_text(TEXT).count() == 0
    assert_accessible(person.page)


@pytest.mark.night("by day nobody is asked to write under such keys")
def test_where_the_epochs_go_on_from_it_all_is_well(people: People, web_server: WebServer, visit: Visit) -> None:
    made = Writer(people).first(TEXT)
    person = visit("the person")
    of_release(person.page, current())
    person.page.goto("/write")
    expect(person.page.locator("#agree")).to_be_visible(timeout=PATIENCE)
    open_inbox(person.page, made.words)
    expect(person.page.locator("#thread").get_by_text(TEXT)).to_be_visible(timeout=PATIENCE)
    asked = {request.url.partition("/api/v1/")[2] for request in person.requests if request.method == "GET" and "/api/v1/" in request.url}
    assert {f"desk?from={current().number}", f"inbox?from={current().number}"} <= asked
