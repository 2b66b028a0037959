"""A flag goes to the lead with a reason in fixed words; the lead takes over, the counsellor sees where it went, and abuse is blocked."""

import pytest
from playwright.sync_api import expect

from helpline.models import Account
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, said, unfold
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_flag_take_over_and_block(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)
    ailsa, lead = at_the_desk(visit, people.ailsa, PHONE), at_the_desk(visit, people.bhavna)
    page = ailsa.page
    open_first(page, "Mine")
    expect(page.get_by_text("Take over", exact=True)).to_have_count(0)
    unfold(page, "Flag to the lead")
    page.get_by_role("button", name="Flag it to the lead").click()
    expect(page.get_by_text("Choose a reason.")).to_be_visible()
    page.get_by_label("Why the lead should look at it").select_option("self-harm")
    assert_accessible(page)
    # A long reason makes the page no wider than the phone.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("button", name="Flag it to the lead").click()
    said(page, "The lead is being told now. You will see here when the lead opens the flag.")
    ailsa.screenshot("desk-flagged-390")

    page = lead.page
    flagged = page.get_by_role("region", name="Flagged to the lead (1)")
    expect(flagged.get_by_role("button")).to_contain_text("the person may harm themselves", timeout=PATIENCE)
    expect(flagged.get_by_role("button")).to_contain_text("with Ailsa")
    flagged.get_by_role("button").click()
    expect(page.get_by_role("list", name="Messages")).to_be_visible(timeout=PATIENCE)
    unfold(page, "Take over")
    lead.screenshot("desk-lead-1280")
    assert_accessible(page)
    page.get_by_role("button", name="Take over this conversation").click()
    said(page, "You have this conversation now.")
    unfold(page, "Block after abuse")
    page.get_by_label("How long for").select_option("3")
    assert_accessible(page)
    page.get_by_role("button", name="Block writing").click()
    said(page, "The person cannot write for now. Their page tells them until when.")
    assert writer.conversation.blocked_until is not None

    expect(ailsa.page.get_by_text("Bhavna has this conversation.")).to_be_visible(timeout=PATIENCE)
    ailsa.page.get_by_role("button", name="Back to the lists").click()
    ailsa.page.locator("[data-fold=passed] summary").click()
    expect(ailsa.page.get_by_text("Bhavna has it now")).to_be_visible()
    assert_accessible(ailsa.page)
