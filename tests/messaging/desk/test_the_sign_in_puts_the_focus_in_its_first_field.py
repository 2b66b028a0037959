"""Signing in needs no mouse: the focus starts in the first field, and on the errors when there are some."""

import pytest
from playwright.sync_api import expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.web import WebServer
from tests.world.signing_in import LOGIN
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_both_steps_start_in_their_first_field(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("Ailsa", size=DESKTOP).page
    page.goto(LOGIN)
    expect(page.get_by_label("Email address")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type(people.ailsa.account.email)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("Email address").fill(people.ailsa.account.email)
    page.get_by_label("Password", exact=True).fill(people.ailsa.password)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    assert_accessible(page)
