"""A colleague with the server's help writes in a person's name: every page but the colleague's says so, and stops nothing (P10, §4.6)."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from helpline.clock import now
from helpline.models import Account
from messaging.conversations.append import add_envelope_rows, lock_conversation
from messaging.desk.open_conversation import open_conversation
from messaging.protocol.days import day_of
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from messaging.protocol.peer import plaintext, read_as_desk
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.tags import TagContext, tag_key
from messaging.protocol.wire import Envelope
from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import at_the_desk, open_first, reply, said, unfold
from tests.world.staff import DeskPerson, People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TRUE, FORGED = "My name is Robin Example.", "I did it to my niece last night."
FAILED = "[not vouched for: a check that the person wrote this message failed]"


def forges(people: People, rogue: DeskPerson, writer: Writer) -> None:
    """What a counsellor can seal in the person's name, with the one tag that she can make: her own; and a row that no request made."""
    at, opened = now(), people.desk_of(rogue)
    thread = read_as_desk(people.site, opened, open_conversation(rogue.member, writer.conversation_id, at=at), day_of(at))
    chain, opening = thread.chains[FROM_PERSON], next(iter(thread.openings.values()))
    said_so: dict[str, Any] = {"type": "text", "text": FORGED}
    padded = plaintext.write_plaintext(said_so, thread.newest(FROM_DESK), FROM_PERSON, chain.next)
    place = EnvelopePlace(
        thread.answer.conversation, FROM_PERSON, opening.opening.epoch, opening.opening.opening_hash, chain.next, chain.previous
    )
    statement, own = thread.statements[opening.opening.epoch], opened.certificate
    assert own is not None
    key = tag_key(
        TagContext(people.site, place.conversation, statement), opened.counsellor.tag_seed, writer.inbox.tag_public, own.certificate_id
    )
    keys = [key if each == own.certificate_id else None for each in statement.roster]
    with transaction.atomic():
        conversation = lock_conversation(conversation_id=writer.conversation_id)
        assert conversation is not None
        add_envelope_rows(conversation, None, Envelope.parse(seal_envelope(people.site, opening.secret, place, padded, None, keys)), at=at)
        conversation.save()


@pytest.fixture
def writer(people: People, web_server: WebServer) -> Writer:
    writer = Writer(people).first(TRUE)
    answers(people, people.bhavna, writer, "Thank you for telling us.")
    forges(people, people.bhavna, writer)
    return writer.given_to(people.ailsa.member)


def test_the_person_is_told_what_stands_in_their_name_and_whom_to_tell(people: People, writer: Writer, visit: Visit) -> None:
    person = visit("the person", size=PHONE)
    open_inbox(person.page, writer.words)
    messages = person.page.locator("#thread .message--mine")
    expect(messages.filter(has_text=FORGED)).to_contain_text("In your name", timeout=PATIENCE)
    expect(messages.filter(has_text=TRUE)).to_contain_text("You")
    expect(person.page.locator("#thread .message--warning")).to_contain_text("If you did not write it, write and tell us, or call us.")
    assert_accessible(person.page)
    person.screenshot("in-your-name-person-390")


def test_a_counsellor_is_told_answers_all_the_same_and_the_text_that_would_leave_says_it(
    people: People, writer: Writer, visit: Visit
) -> None:
    ailsa = at_the_desk(visit, people.ailsa)
    page = ailsa.page
    open_first(page, "Mine")
    warning = page.locator("[data-warning=not-vouched]")
    expect(warning).to_contain_text("Do not act on it alone. Tell your lead", timeout=PATIENCE)
    expect(page.locator(".desk-bubble").filter(has_text=FORGED)).to_contain_text("In the person’s name")
    assert_accessible(page)
    ailsa.screenshot("not-vouched-desk-1280")
    unfold(page, "Break confidentiality")
    page.get_by_label("Reason for sharing").select_option("harm-child")
    page.get_by_label("Who would receive it").select_option("police")
    page.get_by_label("Which office or team").fill("public protection, Leith")
    page.get_by_label("Message 1 from the person").check()
    page.get_by_label("Message 2 in the person’s name (your check failed)").check()
    text = page.get_by_role("region", name="The text that would be shared").inner_text()
    assert text.count(FAILED) == 1
    assert text.index(TRUE) < text.index(FAILED) < text.index(FORGED)
    assert_accessible(page)
    ailsa.screenshot("not-vouched-propose-1280")
    page.get_by_label("I have read the warnings above").check()
    reply(page, "Did you write the last message?")
    said(page, "Sent, and signed as Ailsa.")
    assert writer.conversation.sent == 2


@pytest.mark.night("by day the person and a counsellor are told")
def test_who_forged_it_is_not_warned_and_a_colleagues_page_warns_of_what_they_propose(people: People, writer: Writer, visit: Visit) -> None:
    """Bhavna proposes what she forged; Ailsa, who decides, is told that her own check failed, and so is whoever gets the text."""
    Account.objects.filter(pk=people.ailsa.account.pk).update(role=Account.Role.LEAD)
    writer.given_to(people.bhavna.member)
    page = at_the_desk(visit, people.bhavna, PHONE).page
    open_first(page, "Mine")
    unfold(page, "Break confidentiality")
    page.get_by_label("Reason for sharing").select_option("harm-child")
    page.get_by_label("Who would receive it").select_option("police")
    page.get_by_label("Which office or team").fill("public protection, Leith")
    page.get_by_label("Will the person be told?").select_option("risk")
    page.get_by_label("Message 2").nth(0).check()
    page.get_by_label("Why you think so").fill("It is urgent.")
    page.get_by_role("button", name="Propose it to a lead").click()
    said(page, "You have proposed it.")
    lead = at_the_desk(visit, people.ailsa)
    lead.page.get_by_role("region", name="Disclosures (1)").get_by_role("button").click(timeout=PATIENCE)
    expect(lead.page.get_by_text("Your own check of message 2 from the person failed.")).to_be_visible(timeout=PATIENCE)
    assert FAILED in lead.page.get_by_role("region", name="The text that would be shared").inner_text()
    expect(lead.page.get_by_role("button", name="Agree to share this")).to_be_visible()
    assert_accessible(lead.page)
    lead.screenshot("not-vouched-decide-1280")
