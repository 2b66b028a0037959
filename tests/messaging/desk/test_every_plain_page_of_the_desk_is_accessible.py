"""Sign-in, account, staff, keys, invitation and Django's admin: no axe violation, wide and narrow, and nothing refused by the policy."""

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.operations.invite import invite
from tests.messaging.desk.browser import sign_in
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.people import People
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
OPEN = ["/desk/account/login/", "/desk/account/signup/", "/desk/account/inactive/"]
ADMINS = [
    "/desk/people/",
    "/desk/keys/",
    "/desk/audit/",
    "/desk/admin/",
    "/desk/admin/messaging/deskmember/",
    "/desk/admin/messaging/certificate/",
]
ACCOUNT = [
    "/desk/account/security/",
    "/desk/account/security/webauthn/",
    "/desk/account/security/webauthn/add/",
    "/desk/account/security/totp/deactivate/",
    "/desk/account/security/recovery-codes/generate/",
    "/desk/account/password/",
    "/desk/account/logout/",
]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "narrow"])
def test_without_an_account(people: People, web_server: WebServer, visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit("somebody", size=size)
    visitor.expects("410")
    link = invite(email="dora@helpline.example", name="Dora Deans", role="counsellor", display_name="Dora", at=now())
    for address in [*OPEN, link.address, "/desk/invitation/nonsense/"]:
        visitor.page.goto(address)
        assert_accessible(visitor.page)
    visitor.page.goto(OPEN[0])
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(visitor.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(visitor.page.locator("[data-focus-first]")).to_be_focused()
    assert_accessible(visitor.page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "narrow"])
def test_as_an_admin(people: People, web_server: WebServer, visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit("Alex", size=size)
    visitor.expects("403")
    page = visitor.page
    sign_in(page, people.admin, "/desk/people/")
    for address in ADMINS:
        page.goto(address)
        assert_accessible(page)
    page.goto("/desk/account/reauthenticate/")
    assert_accessible(page)
    page.get_by_label("Password").fill(people.admin.password)
    page.get_by_role("button", name="Go on").click()
    for address in ACCOUNT:
        page.goto(address)
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], f"{address} is {width} wide"
    page.goto("/desk/vault/")
    expect(page.get_by_role("heading", name="This page is not for your account")).to_be_visible()
    assert_accessible(page)
