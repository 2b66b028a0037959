"""The picture before saving, in a browser: without a script, on the smallest phone, in the dark, by keyboard, with no violation of axe."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, OpeningInterval, Organisation
from tests.helpline.admin.signed_in import sign_in
from tests.parts.axe import violations
from tests.parts.browser import DESKTOP, Visitor
from tests.parts.examples import by_night
from tests.parts.web import WebServer

EVERY_LIGHT = (("light", DESKTOP), ("dark", (320, 640)), ("dark", DESKTOP), ("light", (320, 640)))
# By day each light and each width once.
LIGHTS = EVERY_LIGHT if by_night() else EVERY_LIGHT[:2]


@pytest.fixture
def cookie(web_server: WebServer) -> dict[str, str]:
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")
    for channel in ("phone", "messages"):
        set_opening_week(channel=channel, week={weekday: [Hours(540, 1020)] for weekday in range(5)})
    morsel = sign_in(Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")).cookies[settings.SESSION_COOKIE_NAME]
    return {"name": morsel.key, "value": morsel.value, "url": f"{web_server.origin}/desk/"}


@pytest.mark.night("by day its sums and its forms are tried without a browser")
def test_seen_then_saved_without_a_script(cookie: dict[str, str], visit: Callable[..., Visitor]) -> None:
    ada = visit("the admin", size=(320, 640), color_scheme="dark", java_script_enabled=False)
    ada.context.add_cookies([cookie])  # type: ignore[list-item]
    page = ada.page
    page.goto(reverse("admin:helpline_openinginterval_add"))
    page.get_by_label("Channel").select_option("Phone")
    page.get_by_label("Weekday").select_option("Saturday")
    page.get_by_label("Opens").fill("10:00")
    page.get_by_label("Closes").fill("14:00")
    page.get_by_role("button", name="Show the next eight weeks").press("Enter")
    assert page.url.endswith("#outlook")
    assert "10am to 2pm instead of closed" in page.get_by_role("region", name="The next eight weeks, if you save this").inner_text()
    ada.screenshot("admin-eight-weeks-320-dark")
    assert not OpeningInterval.objects.filter(weekday=5).exists()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_text("was added successfully").wait_for()
    assert OpeningInterval.objects.get(weekday=5).closes == 14 * 60


@pytest.mark.night("by day its sums and its forms are tried without a browser")
def test_no_violation_in_light_and_dark_wide_and_narrow(cookie: dict[str, str], visit: Callable[..., Visitor]) -> None:
    for scheme, size in LIGHTS:
        ada = visit("the admin", size=size, color_scheme=scheme)
        ada.context.add_cookies([cookie])  # type: ignore[list-item]
        page = ada.page
        page.goto(reverse("admin:helpline_specialday_add"))
        page.get_by_label("Channel").select_option("Messages")
        page.locator("#id_date").fill("2030-01-02")
        page.get_by_label("Name").fill("A day far away")
        page.get_by_role("button", name="Show the next eight weeks").click()
        page.get_by_text("Nothing changes in the next eight weeks.").wait_for()
        friday = OpeningInterval.objects.get(channel="phone", weekday=4)
        page.goto(reverse("admin:helpline_openinginterval_change", args=[friday.pk]))
        page.get_by_label("Closes").fill("16:00")
        page.get_by_role("button", name="Show the next eight weeks").click()
        page.get_by_text("Phone: 9am to 4pm instead of 9am to 5pm").wait_for()
        ada.screenshot(f"admin-eight-weeks-{size[0]}-{scheme}")
        assert violations(page) == [], (scheme, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        ada.close()
