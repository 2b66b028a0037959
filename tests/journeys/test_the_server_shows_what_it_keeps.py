"""/kept: eight words open the very rows about an inbox, on a phone; from an open conversation they are one press away."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from messaging.models import Conversation, Envelope
from messaging.protocol.peer import make_words
from tests.journeys.wrong_words import asked, try_words
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writer(people: People) -> Writer:
    """Two messages, which Ailsa has."""
    made = Writer(people).first("First of mine").given_to(people.ailsa.member)
    made.again("Second of mine")
    return made


def value(page: Page, table: str, column: str) -> str:
    """What stands beside a column of a table's first row, with its sentence."""
    line = page.locator(f'[data-rows="{table}"] .kept').first.locator("div").filter(has=page.locator(f'code:text-is("{column}")'))
    return line.inner_text()


def opened(page: Page, words: list[str]) -> None:
    page.goto("/kept")
    page.locator("#open-words").fill(" ".join(words))
    page.get_by_role("button", name="Show me").click()
    expect(page.locator("#kept-heading")).to_be_focused(timeout=PATIENCE)


def test_a_person_sees_the_very_rows_and_no_name_of_a_counsellor(
    people: People, writer: Writer, web_server: WebServer, visit: Visit
) -> None:
    person = visit("the person", size=PHONE)
    page = person.page
    page.goto("/kept")
    expect(page.get_by_role("button", name="Show me")).to_be_enabled(timeout=PATIENCE)
    page.get_by_text("What each column is for: Your inbox").click()
    assert_accessible(page)
    person.screenshot("kept-closed")
    opened(page, writer.words)

    thread = Conversation.objects.select_related("inbox").get(conversation_id=writer.conversation_id)
    assert thread.inbox.inbox_id.hex(" ") in value(page, "messaging_inbox", "inbox_id")
    assert f"1,216 bytes. They begin with: {thread.inbox.kem_public[:8].hex(' ')} …" in value(page, "messaging_inbox", "kem_public")
    assert thread.inbox.made_on.isoformat() in value(page, "messaging_inbox", "made_on")
    assert "Set, not shown" in value(page, "messaging_conversation", "member_id")
    assert "Not set" in value(page, "messaging_conversation", "released_by_id")
    assert "The time by which we said that we would answer." in value(page, "messaging_conversation", "due_at")
    text = page.locator("body").inner_text()
    # One of the eight alone may well be a word of the page.
    pairs = [" ".join(pair) for pair in pairwise(writer.words)]
    assert not [secret for secret in (people.ailsa.name, people.ailsa.email, *pairs, "First of mine") if secret in text]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    messages = page.locator('[data-rows="messaging_envelope"]')
    messages.get_by_text("Row 2 of 2").click()
    messages.get_by_text("Show all of it").locator("visible=true").click()
    whole = messages.get_by_role("region", name="All of envelope").locator("visible=true")
    expect(whole).to_have_text(Envelope.objects.get(sequence=2).envelope.hex(" "))
    assert_accessible(page)
    person.screenshot("kept-rows")

    # What changes meanwhile is seen by looking again.
    Conversation.objects.update(state="waiting", member=None)
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("#kept-news")).to_have_text("These are the rows as they are now.", timeout=PATIENCE)
    assert "Not set" in value(page, "messaging_conversation", "member_id")
    page.get_by_role("button", name="Close").first.click()
    expect(page.get_by_role("heading", name="It is closed")).to_be_focused()
    assert page.locator("#kept-rows").inner_text() == ""
    assert_accessible(page)
    assert person.context.cookies() == []


@pytest.mark.night("by day the very rows are seen")
def test_from_an_open_conversation_no_words_are_asked_for_and_nothing_begun_is_lost(
    writer: Writer, web_server: WebServer, visit: Visit
) -> None:
    person = visit("the person", size=PHONE)
    page = person.page
    open_inbox(page, writer.words)
    page.locator("#answer-text").fill("What I had begun")
    page.get_by_role("link", name="See what the server keeps about this conversation").click()
    expect(page.locator("#kept-heading")).to_be_focused(timeout=PATIENCE)
    assert "9,419 bytes" in page.locator('[data-rows="messaging_envelope"]').first.text_content()  # type: ignore[operator]
    assert_accessible(page)
    page.get_by_role("button", name="Back to your conversation").last.click()
    expect(page.locator("#thread").get_by_text("Second of mine")).to_be_visible()
    assert page.locator("#answer-text").input_value() == "What I had begun"


@pytest.mark.night("by day on the inbox page")
def test_words_that_open_nothing_are_answered_as_they_are_on_the_inbox_page(people: People, web_server: WebServer, visit: Visit) -> None:
    words = make_words()
    heard = []
    for path in ("/inbox", "/kept"):
        person = visit("the person")
        person.expects("403")
        said = try_words(person, " ".join(words), path)
        heard.append((said, asked(person)))
    assert heard[0] == heard[1]
    assert "These words do not open a conversation" in heard[0][0]
