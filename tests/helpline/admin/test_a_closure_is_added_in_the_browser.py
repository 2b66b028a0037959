"""The admin's own scripts work under the policy: calendar and clock fill a closure in, and what is wrong is told beside its field."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, Closure, Organisation
from tests.helpline.admin.signed_in import sign_in
from tests.parts.axe import violations
from tests.parts.browser import DESKTOP, Visitor
from tests.parts.web import WebServer
from tests.world.instants import utc


def test_a_closure_is_added_in_the_browser(web_server: WebServer, visit: Callable[..., Visitor]) -> None:
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")
    set_opening_week(channel="phone", week={0: [Hours(540, 1020)]})
    cookie = sign_in(Account.objects.create(email="ada@helpline.example", name="Ada", role="admin")).cookies[settings.SESSION_COOKIE_NAME]
    ada = visit("the admin", size=DESKTOP)
    ada.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{web_server.origin}/desk/"}])
    page = ada.page
    page.goto(reverse("admin:helpline_closure_add"))
    page.get_by_label("Reason").fill("Moving house")
    for field, time in (("starts_at", "16:00"), ("ends_at", "15:00")):
        page.locator(f"#id_{field}_0").fill("2026-06-15")
        page.locator(f"#id_{field}_1").fill(time)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The end must come after the start.").wait_for()
    assert violations(page) == []
    # The clock beside the field, which a script of the admin's puts there, offers noon; one hour more is typed.
    page.locator("#id_starts_at_1").clear()
    page.get_by_title("Choose a Time").or_(page.locator("#clocklink0")).first.click()
    page.get_by_role("link", name="Noon").or_(page.get_by_role("button", name="Noon")).first.click()
    assert page.locator("#id_starts_at_1").input_value().startswith("12:00")
    page.locator("#id_starts_at_1").fill("13:00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was added successfully").wait_for()
    ada.screenshot("admin-closures")
    assert Closure.objects.filter(starts_at=utc("2026-06-15 12:00"), ends_at=utc("2026-06-15 14:00"), reason="Moving house").exists()
    for name in ("openinginterval", "specialday", "campaign"):
        page.goto(reverse(f"admin:helpline_{name}_add"))
        assert violations(page) == [], name
