"""In whatever way a server moves messages, the person's page says it in words and shows nothing that did not hold.

Each warning that there is has its test in `warnings/test_every_warning_of_a_conversation.py`.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
ASKED, ANSWERED, ASKED_AGAIN, ANSWERED_AGAIN = "First of mine", "First of theirs", "Second of mine", "Second of theirs"


@pytest.fixture
def writer(people: People) -> Writer:
    """Two messages each way; the second reply is Bhavna's."""
    made = Writer(people).first(ASKED)
    answers(people, people.ailsa, made, ANSWERED)
    made.again(ASKED_AGAIN)
    answers(people, people.bhavna, made, ANSWERED_AGAIN)
    return made


Change = Callable[[dict[str, Any]], None]


def order(*places: int) -> Change:
    def change(answer: dict[str, Any]) -> None:
        for key in ("envelopes", "days"):
            answer[key] = [answer[key][place] for place in places]

    return change


OTHERS = pytest.mark.night("by day a message is missing; node tries the others: dropped, replayed, reordered and cut off")
CHEATS = [
    pytest.param(order(0, 1, 2, 3, 1), "is here twice or is in the wrong place", [], id="replayed", marks=OTHERS),
    pytest.param(order(0, 2, 3), "A message here is missing", [ANSWERED], id="dropped"),
    pytest.param(order(0, 3, 2, 1), "is in the wrong place", [ANSWERED], id="reordered", marks=OTHERS),
]


@pytest.mark.parametrize(("change", "said", "unseen"), CHEATS)
def test_it_is_said_in_words_and_what_does_not_hold_is_not_shown(
    writer: Writer, web_server: WebServer, visit: Visit, change: Change, said: str, unseen: list[str]
) -> None:
    person = visit("the person")

    def cheat(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        change(body)
        route.fulfill(response=answer, body=json.dumps(body))

    person.page.route("**/api/v1/inbox", cheat)
    open_inbox(person.page, writer.words)
    expect(person.page.locator("#thread .message--warning").filter(has_text=said).first).to_be_visible(timeout=PATIENCE)
    shown = person.page.locator("#thread").inner_text()
    assert [text for text in unseen if text in shown] == []
    assert_accessible(person.page)


def test_an_honest_conversation_has_no_warning(writer: Writer, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    open_inbox(person.page, writer.words)
    for text in (ASKED, ANSWERED, ASKED_AGAIN, ANSWERED_AGAIN):
        expect(person.page.locator("#thread").get_by_text(text)).to_be_visible(timeout=PATIENCE)
    assert person.page.locator(".message--warning").count() == 0
