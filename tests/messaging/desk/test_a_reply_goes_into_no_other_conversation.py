"""A server that gives another conversation for the one that is being answered gets no word of the reply, and the page says so."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from helpline.clock import now
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import check_desk, derive_inbox, make_words, seal_first
from messaging.protocol.wire import Envelope
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, reply, said, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
ASKED, TEXT = "I have told this to nobody", "What you told me about your daughter stays between us."
SAID = "the server sent something different from what you read before"
Answer = dict[str, Any]


@dataclass
class Malicious:
    """Stands before the honest server: refuses the first reply with `problem`, and from then on gives its own thread."""

    own: Callable[[Answer], Answer]
    problem: str = "epoch-changed"
    lies: bool = False
    got: list[Envelope] = field(default_factory=list)

    def stand_before(self, page: Page) -> None:
        page.route("**/desk/api/conversations/*/envelopes", self.take)
        page.route(lambda url: "/desk/api/conversations/" in url and url.count("/") == 6, self.give)

    def take(self, route: Route) -> None:
        body = json.loads(route.request.post_data or "")
        self.got.append(Envelope.parse(decode(body["envelope"])))
        self.lies = True
        problem = {"type": f"/problems/{self.problem}", "title": "x", "status": 409, "detail": "x", "epoch": 1, "opening": ""}
        route.fulfill(status=409, content_type="application/problem+json", body=json.dumps(problem))

    def give(self, route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(self.own(answer.json()) if self.lies else answer.json()))


def twin(people: People, answer: Answer) -> Answer:
    """An inbox of the server's own, said to be the very conversation."""
    desk = check_desk(people.site, desk_answer(at=now(), conversation_limit=50), day_of(now()))
    inbox = derive_inbox(people.site, make_words())
    intake = {"route": "self", "terms": 1, "text": ASKED}
    body = seal_first(people.site, inbox, desk, intake)
    keys = {
        "inbox_id": encode(inbox.inbox_id),
        "kem_public": body["kem_public"],
        "sign_public": body["sign_public"],
        "tag_public": body["tag_public"],
    }
    return {**answer, **keys, "openings": [body["opening"]], "envelopes": [body["envelope"]], "days": answer["days"][:1]}


@pytest.fixture
def writer(people: People, web_server: WebServer) -> Writer:
    return Writer(people).first(ASKED).given_to(people.ailsa.member)


@pytest.fixture
def ailsa(people: People, writer: Writer, visit: Visit) -> Visitor:
    visitor = visit("Ailsa", size=DESKTOP)
    visitor.expects("409")
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    open_first(visitor.page, "Mine")
    expect(visitor.page.get_by_text(ASKED)).to_be_visible(timeout=PATIENCE)
    return visitor


def is_told_and_goes_on(ailsa: Visitor, writer: Writer, server: Malicious) -> None:
    """One envelope, sealed to the person; the text stays, the page says what happened, and the reply still reaches the person alone."""
    server.stand_before(ailsa.page)
    reply(ailsa.page, TEXT)
    said(ailsa.page, SAID)
    assert [envelope.conversation for envelope in server.got] == [writer.conversation_id]
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    expect(ailsa.page.get_by_label("Your reply")).to_be_editable()
    expect(ailsa.page.get_by_role("list", name="Messages").get_by_text(ASKED)).to_be_visible()
    assert_accessible(ailsa.page)
    ailsa.page.unroute_all(behavior="wait")
    ailsa.page.get_by_role("button", name="Send, signed").click()
    said(ailsa.page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [(TEXT, "Ailsa")]


@pytest.mark.parametrize(
    "problem",
    ["epoch-changed", *(pytest.param(each, marks=pytest.mark.night("by day one problem")) for each in ("opening-exists", "conflict"))],
)
def test_nothing_is_sealed_to_another_conversation(ailsa: Visitor, writer: Writer, people: People, problem: str) -> None:
    other = Writer(people).first("The server's own inbox").given_to(people.ailsa.member)
    own = ailsa.page.context.request.get(f"/desk/api/conversations/{encode(other.conversation_id)}").json()
    is_told_and_goes_on(ailsa, writer, Malicious(lambda _: own, problem))
    assert other.reads() == []


def test_nor_to_one_with_the_same_id(ailsa: Visitor, writer: Writer, people: People) -> None:
    made: list[Answer] = []

    def own(answer: Answer) -> Answer:
        made.append(made[0] if made else twin(people, answer))
        return made[0]

    is_told_and_goes_on(ailsa, writer, Malicious(own))
    assert made


@pytest.mark.night("by day to no other conversation, not to one with the same id, and to none under another epoch")
def test_nor_into_the_same_one_with_a_message_taken_away(ailsa: Visitor, writer: Writer) -> None:
    writer.again("And one more thing")
    expect(ailsa.page.get_by_text("And one more thing")).to_be_visible(timeout=PATIENCE)
    is_told_and_goes_on(
        ailsa, writer, Malicious(lambda answer: {**answer, "envelopes": answer["envelopes"][:1], "days": answer["days"][:1]})
    )


def test_what_was_begun_before_the_desk_locked_appears_under_no_other_thread(ailsa: Visitor, writer: Writer, people: People) -> None:
    ailsa.page.get_by_label("Your reply").fill(TEXT)
    ailsa.page.get_by_role("button", name="Lock now").click()
    own: list[Answer] = []

    def give(answer: Answer) -> Answer:
        own.append(own[0] if own else twin(people, answer))
        return own[0]

    server = Malicious(give, lies=True)
    server.stand_before(ailsa.page)
    unlock(ailsa.page, people.ailsa)
    ailsa.page.get_by_role("region", name="Mine").get_by_role("button").first.click()
    said(ailsa.page, SAID)
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    ailsa.page.get_by_role("button", name="Send, signed").click()
    expect(ailsa.page.locator(".desk-reply .desk-status")).to_contain_text(SAID, timeout=PATIENCE)
    assert server.got == []
    assert_accessible(ailsa.page)


@pytest.mark.night("by day to no other conversation, not to one with the same id, and to none under another epoch")
def test_a_conversation_that_was_closed_on_the_page_is_remembered_until_the_desk_locks(
    ailsa: Visitor, writer: Writer, people: People
) -> None:
    other = Writer(people).first("Somebody else's message").given_to(people.ailsa.member)
    ailsa.page.locator(f"[data-conversation='{encode(other.conversation_id)}']").click(timeout=PATIENCE)
    expect(ailsa.page.get_by_text("Somebody else's message")).to_be_visible(timeout=PATIENCE)
    own: list[Answer] = []

    def give(answer: Answer) -> Answer:
        own.append(own[0] if own else twin(people, answer))
        return own[0]

    Malicious(give, lies=True).stand_before(ailsa.page)
    ailsa.page.locator(f"[data-conversation='{encode(writer.conversation_id)}']").click()
    said(ailsa.page, SAID)
    expect(ailsa.page.get_by_label("Your reply")).to_be_hidden()
