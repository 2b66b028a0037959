"""One character, an emoji, Cyrillic, the longest text: the browser sends requests of one size, and so does whoever writes on."""

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


def sizes(visitor: Visitor, path: str) -> list[int]:
    sent = [request for request in visitor.requests if request.method == "POST" and request.url.endswith(path)]
    return [len(request.post_data_buffer or b"") for request in sent]


def test_first_messages_and_later_ones_have_one_size_each(people: People, web_server: WebServer, visit: Visit) -> None:
    first, later = set(), set()
    for text in TEXTS:
        person = visit("the person")
        words = begin_to_write(person, unseen)
        send_first(person.page, text)
        first.update(sizes(person, "/messages"))
        open_inbox(person.page, words)
        person.page.locator("#answer-text").fill(text)
        person.page.get_by_role("button", name="Send", exact=True).click()
        expect(person.page.locator("#thread li.message")).to_have_count(2, timeout=PATIENCE)
        later.update(sizes(person, "/inbox/envelopes"))
        person.close()
    assert len(first) == len(later) == 1
