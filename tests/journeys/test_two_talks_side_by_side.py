"""A counsellor has two live talks: both go on at once, each person sees who is there, and no word reaches the other of the two."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.live_front import LiveFront
from tests.world.browser import PATIENCE, short_name, sign_in, unlock
from tests.world.staff import People
from tests.world.steps import open_inbox
from tests.world.talks import asks_for_talk, open_at_any_hour
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Some beats of two seconds, and the eight after which nobody is there.
BEATS = 30_000


def name_of(writer: Writer) -> str:
    return short_name(writer.conversation_id)


def take(page: Page, writer: Writer) -> None:
    asks_for_talk(writer)
    page.get_by_role("button", name="Take it").click(timeout=PATIENCE)
    expect(page.get_by_role("button", name=f"Live talk {name_of(writer)}")).to_be_visible(timeout=PATIENCE)


def stands_in_front(page: Page, writer: Writer) -> None:
    expect(page.locator("#conversation")).to_have_text(f"Conversation {name_of(writer)}")
    expect(page.locator(".desk-talk button[aria-current]")).to_have_text(f"Live talk {name_of(writer)}")
    expect(page.get_by_label(f"Your reply in {name_of(writer)}")).to_be_visible(timeout=PATIENCE)


def look(visitor: Visitor, state: str, *sizes: tuple[int, int]) -> None:
    for size in sizes:
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.screenshot(f"two-talks-{state}-{size[0]}", whole=False)
        assert_accessible(visitor.page)


def test_two_talks_go_on_at_once(live_front: LiveFront, people: People, visit: Visit) -> None:
    open_at_any_hour(people.ailsa)
    one, two = (Writer(people).first(text) for text in ("I am the one.", "I am the other."))
    first, second = visit("the one", size=PHONE, origin=live_front.origin), visit("the other", size=PHONE, origin=live_front.origin)
    for visitor, writer in ((first, one), (second, two)):
        open_inbox(visitor.page, writer.words)
    ailsa = visit("Ailsa", size=DESKTOP, origin=live_front.origin)
    page = ailsa.page
    sign_in(page, people.ailsa)
    unlock(page, people.ailsa)
    expect(page.get_by_label("Offer me live talks")).to_be_checked(timeout=PATIENCE)
    for writer in (one, two):
        take(page, writer)

    # Both stand under her eyes, and both people see that she is there.
    stands_in_front(page, two)
    beside = page.locator(".desk-pane--beside")
    expect(beside.locator("h2")).to_have_text(f"Conversation {name_of(one)}")
    expect(beside.get_by_text("I am the one.")).to_be_visible(timeout=PATIENCE)
    for writer in (one, two):
        expect(page.get_by_role("group", name=f"The person in {name_of(writer)}")).to_contain_text("The person is here.", timeout=BEATS)
    for visitor in (first, second):
        expect(visitor.page.locator(".live__who")).to_have_text("Ailsa is here.", timeout=BEATS)
    look(ailsa, "both", DESKTOP)

    # One of them writes, and is seen to; what they send stands there, and counts as shown.
    lines = page.locator(".desk-talk")
    first.page.locator("#answer-text").press_sequentially("Are you there?", delay=50)
    expect(beside).to_contain_text("The person is writing.", timeout=BEATS)
    expect(lines.first).to_contain_text("is writing")
    first.page.get_by_role("button", name="Send", exact=True).click()
    expect(beside.get_by_text("Are you there?")).to_be_visible(timeout=BEATS)

    # She types on while the keys lead from one to the other, and while a reply is on its way: each word stays where it was typed.
    held: list[Route] = []
    page.route("**/desk/api/conversations/*/envelopes", lambda route: held.append(route), times=1)  # noqa: PLW0108 - Playwright marks it
    page.keyboard.press("F8")
    stands_in_front(page, one)
    expect(page.get_by_label("Your reply")).to_be_focused()
    for name in ("one", "other", "one"):
        page.keyboard.type(f"For the {name}. ")
        page.keyboard.press("F8")
    stands_in_front(page, two)
    expect(page.get_by_label("Your reply")).to_have_value("For the other. ")
    page.get_by_role("button", name="Send, signed").press("Enter")
    page.wait_for_timeout(3_000)
    page.keyboard.press("F8")
    page.keyboard.type("And more.")
    expect(page.get_by_label("Your reply")).to_have_value("For the one. For the one. And more.")
    page.get_by_role("button", name="Send, signed").press("Enter")
    expect(first.page.locator("#thread").get_by_text("For the one. For the one. And more.")).to_be_visible(timeout=BEATS)
    assert len(held) == 1
    page.keyboard.type("Kept for the one")
    held[0].continue_()
    expect(second.page.locator("#thread").get_by_text("For the other.")).to_be_visible(timeout=BEATS)
    assert [text for text, _ in one.reads()] == ["For the one. For the one. And more."]
    assert [text.strip() for text, _ in two.reads()] == ["For the other."]

    # On less room one is seen at a time. Its person sees her; the other's is told that she is away for a moment.
    page.get_by_label("Your reply").fill("Kept for the one")
    look(ailsa, "one-of-two", PHONE)
    expect(beside).to_be_hidden()
    expect(second.page.locator(".live__who")).to_have_text("Ailsa is away for a moment.", timeout=BEATS)
    expect(first.page.locator(".live__who")).not_to_contain_text("away")
    second.page.locator("#answer-text").fill("Thank you.")
    second.page.get_by_role("button", name="Send", exact=True).click()
    expect(lines.last).to_contain_text("1 new message", timeout=BEATS)
    look(ailsa, "new", PHONE)
    page.locator("#conversation").focus()
    page.keyboard.press("o")
    stands_in_front(page, two)
    expect(lines.last).not_to_contain_text("new message")
    expect(page.get_by_label("Your reply")).to_have_value("")
    expect(second.page.locator(".live__who")).to_have_text("Ailsa is here.", timeout=BEATS)

    # The desk locks, and opens again: both talks go on, and the draft is where it was.
    page.get_by_role("button", name="Lock now").click()
    unlock(page, people.ailsa)
    for visitor in (first, second):
        expect(visitor.page.locator(".live__who")).to_contain_text("Ailsa is", timeout=BEATS)
    page.get_by_role("button", name=f"Live talk {name_of(one)}").click()
    expect(page.get_by_label("Your reply")).to_have_value("Kept for the one")
    assert {len(writer.reads()) for writer in (one, two)} == {1}
