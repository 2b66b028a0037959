"""A flag is seen by every lead at once, open or locked; whoever raised it sees who opened it; and a colleague's note comes by itself."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from helpline.models import Account
from messaging.models import Conversation
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, said, sign_in, unfold
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def make_lead(person: DeskPerson) -> None:
    Account.objects.filter(pk=person.account.pk).update(role=Account.Role.LEAD)


def flag(visitor: Visitor, reason: str = "self-harm") -> None:
    unfold(visitor.page, "Flag to the lead")
    visitor.page.get_by_label("Why the lead should look at it").select_option(reason)
    visitor.page.get_by_role("button", name="Flag it to the lead").click()


def test_a_flag_is_in_the_leads_title_and_its_author_sees_who_opened_it(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("I do not know how to go on").given_to(people.ailsa.member)
    make_lead(people.bhavna)
    ailsa, lead = at_the_desk(visit, people.ailsa, PHONE), at_the_desk(visit, people.bhavna)
    open_first(ailsa.page, "Mine")
    flag(ailsa)
    said(ailsa.page, "The lead is being told now. You will see here when the lead opens the flag.")
    expect(ailsa.page.get_by_text("No lead has opened the flag yet.")).to_be_visible()
    expect(lead.page).to_have_title(re.compile(r"^\(1 flagged\) "), timeout=PATIENCE)
    line = lead.page.get_by_role("region", name="Flagged to the lead (1)").get_by_role("button")
    expect(line).to_contain_text("no lead has opened the flag yet")
    assert_accessible(lead.page)
    lead.screenshot("flag-unopened-1280")
    line.click()
    expect(lead.page.get_by_text("Bhavna has opened the flag, ")).to_have_count(2, timeout=PATIENCE)
    expect(lead.page).to_have_title(re.compile("^Conversations"))
    said(ailsa.page, "Bhavna has opened the flag, ")
    assert_accessible(ailsa.page)
    ailsa.screenshot("flag-opened-390")
    ailsa.page.get_by_role("button", name="Back to the lists").click()
    expect(ailsa.page.get_by_role("region", name="Mine").get_by_role("button")).to_contain_text("Bhavna has opened the flag, ")

    # What the lead writes is there within seconds, though the conversation was only left open.
    open_first(ailsa.page, "Mine")
    unfold(lead.page, "Notes for colleagues")
    lead.page.get_by_label("New note").fill("Ask where he is. I am ringing 999 now.")
    lead.page.get_by_role("button", name="Save the note").click()
    said(lead.page, "Note saved.")
    expect(lead.page.get_by_text("1 new", exact=True)).to_have_count(0)
    said(ailsa.page, "There is a new note from Bhavna.")
    expect(ailsa.page.get_by_text("I am ringing 999 now.")).to_be_visible()
    expect(ailsa.page.get_by_text("Notes for colleagues (1, 1 new)")).to_be_visible()
    assert_accessible(ailsa.page)
    ailsa.screenshot("note-new-390")

    # And where another conversation is open, the line says so.
    ailsa.page.get_by_role("button", name="Back to the lists").click()
    mine = ailsa.page.get_by_role("region", name="Mine").get_by_role("button")
    expect(mine).to_contain_text("1 note")
    lead.page.get_by_label("New note").fill("They are on their way.")
    lead.page.get_by_role("button", name="Save the note").click()
    expect(mine).to_contain_text("new note", timeout=PATIENCE)
    assert_accessible(ailsa.page)
    mine.click()
    expect(ailsa.page.get_by_text("Notes for colleagues (2, 1 new)")).to_be_visible(timeout=PATIENCE)


def test_a_flag_in_an_open_conversation_is_opened_by_a_press_alone(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Somebody is at the door").given_to(people.bhavna.member)
    make_lead(people.bhavna)
    lead = at_the_desk(visit, people.bhavna)
    open_first(lead.page, "Mine")
    at = now()
    flagged = {"flagged": True, "flag_reason": "young-person", "flagged_by": people.ailsa.member, "flag_told": 1, "flag_told_at": at}
    Conversation.objects.filter(pk=writer.conversation.pk).update(**flagged)
    said(lead.page, "Ailsa has flagged this to the lead: a young person may be in danger.")
    assert writer.conversation.flag_opened_at is None
    assert_accessible(lead.page)
    lead.page.get_by_role("button", name="I have seen the flag").focus()
    lead.page.keyboard.press("Enter")
    expect(lead.page.get_by_text("Bhavna has opened the flag, ").first).to_be_visible(timeout=PATIENCE)
    expect(lead.page.get_by_role("button", name="I have seen the flag")).to_have_count(0)
    expect(lead.page.locator("#conversation")).to_be_focused()
    assert writer.conversation.flag_opened_by == people.bhavna.member
    assert now() - at < timedelta(minutes=2)


def test_without_a_lead_the_author_is_told_whom_to_ring(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    ailsa = at_the_desk(visit, people.ailsa)
    open_first(ailsa.page, "Mine")
    flag(ailsa)
    said(ailsa.page, "there is no lead who could open it. Call Alex now. If someone is in danger now, call 999.")
    assert_accessible(ailsa.page)
    ailsa.screenshot("flag-no-lead-1280")
    # It is worse than was thought: another reason is a flag of its own.
    unfold(ailsa.page, "Flag")
    ailsa.page.get_by_label("Another reason").select_option("young-person")
    ailsa.page.get_by_role("button", name="Flag it for this reason").click()
    expect(ailsa.page.get_by_text("Flagged to the lead: a young person may be in danger.").first).to_be_visible(timeout=PATIENCE)


def test_a_locked_desk_goes_on_looking_and_says_how_many_wait(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("The first").given_to(people.bhavna.member)
    make_lead(people.bhavna)
    lead = visit("Bhavna", size=DESKTOP)
    sign_in(lead.page, people.bhavna)
    # Locked from the first moment: the session is enough.
    said(lead.page, "1 conversation is waiting for you.")
    expect(lead.page).to_have_title(re.compile(r"^\(1\) "))
    second = Writer(people).first("The second")
    said(lead.page, "1 conversation is waiting for you. 1 is waiting for any counsellor.")
    second.given_to(people.bhavna.member)
    expect(lead.page).to_have_title(re.compile(r"^\(2\) "), timeout=PATIENCE)
    third = Writer(people).first("The third").given_to(people.ailsa.member)
    Conversation.objects.filter(pk=third.conversation.pk).update(flagged=True, flag_reason="self-harm", flagged_by=people.ailsa.member)
    said(lead.page, "One flag is up that no lead has opened. 2 conversations are waiting for you.")
    expect(lead.page).to_have_title(re.compile(r"^\(2, 1 flagged\) "))
    assert_accessible(lead.page)
    lead.screenshot("locked-waits-1280")
    # What was typed meanwhile is not disturbed.
    lead.page.get_by_label("Passphrase of your vault").fill("half a passph")
    Writer(people).first("The fourth")
    said(lead.page, "1 is waiting for any counsellor.")
    expect(lead.page.get_by_label("Passphrase of your vault")).to_have_value("half a passph")


def test_a_desk_that_hears_nothing_says_so_and_why(people: People, web_server: WebServer, visit: Visit) -> None:
    lead = visit("Bhavna", size=DESKTOP)
    sign_in(lead.page, people.bhavna)
    said(lead.page, "Nobody is waiting.")
    lead.expects("ERR_FAILED|401")
    lists = "**/desk/api/conversations*"
    lead.page.route(lists, lambda route: route.abort())
    said(lead.page, "this page has not known who is waiting: the server does not answer. This page keeps trying.")
    expect(lead.page).to_have_title(re.compile(r"^\(\?\) "))
    lead.page.unroute(lists)
    said(lead.page, "Nobody is waiting.")
    expect(lead.page).to_have_title(re.compile("^Conversations"))
    # As after an update.
    lead.page.route(lists, lambda route: route.fulfill(json={"mine": []}))
    said(lead.page, "this page has not known who is waiting: this page is older than the server. Load it again.")
    lead.page.unroute(lists)
    lead.context.clear_cookies()
    said(lead.page, "this page has not known who is waiting: you have been signed out.")
    expect(lead.page).to_have_title(re.compile(r"^\(\?\) "))
    lead.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_accessible(lead.page)
    lead.screenshot("locked-deaf-390")
