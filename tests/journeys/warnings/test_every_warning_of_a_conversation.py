"""Whatever a server does to a conversation, both pages say it in plain words and what to do, and show nothing that did not hold (§5.2)."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from messaging.protocol.encoding import encode
from tests.journeys.warnings.lies import Answer, Lie, lies
from tests.journeys.warnings.looks import looked_at
from tests.journeys.warnings.words import named, page_words
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, short_name, unfold
from tests.world.staff import People
from tests.world.steps import open_inbox

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
CONVERSATION = re.compile(r"/desk/api/conversations/[\w-]{22}$")


def cheated(route: Route, lie: Lie) -> None:
    answer = route.fetch()
    body: Answer = answer.json()
    lie.change(body)
    route.fulfill(response=answer, body=json.dumps(body))


def test_the_person_is_told_each_of_them(people: People, web_server: WebServer, visit: Visit) -> None:
    made = lies(people)
    assert made.keys() == named("threads")
    person, words = visit("the person", size=PHONE), page_words()
    told: list[Lie] = []
    person.page.route("**/api/v1/inbox", lambda route: cheated(route, told[-1]))
    for name, lie in made.items():
        told.append(lie)
        open_inbox(person.page, lie.writer.words)
        warning = person.page.locator("#thread .message--warning").filter(has_text=words["mine" if lie.mine else "theirs"][name])
        expect(warning.first, name).to_be_visible(timeout=PATIENCE)
        expect(person.page.locator("#warned")).to_contain_text("Some of this conversation did not pass our checks.")
        shown = person.page.locator("#thread").inner_text()
        assert [text for text in lie.unseen if text in shown] == [], name
        if name == "late":
            assert "You wrote this" not in shown, "of what others wrote in their name"
        looked_at(person, f"warning-person-{name}")


def preview(page: Page, *messages: str) -> str:
    """The text that would be shared, with these messages in it."""
    unfold(page, "Break confidentiality")
    page.get_by_label("Reason for sharing").select_option("harm-child")
    page.get_by_label("Who would receive it").select_option("police")
    page.get_by_label("Which office or team").fill("public protection, Leith")
    for message in messages:
        page.get_by_label(message).check()
    return page.get_by_role("region", name="The text that would be shared").inner_text()


def test_a_counsellor_is_told_each_of_them_and_no_text_that_leaves_is_silent(people: People, web_server: WebServer, visit: Visit) -> None:
    made = lies(people)
    assert made.keys() == named("threads")
    ailsa, words = at_the_desk(visit, people.ailsa, PHONE), page_words()["desk"]
    page = ailsa.page
    by_id = {encode(lie.writer.conversation_id): lie for lie in made.values()}
    page.route(CONVERSATION, lambda route: cheated(route, by_id[route.request.url.rpartition("/")[2]]))
    for name, lie in made.items():
        page.get_by_role("region", name="Mine").get_by_role("button", name=short_name(lie.writer.conversation_id)).click()
        warning = page.locator(f'[data-warning="{name}"]').first
        expect(warning, name).to_contain_text(words[name], timeout=PATIENCE)
        shown = page.get_by_role("list", name="Messages").inner_text()
        assert [text for text in lie.unseen if text in shown] == [], name
        looked_at(ailsa, f"warning-desk-{name}")
        if name == "late":
            text = preview(page, "Message 1 from the person", "Message 2 in the person’s name")
            assert "[late: sealed with an older key than a reply before it" in text
            assert "[not vouched for: a check that the person wrote this message failed]" in text
        if name == "altered":
            text = preview(page, "Message 1 from the person", "Message 2 from the person")
            assert "could not be read" not in text, "nothing between them failed"
        if name == "older-epoch":
            assert "[message 3 from the person could not be read]" not in preview(page, "Message 1 from the person")
        page.get_by_role("button", name="Back to the lists").click()
