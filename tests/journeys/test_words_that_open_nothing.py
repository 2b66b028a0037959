"""A slip in the words is named on the device; eight good words that open nothing are answered in one way, whatever the reason."""

import pytest
from playwright.sync_api import expect

from messaging.protocol.peer import ProtocolError, make_words, parse_words
from tests.journeys.steps import PATIENCE
from tests.messaging.desk.writer import Writer
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit, Visitor
from tests.parts.people import People
from tests.parts.web import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def try_words(visitor: Visitor, words: str, path: str = "/inbox") -> str:
    """What the page says of them."""
    page = visitor.page
    page.goto(path)
    page.locator("#open-form textarea, #open-form input[type=text]").first.fill(words)
    page.locator("#open-form").get_by_role("button").click()
    summary = page.locator("#open-form .govuk-error-summary")
    expect(summary).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    return summary.inner_text()


def asked(visitor: Visitor) -> list[str]:
    return [f"{request.method} {request.url.partition('/api/v1/')[2]}" for request in visitor.requests if "/api/v1/" in request.url]


def test_an_unknown_word_is_named_and_nothing_is_asked_of_the_server(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    words = make_words()
    said = try_words(person, " ".join([*words[:2], "aple", *words[3:]]))
    assert "aple" in said
    assert "3" in said
    assert asked(person) == []


def test_words_in_another_order_are_noticed_on_the_device(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    words = sorted(make_words())
    while True:
        words = words[1:] + words[:1]
        said = try_words(person, " ".join(words)) if _checksum_fails(words) else ""
        if said:
            break
    assert asked(person) == []


def _checksum_fails(words: list[str]) -> bool:
    try:
        parse_words(" ".join(words))
    except ProtocolError:
        return True
    return False


def test_unknown_and_deleted_conversations_are_answered_alike(people: People, web_server: WebServer, visit: Visit) -> None:
    deleted = Writer(people).first("Delete me")
    deleted.conversation.inbox.delete()
    heard = []
    for words in (make_words(), deleted.words):
        person = visit("the person")
        person.expects("403")
        said = try_words(person, " ".join(words))
        heard.append((said, asked(person)))
    assert heard[0] == heard[1]
    assert "These words open no conversation" in heard[0][0]
