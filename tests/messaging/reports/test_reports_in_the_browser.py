"""The lead's reports in Chromium, with the demonstration's half year and with nothing: read by anybody, in any light, at any width."""

import pytest

from config.demo.sums import seed_sums
from helpline.clock import now
from helpline.models import Account
from tests.messaging.reports.week import PAGE
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.examples import by_night
from tests.parts.web import WebServer
from tests.world.browser import sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
NARROWEST, WIDEST = (320, 640), (1280, 800)
# Where axe looks by day; how wide the page is is measured in every light.
BY_DAY = {(NARROWEST, "light"), (WIDEST, "dark")}


@pytest.fixture(autouse=True)
def clock() -> None:
    """Today: the web server is a process with a clock of its own."""


def test_with_half_a_year_and_with_nothing(people: People, web_server: WebServer, visit: Visit) -> None:
    lead = people.bhavna
    Account.objects.filter(pk=lead.account.pk).update(role=Account.Role.LEAD)
    visitor = visit("Bhavna", size=DESKTOP)
    page = visitor.page
    sign_in(page, lead, PAGE)
    assert page.get_by_text("Nobody was answered in this time.").count() == 2
    assert page.get_by_text("No number has come to five.").count() == 5
    assert_accessible(page)
    for name, size in (("wide", DESKTOP), ("narrow", PHONE)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.screenshot(f"reports-empty-{name}")
    page.goto(f"{PAGE}?first={now():%Y-%m-%d}&last={now():%Y-%m-%d}")
    assert page.get_by_text("there is nothing to report").count() == 1
    assert_accessible(page)
    visitor.screenshot("reports-nothing-narrow")
    seed_sums([people.ailsa.member, lead.member], at=now())
    for size in (NARROWEST, WIDEST):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for light in ("light", "dark", "forced"):
            page.emulate_media(color_scheme="dark" if light == "dark" else "light", forced_colors="active" if light == "forced" else "none")
            page.goto(PAGE)
            if by_night() or (size, light) in BY_DAY:
                assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            visitor.screenshot(f"reports-{light}-{size[0]}")
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.screenshot("reports-light-390")
