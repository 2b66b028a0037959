"""The eight words open whatever surrounds them, and what was typed of them never stands where a translator takes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import fill_in, shown_words, take_words
from tests.world.writer import Writer

PATIENCE = 60_000
FIRST = "The first message of somebody"
SPELT = pytest.mark.night("by day one spelling here, and all of them in node: tests/pages/typed_words_are_checked_here.test.ts")
# Every text on the page that a translator may take: nothing below translate="no".
TRANSLATED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.parentElement.translate) texts.push(walker.currentNode.data);
  return texts.join(" ");
}"""


def say(page: Page, text: str) -> str:
    """What the summary says of these words."""
    page.get_by_role("textbox", name="Your eight words").fill(text)
    page.locator("#open-form [data-part=send]").click()
    summary = page.locator("#open-form .govuk-error-summary")
    expect(summary).to_be_focused(timeout=PATIENCE)
    return summary.inner_text()


@pytest.mark.parametrize(
    "spelt",
    [
        pytest.param(lambda words: ". ".join(words) + ".", id="dots", marks=SPELT),
        pytest.param(lambda words: " ".join(f"{place}.{word}" for place, word in enumerate(words, 1)), id="numbers", marks=SPELT),
        pytest.param(lambda words: "“" + "\u200b ".join(words).upper() + "”", id="quoted-and-invisible"),
    ],
)
def test_they_open(people: People, web_server: WebServer, visit: Visit, spelt: object) -> None:
    assert callable(spelt)
    writer = Writer(people).first(FIRST)
    page = visit("the person").page
    page.goto("/inbox")
    page.get_by_role("textbox", name="Your eight words").fill(spelt(writer.words))
    page.locator("#open-form [data-part=send]").click()
    expect(page.get_by_text(FIRST)).to_be_visible(timeout=PATIENCE)


def test_what_was_typed_is_kept_from_translators(people: People, web_server: WebServer, visit: Visit) -> None:
    page = visit("the person").page
    for path in ("/inbox", "/kept", "/pl/inbox"):
        page.goto(path)
        box = page.locator("#open-words")
        box.fill("reasonacrossstemarrest")
        page.locator("#open-form [data-part=send]").click()
        summary = page.locator("#open-form .govuk-error-summary")
        expect(summary).to_contain_text("“reasonacrossstemarre”" if path != "/pl/inbox" else "reasonacrossstemarre")
        # In the summary and beside the field, and nowhere else.
        assert page.locator("bdi[translate=no]").all_inner_texts() == ["reasonacrossstemarre"] * 2
        assert "reasonacross" not in page.evaluate(TRANSLATED)
        assert_accessible(page)
    page.goto("/write")
    page.get_by_role("button", name="I have read this. Continue").click()
    fill_in(page, "May I ask something?")
    page.locator("#message-form [data-part=send]").click()
    words = shown_words(page)
    assert not any(re.search(rf"\b{word}\b", page.locator("#words").evaluate(f"({TRANSLATED})")) for word in words if len(word) > 6)
    page.get_by_role("button", name="I have written them down").click()
    page.locator("#check-first").fill("3. zebracrossing")
    page.get_by_role("button", name="Send my message").click()
    expect(page.locator("#check-form .govuk-error-summary")).to_contain_text("“zebracrossing” is not the word we showed you")
    assert "zebracrossing" not in page.evaluate(TRANSLATED)
    assert_accessible(page)


@pytest.mark.night("by day words that open nothing are answered in words")
def test_words_of_a_message_that_was_never_sent_are_told_of(people: People, web_server: WebServer, visit: Visit) -> None:
    person = visit("the person")
    person.expects("403")
    page = person.page
    page.goto("/write")
    page.get_by_role("button", name="I have read this. Continue").click()
    fill_in(page, "May I ask something?")
    words = take_words(page)
    # The page is closed, as one that a phone takes away: it is asked about otherwise.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/inbox")
    said = say(page, " ".join(words))
    assert "These words do not open a conversation." in said
    assert "Or the message with these words may never have been sent." in said
