"""Somebody leaves, in browsers: the admin's pages, and the key-holder's, who is asked for a new epoch until it is open."""

import re

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.keys.readers import readers_who_left
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, sign_in
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

PUSHED = "[...document.querySelectorAll('.desk-scroll')].filter(each => each.scrollWidth > each.clientWidth).length"


def look(visitor: Visitor, name: str) -> None:
    """At both sizes; no table there has to be pushed sideways."""
    for size in (PHONE, DESKTOP):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        assert_accessible(visitor.page)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        assert visitor.page.evaluate(PUSHED) == 0, name
        visitor.screenshot(f"life-{name}-{size[0]}")


def test_from_leaving_to_the_new_epoch(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("To Bhavna").given_to(people.bhavna.member)
    bhavna, admin, ailsa = visit("Bhavna", size=DESKTOP), visit("Alex", size=DESKTOP), visit("Ailsa", size=DESKTOP)
    sign_in(bhavna.page, people.bhavna, "/desk/keys/")
    sign_in(admin.page, people.admin, "/desk/people/")
    look(admin, "people")
    admin.page.get_by_role("link", name=re.compile("Leaves the helpline.*Bhavna")).click()
    expect(admin.page.get_by_text("1 open conversation waits again")).to_be_visible()
    look(admin, "leave")
    admin.page.get_by_role("button", name="Bhavna has left").click()
    expect(admin.page.get_by_role("heading", name="Open a new epoch now")).to_be_visible()
    look(admin, "keys-owed-admin")
    admin.page.get_by_text("Passphrase lost by Ailsa").click()
    admin.page.get_by_role("button", name="Propose to delete Ailsa's vault").click()
    expect(admin.page.get_by_label("To delete it anyway, enter the name Ailsa")).to_be_visible()
    look(admin, "forget-the-last")
    admin.page.get_by_label("To delete it anyway, enter the name Ailsa").fill("Ailsa")
    admin.page.get_by_role("button", name="Propose to delete the vault").click()
    expect(admin.page.get_by_role("heading", name="Delete a vault: Ailsa")).to_be_visible()
    look(admin, "waiting")
    admin.page.get_by_role("button", name=re.compile("^Stop it.*Ailsa$")).click()
    expect(admin.page.get_by_text("It is stopped, and will not be done.")).to_be_visible()
    admin.page.goto("/desk/hours/")
    look(admin, "hours")
    admin.page.get_by_role("button", name="Close", exact=True).click()
    expect(admin.page.get_by_text("Enter the reason. People read it.").first).to_be_visible()
    look(admin, "hours-wrong")
    admin.page.goto("/desk/audit/")
    expect(admin.page.get_by_text("recorded as having left")).to_be_visible()
    look(admin, "audit")
    bhavna.page.goto("/desk/keys/")
    expect(bhavna.page).to_have_url(f"{people.site.origin}/desk/account/login/?next=/desk/keys/")

    page = ailsa.page
    sign_in(page, people.ailsa, "/desk/keys/")
    look(ailsa, "keys-owed-key-holder")
    page.get_by_label("Passphrase of your vault").fill(people.ailsa.passphrase, timeout=PATIENCE)
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.get_by_role("button", name="Open the epoch").click(timeout=PATIENCE)
    expect(page.get_by_text("Epoch 2 waits to be confirmed.").first).to_be_visible(timeout=PATIENCE)
    look(ailsa, "keys-waiting")
    # Only Ailsa is left on it, so the root's keepers say yes.
    people.confirm(None)
    page.reload()
    expect(page.get_by_role("heading", name="Open a new epoch now")).to_have_count(0, timeout=PATIENCE)
    assert readers_who_left(at=now()) == []
    look(ailsa, "keys-after")
    page.goto("/desk/account/security/")
    look(ailsa, "account")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.goto("/desk/keys/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
