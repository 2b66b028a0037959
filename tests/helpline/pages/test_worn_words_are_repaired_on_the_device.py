"""Words on a worn paper are repaired on the device: one press uses what is offered, and nothing is asked of the server before."""

import pytest
from playwright.sync_api import Page, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.writer import Writer

PATIENCE = 120_000
FIRST = "The first message of somebody"


def type_words(page: Page, words: list[str]) -> None:
    page.goto("/inbox")
    page.get_by_role("textbox", name="Your eight words").fill(" ".join(words))
    page.locator("#open-form [data-part=send]").click()


def asked(person: Visitor) -> list[str]:
    return [request.url for request in person.requests if "/api/" in request.url]


def mixed_up(words: list[str]) -> list[str]:
    return [*words[:2], words[3], words[2], *words[4:]]


@pytest.mark.parametrize("worn", [lambda words: [*words[:4], f"{words[4]}x", *words[5:]], mixed_up], ids=["misspelt", "mixed-up"])
def test_did_you_mean(people: People, web_server: WebServer, visit: Visit, worn: object) -> None:
    assert callable(worn)
    writer = Writer(people).first(FIRST)
    person = visit("the person", size=PHONE)
    page = person.page
    type_words(page, worn(writer.words))
    expect(page.get_by_role("heading", name="Did you mean this?")).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    person.screenshot("did-you-mean-390")
    assert asked(person) == []
    page.get_by_role("button", name="Yes, use this").first.click()
    expect(page.get_by_text(FIRST)).to_be_visible(timeout=PATIENCE)


def test_one_word_that_cannot_be_read(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first(FIRST)
    person = visit("the person", size=PHONE)
    person.expects("403")
    page = person.page
    type_words(page, [*writer.words[:6], "?", writer.words[7]])
    offer = page.locator("#open-repair")
    expect(offer).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    assert asked(person) == []
    offer.get_by_role("button").first.click()
    expect(page.get_by_text(FIRST)).to_be_visible(timeout=PATIENCE)
