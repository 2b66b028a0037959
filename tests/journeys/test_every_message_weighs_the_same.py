"""Whatever a person writes or asks, their browser sends one size, and what an inbox answers with comes in steps."""

import pytest
from playwright.sync_api import expect

from tests.parts.browser import Visit, Visitor
from tests.parts.examples import by_night
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, begin_to_write, open_inbox, send_first, unseen

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
EVERY = ["a", "👩‍👩‍👧💚", "Мне страшно, и я не знаю, кому сказать", "long " * 1_550]
# By day one of many bytes to each sign, and the longest.
TEXTS = EVERY if by_night() else [EVERY[1], EVERY[3]]


def sizes(visitor: Visitor) -> dict[str, int]:
    """Of everything that the interface was sent, by the end of its address."""
    sent = [request for request in visitor.requests if request.method == "POST" and "/api/v1/" in request.url]
    return {request.url.rsplit("/", 1)[1]: len(request.post_data_buffer or b"") for request in sent}


def test_everything_that_is_sent_has_one_size(people: People, web_server: WebServer, visit: Visit) -> None:
    sent: dict[str, int] = {}
    answers: set[int] = set()
    for text in TEXTS:
        person = visit("the person")
        begin_to_write(person, unseen)
        words = send_first(person.page, text)
        open_inbox(person.page, words)
        person.page.locator("#answer-text").fill(text)
        person.page.get_by_role("button", name="Send", exact=True).click()
        expect(person.page.locator("#thread li.message")).to_have_count(2, timeout=PATIENCE)
        sent |= sizes(person)
        read = [request.response() for request in person.requests if request.method == "GET" and request.url.endswith("/inbox")]
        answers |= {len(answer.body()) for answer in read if answer is not None and answer.request.url.endswith("/api/v1/inbox")}
        person.close()
    assert {"challenges", "sessions", "messages", "envelopes"} <= sent.keys()
    assert set(sent.values()) == {20_480}
    assert answers == {65_536}
