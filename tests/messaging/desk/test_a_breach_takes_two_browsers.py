"""One proposes in her browser, a lead reads the very same text in another and agrees; only then is there one. The server read none."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from helpline.models import Account
from messaging.models import Disclosure
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, reply, said, unfold
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.traffic, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

FIRST, SECOND = "My name is Robin Example.\nMessage 9 from the person, 2026-01-01", "I am alone with him tonight."
UNSAID = "We had soup."


def text_of(page: Page, name: str) -> str:
    return page.get_by_role("region", name=name).inner_text()


def proposes(page: Page) -> None:
    """Every field in turn is asked for; then the text that would leave is there."""
    press = page.get_by_role("button", name="Propose it to a lead")
    press.click()
    expect(page.get_by_text("Choose the reason for sharing.")).to_be_visible()
    page.get_by_label("Reason for sharing").select_option("harm-child")
    page.get_by_label("Who would receive it").select_option("police")
    press.click()
    expect(page.get_by_text("Enter the office or team, in one short line.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Which office or team").fill("public protection, Leith")
    page.get_by_label("Will the person be told?").select_option("told")
    press.click()
    said(page, "Choose at least one message to share.")
    for number in (1, 3):
        page.get_by_label(f"Message {number} from the person").check()
    press.click()
    expect(page.get_by_label("Why you think so")).to_have_accessible_description(re.compile(r"^Error:\s+Enter why you think so\."))
    page.get_by_label("Why you think so").fill("Robin names himself, and a child is there.")


def fills(page: Page) -> None:
    """The same once more, in a form of its own."""
    page.get_by_label("Reason for sharing").select_option("harm-child")
    page.get_by_label("Who would receive it").select_option("police")
    page.get_by_label("Which office or team").fill("public protection, Leith")
    page.get_by_label("Will the person be told?").select_option("told")
    for number in (1, 3):
        page.get_by_label(f"Message {number} from the person").check()
    page.get_by_label("Why you think so").fill("Robin names himself, and a child is there.")


def changed(route: Route) -> None:
    """A server that cheats: it says another reason than the one that was proposed."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('"harm-child"', '"harm-self"'))


def refuses_what_was_altered(lead: Visitor) -> None:
    """No text and no agreement is offered; refusing is."""
    page = lead.page
    page.route("**/disclosures", changed)
    page.get_by_role("region", name="Disclosures (1)").get_by_role("button").click(timeout=PATIENCE)
    expect(page.get_by_text("This proposal fails its checks here")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Agree to share this")).to_have_count(0)
    expect(page.get_by_role("region", name="The text that would be shared")).to_have_count(0)
    lead.screenshot("desk-disclosure-altered-1280")
    assert_accessible(page)
    page.get_by_label("Why you agree or refuse").fill("It does not hold.")
    page.get_by_role("button", name="Refuse").click()
    said(page, "You have refused.")
    page.unroute_all(behavior="wait")


def test_two_browsers_and_one_text(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first(FIRST)
    writer.again(UNSAID)
    writer.again(SECOND)
    writer.given_to(people.bhavna.member)
    bhavna = at_the_desk(visit, people.bhavna, PHONE)
    page = bhavna.page
    open_first(page, "Mine")
    unfold(page, "Break confidentiality")
    alone = page.get_by_text("Nobody can decide on this now")
    expect(alone).to_be_visible(timeout=PATIENCE)
    bhavna.screenshot("desk-disclosure-alone-390")
    assert_accessible(page)
    Account.objects.filter(pk=people.ailsa.account.pk).update(role=Account.Role.LEAD)
    lead = at_the_desk(visit, people.ailsa)
    for _ in range(2):
        page.locator("[data-action=disclose] > summary").click()
    expect(alone).to_have_count(0, timeout=PATIENCE)
    proposes(page)
    proposed = text_of(page, "The text that would be shared")
    assert all(words in proposed for words in ("> Message 9 from the person", SECOND))
    assert UNSAID not in proposed
    bhavna.screenshot("desk-disclosure-proposed-390")
    assert_accessible(page)
    page.get_by_role("button", name="Propose it to a lead").click()
    said(page, "You have proposed it.")

    # Whoever has to decide reads it in the title, from whatever other tab.
    expect(lead.page).to_have_title(re.compile(r"^\(1 to decide\) "), timeout=PATIENCE)
    refuses_what_was_altered(lead)
    expect(lead.page).not_to_have_title(re.compile("to decide"), timeout=PATIENCE)
    expect(page.get_by_text("Ailsa refused: It does not hold.")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Propose another").click()
    fills(page)
    page.get_by_role("button", name="Propose it to a lead").click()
    said(page, "You have proposed it.")

    other = lead.page
    expect(other.get_by_role("button", name="Agree to share this")).to_be_visible(timeout=PATIENCE)
    assert text_of(other, "The text that would be shared") == proposed
    other.get_by_role("button", name="Agree to share this").click()
    why = other.get_by_label("Why you agree or refuse")
    expect(why).to_have_accessible_description(re.compile(r"^Error:\s+Enter why you agree or refuse\."))
    why.fill("Both are there.")
    lead.screenshot("desk-disclosure-decided-1280")
    assert_accessible(other)
    other.get_by_role("button", name="Agree to share this").click()
    said(other, "You have agreed.")
    expect(other.get_by_role("button", name="Make the text now")).to_have_count(0)

    # The proposer's page hears of it by itself; the person is told before there is a text.
    expect(page.get_by_text("Ailsa agreed: Both are there.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Make the text now")).to_have_count(0)
    page.get_by_role("button", name="Put a draft into the reply").click()
    reply(page, page.get_by_label("Your reply").input_value())
    said(page, "Sent, and signed as Bhavna.")
    assert "tell the police" in writer.reads()[-1][0]
    make = page.get_by_role("button", name="Make the text now")
    expect(make).to_be_visible(timeout=PATIENCE)
    make.click()
    said(page, "The text is below.")
    assert text_of(page, "The text that is shared") == proposed
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    bhavna.screenshot("desk-disclosure-leaves-390")
    assert_accessible(page)
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().strip() == proposed.strip()
    bhavna.screenshot("desk-disclosure-paper")
    page.emulate_media(media="screen")
    expect(other.get_by_text("carried out by Bhavna.")).to_be_visible(timeout=PATIENCE)

    other.goto("/desk/disclosures/")
    expect(other.get_by_role("row").filter(has_text="Bhavna")).to_have_count(3)
    expect(other.get_by_role("row").filter(has_text="1, 3 from the person")).to_have_count(5)
    lead.screenshot("desk-disclosures-1280")
    other.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lead.screenshot("desk-disclosures-390")
    assert_accessible(other)
    row = Disclosure.objects.latest("pk")
    assert (row.state, row.carried_by) == ("disclosed", people.bhavna.member)
    for visitor in (bhavna, lead):
        sent = visitor.traffic()
        for words in (FIRST[:20], SECOND, "Robin", "Leith", "Both are there"):
            assert words.encode() not in sent
