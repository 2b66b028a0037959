"""On each page of the URL table the exit leads away: by mouse, by touch and by the keyboard, and without a script as a link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from helpline.web.context import EXIT_ADDRESS
from tests.parts.addresses import public_pages
from tests.parts.browser import Visit, Visitor
from tests.parts.examples import by_night
from tests.parts.leaving import click, shift_three_times, tap
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def follow_the_link(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").focus()
    page.keyboard.press("Enter")


# Where all ways but a click lead away by day: every kind of page that there is. By night they do on each page.
OF_EACH_KIND = ["/", "/write", "/inbox", "/confidential"]


def leaves(person: Visitor, leave: Callable[[Page], None], *, everywhere: bool) -> None:
    """Somewhere else stands in for the weather; to ask for it is what is tested."""
    person.context.route(EXIT_ADDRESS, lambda route: route.fulfill(body="<!doctype html><title>Weather</title>", content_type="text/html"))
    addresses = public_pages()
    assert set(OF_EACH_KIND) <= set(addresses)
    for address in addresses if by_night() else OF_EACH_KIND:
        person.page.goto(address)
        leave(person.page)
        expect(person.page).to_have_url(EXIT_ADDRESS)
    person.context.unroute(EXIT_ADDRESS)
    # By day the other pages ask for it, and the answer has nothing to show: to draw another site's page takes as long as their own.
    person.context.route(EXIT_ADDRESS, lambda route: route.fulfill(status=204))
    for address in [each for each in addresses if each not in OF_EACH_KIND] if everywhere and not by_night() else []:
        person.page.goto(address)
        with person.page.expect_request(EXIT_ADDRESS) as asked:
            leave(person.page)
        assert asked.value.is_navigation_request()
        assert asked.value.frame == person.page.main_frame
    person.requests[:] = [request for request in person.requests if request.url != EXIT_ADDRESS]


@pytest.mark.parametrize("way", [click, pytest.param(tap, marks=pytest.mark.night("by day by a click")), shift_three_times])
def test_it_leads_away(whole_site: WebServer, visit: Visit, way: Callable[[Page], None]) -> None:
    leaves(visit("somebody", has_touch=True), way, everywhere=way is click)


def test_it_leads_away_without_a_script(whole_site: WebServer, visit: Visit) -> None:
    leaves(visit("somebody", java_script_enabled=False), follow_the_link, everywhere=False)
