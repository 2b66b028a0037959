"""What is asked for again is taken only as it goes on from what the page showed; else the page says so and sends nothing."""

import json
from os import urandom
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from messaging.models import Envelope
from messaging.protocol.encoding import VERSION, decode, encode
from messaging.protocol.peer.epochs import make_statement
from messaging.protocol.peer.primitives import kem_public, sign
from messaging.protocol.wire import Certificate, Statement
from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, begin_to_write, fill_in, give_back, open_inbox, take_words, unseen
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "Only for those whom I know"
NOT_SENT = "sent something different from what you saw here, so your message was not sent"


def refuse(route: Route) -> None:
    problem = {"type": "/problems/epoch-changed", "title": "x", "status": 409, "detail": "x", "epoch": 2}
    route.fulfill(status=409, content_type="application/problem+json", body=json.dumps(problem))


def without_the_newest(route: Route) -> None:
    answer = route.fetch()
    body = answer.json()
    route.fulfill(response=answer, body=json.dumps({**body, "envelopes": body["envelopes"][:-1], "days": body["days"][:-1]}))


@pytest.fixture
def reading(people: People, web_server: WebServer, visit: Visit) -> Page:
    """The conversation is open, with a question and its answer; from now on the server leaves the answer out."""
    writer = Writer(people).first("First of mine")
    answers(people, people.ailsa, writer, "First of theirs")
    person = visit("the person")
    person.expects("409")
    open_inbox(person.page, writer.words)
    expect(person.page.locator("#thread").get_by_text("First of theirs")).to_be_visible(timeout=PATIENCE)
    person.page.route("**/api/v1/inbox", without_the_newest)
    return person.page


def test_a_reply_that_was_read_does_not_vanish_without_a_word(reading: Page) -> None:
    reading.get_by_role("button", name="Check for a new reply").click()
    expect(reading.locator("#news")).to_contain_text("a different conversation from the one you read here before", timeout=PATIENCE)
    expect(reading.locator("#thread").get_by_text("First of theirs")).to_be_visible()
    assert_accessible(reading)


@pytest.mark.night("by day a desk of the same number is refused, and a reply does not vanish")
def test_nothing_is_sealed_anew_into_a_conversation_that_was_wound_back(reading: Page) -> None:
    reading.route("**/api/v1/inbox/envelopes", refuse)
    reading.locator("#answer-text").fill(TEXT)
    reading.get_by_role("button", name="Send", exact=True).click()
    expect(reading.locator("#answer-form .govuk-error-summary")).to_contain_text(NOT_SENT, timeout=PATIENCE)
    assert reading.locator("#answer-text").input_value() == TEXT
    assert Envelope.objects.count() == 2
    assert_accessible(reading)


def forked(people: People, answer: dict[str, Any], number: int) -> dict[str, Any]:
    """A desk with the very same people on its roster, whose key two who have left kept for themselves: one signed it, one confirmed it."""
    stands = Statement.parse(decode(answer["statements"][-1]))
    own = Certificate.parse(people.ailsa.member.certificates.get().certificate)
    before = None if number == 1 else stands
    days = {"first_day": stands.first_day, "last_day": stands.last_day}
    public = kem_public(urandom(32))
    raw = make_statement(people.site, people.ailsa.vault.counsellor, own, before, epoch_public=public, roster=stands.roster, **days)
    other = people.bhavna.member.certificates.get().certificate_id
    body = VERSION + Statement.parse(raw).statement_hash + other
    word = body + sign(people.bhavna.vault.counsellor.sign_seed, "confirmation", people.site.site + body)
    return {**answer, "statements": [encode(raw)], "confirmations": [encode(word)]}


def writes(people: People, visit: Visit, number: int) -> tuple[Page, list[str]]:
    """Sends a first message to a server that refuses it, and then shows a desk of the server's own."""
    person = visit("the person")
    person.expects("409")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data or "")
        refuse(route)

    def give(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(forked(people, answer.json(), number) if sent else answer.json()))

    person.page.route("**/api/v1/messages", take)
    person.page.route("**/api/v1/desk", give)
    begin_to_write(person, unseen)
    fill_in(person.page, TEXT)
    give_back(person.page, take_words(person.page))
    return person.page, sent


def test_a_first_message_is_sealed_to_no_other_desk_of_the_same_number_though_its_names_are_the_same(
    people: People, web_server: WebServer, visit: Visit
) -> None:
    page, sent = writes(people, visit, 1)
    expect(page.locator("#check-form .govuk-error-summary")).to_contain_text(NOT_SENT, timeout=PATIENCE)
    assert page.locator("#message-text").input_value() == TEXT
    assert len(sent) == 1
    assert_accessible(page)


@pytest.mark.night("by day a desk of the same number is refused, and a reply does not vanish")
def test_nor_is_the_desk_before_taken_again(people: People, web_server: WebServer, visit: Visit) -> None:
    """The desk that was shown follows the first: one of number 1 after it is older."""
    person = visit("the person")
    person.expects("409")
    asked: list[str] = []

    def give(route: Route) -> None:
        answer = route.fetch()
        asked.append("desk")
        route.fulfill(response=answer, body=json.dumps(forked(people, answer.json(), 2) if len(asked) == 1 else answer.json()))

    person.page.route("**/api/v1/messages", refuse)
    person.page.route("**/api/v1/desk", give)
    begin_to_write(person, unseen)
    fill_in(person.page, TEXT)
    give_back(person.page, take_words(person.page))
    expect(person.page.locator("#check-form .govuk-error-summary")).to_contain_text(NOT_SENT, timeout=PATIENCE)
    assert asked == ["desk", "desk"]
