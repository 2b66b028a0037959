"""Both pages say what the other side has read, and what a server kept back: in words, with what to do (PROTOCOL §5.2)."""

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.desk.open_conversation import open_conversation
from messaging.protocol.days import day_of, day_on
from messaging.protocol.peer import read_as_desk
from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import at_the_desk, open_first
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def kept_back(people: People) -> Writer:
    """The person's second message is kept from the desk, which writes twice."""
    writer = Writer(people).first("One of mine")
    answers(people, people.ailsa, writer, "One of theirs")
    writer.again("Two of mine, kept back")
    answers(people, people.ailsa, writer, "Two of theirs", unshown=[2])
    answers(people, people.ailsa, writer, "Three of theirs", unshown=[2])
    return writer


def test_the_person_is_told_what_the_helpline_has_read_and_what_it_wrote_without(
    people: People, web_server: WebServer, visit: Visit
) -> None:
    writer = kept_back(people)
    person = visit("the person", size=PHONE)
    open_inbox(person.page, writer.words)
    messages = person.page.locator("#thread .message")
    expect(messages.filter(has_text="One of mine").get_by_text("Read up to here by the helpline")).to_be_visible(timeout=PATIENCE)
    expect(messages.filter(has_text="Two of theirs").get_by_text("Written before your last message was read.")).to_be_visible()
    expect(person.page.locator("#thread .message--warning")).to_contain_text("Please write it again.")
    assert person.page.get_by_text("Read up to here by the helpline").count() == 1
    assert_accessible(person.page)
    person.screenshot("what-was-read-person")


def test_a_colleague_is_told_too_and_that_the_lead_must_know(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = kept_back(people)
    writer.again("Three of mine")
    writer.given_to(people.ailsa.member)
    page = at_the_desk(visit, people.ailsa).page
    open_first(page, "Mine")
    warning = page.locator("[data-warning=not-seen]")
    expect(warning).to_contain_text("tell your lead", timeout=PATIENCE)
    expect(page.locator(".desk-bubble--desk").filter(has_text="Two of theirs")).to_contain_text(
        "Written before message 2 from the person was read."
    )
    expect(page.locator(".desk-bubble").filter(has_text="Three of theirs")).to_contain_text("The person has read up to here.")
    assert_accessible(page)


@pytest.mark.night("by day the person and a colleague are told what was read")
def test_a_message_that_was_answered_is_read_and_nothing_warns(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("One of mine")
    answers(people, people.ailsa, writer, "One of theirs")
    person = visit("the person")
    open_inbox(person.page, writer.words)
    expect(person.page.get_by_text("Read up to here by the helpline")).to_be_visible(timeout=PATIENCE)
    assert person.page.locator(".message--warning").count() == 0
    assert person.page.get_by_text("Written before").count() == 0


@pytest.mark.night("by day the person and a colleague are told what was read")
def test_what_a_person_writes_says_their_own_day_to_the_desk_alone(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("One of mine")
    answers(people, people.ailsa, writer, "One of theirs")
    person = visit("the person")
    open_inbox(person.page, writer.words)
    person.page.locator("#answer-text").fill("Two of mine")
    person.page.get_by_role("button", name="Send", exact=True).click()
    expect(person.page.locator("#thread").get_by_text("Two of mine")).to_be_visible(timeout=PATIENCE)
    at = now()
    answer = open_conversation(people.ailsa.member, writer.conversation_id, at=at)
    thread = read_as_desk(people.site, people.desk_of(people.ailsa), answer, day_of(at))
    assert [item.content.day for item in thread.items if item.kind == "message"] == [None, None, day_on(at).isoformat()]
