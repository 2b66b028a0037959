"""Each page below /desk/ that the URL table has, for somebody who may see it: nothing for axe to find, nothing wider than the window."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from helpline.clock import now
from messaging.members.invite import invite_member
from tests.messaging.desk.roles.admins_rows import ADMINS_ROWS
from tests.messaging.desk.roles.table import ADMIN, COUNSELLOR, KEY_HOLDER, LEAD, NO_FACTOR, NOBODY, may
from tests.parts.browser import Visit, Visitor
from tests.parts.lights import EACH, FEW, LOOKS, NARROWEST, Looks, found_here, found_on
from tests.parts.web import WebServer
from tests.world.roles import World, routes

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
# Who is asked first whether they see a page there.
WHO = (ADMIN, LEAD, KEY_HOLDER, COUNSELLOR, NO_FACTOR, NOBODY)
ROWS = "desk/admin/"
API, FILES = "desk/api/", (".csv", ".json", "jsi18n/")
# Those that are looked at in the dark by day too: lists, forms, a plan, the status, and one of Django's forms, of all that there is below.
DARK_BY_DAY = {
    "desk/",
    "desk/account/security/",
    "desk/keys/",
    "desk/reports/",
    "desk/rota/",
    "desk/status/",
    "desk/admin/helpline/page/add/",
}
# Addresses that lead on to another, whoever of these asks: an admin's row to its form, its history to the page of changes.
LEADS_ON = {
    "desk/account/security/authenticate/",
    "desk/account/security/totp/activate/",
    "desk/account/security/webauthn/login/",
    "desk/account/security/webauthn/reauthenticate/",
    "desk/admin/login/",
    "desk/admin/logout/",
    "desk/admin/password_change/",
    "desk/heard/",  # For whom a lead must hear: test_someone_invited_again_is_heard_first.
    "desk/keys/requests/<int:request_id>/",
    *(f"desk/admin/{rows}/<path:object_id>/{then}" for rows in ADMINS_ROWS for then in ("", "history/")),
}


def browser_of(world: World, role: str, visit: Visit) -> Visitor:
    """Signed in as the role, and an admin so lately that nothing asks for the password again."""
    visitor = visit(role, size=NARROWEST)
    client = world.clients[role]
    cookies = [{"name": each.key, "value": each.value, "url": f"{settings.ORIGIN}/desk/"} for each in client.cookies.values()]
    visitor.context.add_cookies(cookies)  # type: ignore[arg-type]
    if role == ADMIN:
        visitor.page.goto("/desk/account/reauthenticate/")
        visitor.page.get_by_label("Password").fill("Ada crosses the Forth")
        visitor.page.get_by_role("button", name="Continue").click()
        expect(visitor.page.get_by_label("Password")).to_have_count(0)
        client.cookies.load({each["name"]: each["value"] for each in visitor.context.cookies()})
    return visitor


def looks_of_its_own(route: str) -> bool:
    """All but Django's lists and forms of rows, which have one template and one stylesheet: those of pages stand for the others."""
    return not route.startswith(ROWS) or route.startswith(f"{ROWS}helpline/page/")


def looks_at(route: str) -> Looks:
    """How the page is looked at."""
    if route in DARK_BY_DAY:
        return LOOKS
    return EACH if looks_of_its_own(route) else FEW


def seen(world: World, route: str, address: str) -> tuple[str, int] | None:
    """Who sees a page there, and its status; None where there is no page."""
    for role in WHO:
        if role in (may(route, "GET") or ()):
            answer = world.ask(role, "GET", address)
            if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code not in {301, 302, 405}:
                return role, answer.status_code
    return None


@pytest.mark.timeout(400)
@pytest.mark.long(90)
def test_nothing_is_found(web_server: WebServer, visit: Visit) -> None:
    world = World()
    visitors = {role: browser_of(world, role, visit) for role in WHO}
    found, without, looked = [], set(), 0
    for route in routes():
        address = world.address(route)
        if not may(route, "GET") or route.startswith(API) or route.endswith(FILES):
            continue
        page = seen(world, route, address)
        if page is None:
            without.add(route)
            continue
        role, status = page
        if status != 200:
            visitors[role].expects(f"{status}.*{address}")
        looked += 1
        if looks := looks_at(route):
            found += found_on(visitors[role].page, address, looks=looks)
            assert visitors[role].page.url == settings.ORIGIN + address
    found += states(world, visitors[NOBODY], visitors[ADMIN])
    assert not found, "\n".join(found)
    assert (without, looked > 80) == (LEADS_ON, True)
    assert set(routes()) >= DARK_BY_DAY


def states(world: World, nobody: Visitor, admin: Visitor) -> list[str]:
    """What no address alone shows: an invitation, the first error of a form, and a page that is for others."""
    link = invite_member(email="dora@helpline.example", name="Dora Deans", role="counsellor", display_name="Dora", at=now())
    found = found_on(nobody.page, link.address)
    nobody.page.goto("/desk/account/login/")
    nobody.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(nobody.page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(nobody.page.locator(".govuk-error-summary")).to_be_focused()
    found += found_here(nobody.page)
    admin.expects("403.*/desk/vault/")
    admin.page.goto("/desk/vault/")
    expect(admin.page.get_by_role("heading", name="This page is not for your account")).to_be_visible()
    return found + found_here(admin.page)
