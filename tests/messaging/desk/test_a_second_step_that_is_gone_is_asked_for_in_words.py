"""A desk that is open while the account loses its second step says what to do, with the way there; nobody is told to sign in again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, reply, said, sign_in_by_hand, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_the_open_desk_says_it_and_leads_there(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("I am worried").given_to(people.ailsa.member)
    counsellor = visit("Ailsa", size=DESKTOP)
    counsellor.expects("403")
    page = counsellor.page
    sign_in_by_hand(page, people.ailsa)
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    page.get_by_label("Your reply").fill("What I had begun")
    Authenticator.objects.all().delete()

    said(page, "your sign-in no longer has a second step")
    link = page.get_by_role("status").get_by_role("link", name="Set up a second step (opens a new tab)")
    expect(link).to_be_visible(timeout=PATIENCE)
    assert link.get_attribute("href") == reverse("mfa_index")
    assert page.get_by_text("You have been signed out").count() == 0
    assert_accessible(page)

    reply(page, "What I had begun")
    said(page, "Your reply was not sent: your sign-in no longer has a second step")
    assert page.get_by_label("Your reply").input_value() == "What I had begun"

    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value).to_have_url(re.compile(re.escape(reverse("mfa_index")) + "$"))
