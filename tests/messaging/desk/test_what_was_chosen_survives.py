"""What was ticked or chosen in a form of the desk and not sent comes back as typed words do: sealed, and gone once it is done."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from helpline.clock import now
from helpline.models import Shift
from messaging.models import Conversation
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, let_pass, open_first, said, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
KEPT = "Object.entries(sessionStorage).filter(([key]) => key.startsWith('desk-drafts '))"
CHOSEN = {
    "#close-route": "other",
    "#snooze-day": (now() + timedelta(days=9)).date().isoformat(),
    "#flag-reason": "advice",
    "#block-days": "3",
    "#reply-kind": "closing",
}
TICKED = ["Limits on devices or accounts", "Write or call again", "Childline"]
DISCLOSED = {"#disclose-reason": "harm-child", "#disclose-recipient": "social-work", "#disclose-telling": "risk"}


@pytest.fixture
def writer(people: People, web_server: WebServer) -> Writer:
    return Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)


@pytest.fixture
def ailsa(people: People, writer: Writer, visit: Visit) -> Visitor:
    visitor = visit("Ailsa", size=DESKTOP)
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    open_first(visitor.page, "Mine")
    return visitor


def unfold(page: Page, name: str) -> None:
    fold = page.locator(f"details[data-action={name}]")
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()


def choose(page: Page, values: dict[str, str]) -> None:
    for where, value in values.items():
        control = page.locator(where)
        fold = page.locator("details", has=control)
        if fold.count():
            unfold(page, str(fold.get_attribute("data-action")))
        if where == "#snooze-day":
            control.fill(value)
        else:
            control.select_option(value)


def tick(page: Page, fold: str, *names: str) -> None:
    unfold(page, fold)
    for name in names:
        page.get_by_label(name).check()


def come_back(page: Page, people: People) -> None:
    """After a reload, as after a crash: the tab's storage is what there is."""
    let_pass(page, 700)  # It is kept twice a second.
    page.reload()
    unlock(page, people.ailsa)
    open_first(page, "Mine")


def are_chosen(page: Page, values: dict[str, str]) -> None:
    for where, value in values.items():
        expect(page.locator(where)).to_have_value(value)


def kept(page: Page) -> int:
    return int(page.evaluate(f"{KEPT}.length"))


def test_every_choice_comes_back(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    choose(page, CHOSEN)
    choose(page, {"#hand-over-to": str(page.locator("#hand-over-to option").nth(1).get_attribute("value"))})
    handed = page.locator("#hand-over-to").input_value()
    tick(page, "close", *TICKED)
    wait_until(lambda: kept(page) == 1, "something is kept")
    let_pass(page, 700)
    for word in ("other", "closing", "advice", CHOSEN["#snooze-day"], handed):
        assert word not in str(page.evaluate(f"{KEPT}[0][1]"))
    come_back(page, people)
    are_chosen(page, CHOSEN | {"#hand-over-to": handed})
    unfold(page, "close")
    for name in TICKED:
        expect(page.get_by_label(name)).to_be_checked()
    expect(page.locator("[data-action=close] input:checked")).to_have_count(len(TICKED))
    assert_accessible(page)
    ailsa.screenshot("desk-chosen-1280")


@pytest.mark.night("by day every choice comes back after a reload")
def test_the_messages_to_pass_on_and_why_come_back(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    unfold(page, "disclose")
    choose(page, DISCLOSED)
    page.get_by_label("Which office or team").fill("The duty team")
    page.get_by_label("Message 1 from the person").check()
    come_back(page, people)
    are_chosen(page, DISCLOSED)
    expect(page.get_by_label("Message 1 from the person")).to_be_checked()
    expect(page.get_by_text("This would be shared, and nothing else")).to_be_visible()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    ailsa.screenshot("desk-chosen-disclosure-390")
    assert_accessible(page)


@pytest.mark.night("by day every choice comes back after a reload")
def test_a_tick_alone_opens_the_form_again(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    unfold(page, "disclose")
    page.get_by_label("Message 1 from the person").check()
    come_back(page, people)
    expect(page.get_by_label("Message 1 from the person")).to_be_checked()


@pytest.mark.night("by day every choice comes back after a reload")
def test_a_choice_stays_when_the_forms_are_drawn_anew(ailsa: Visitor) -> None:
    """A flag goes up, so the forms are others: what was chosen in the rest of them stands there still."""
    page = ailsa.page
    choose(page, {"#close-route": "young", "#flag-reason": "advice"})
    tick(page, "close", *TICKED)
    unfold(page, "flag")
    page.get_by_role("button", name="Flag it to the lead").click()
    expect(page.get_by_text("Flagged to the lead: a second opinion is needed").first).to_be_visible(timeout=PATIENCE)
    are_chosen(page, {"#close-route": "young", "#flag-reason": ""})
    expect(page.locator("[data-action=close] input:checked")).to_have_count(len(TICKED))


@pytest.mark.night("by day every choice comes back after a reload")
def test_what_was_done_is_kept_no_more(ailsa: Visitor) -> None:
    page = ailsa.page
    choose(page, {"#flag-reason": "advice"})
    page.get_by_role("button", name="Flag it to the lead").click()
    expect(page.get_by_text("Flagged to the lead: a second opinion is needed").first).to_be_visible(timeout=PATIENCE)
    wait_until(lambda: kept(page) == 0, "nothing is kept")
    expect(page.locator("#flag-reason")).to_have_value("")
    choose(page, {"#close-route": "other"})
    tick(page, "close", *TICKED)
    wait_until(lambda: kept(page) == 1, "something is kept")
    page.get_by_role("button", name="Close the conversation").click()
    said(page, "The conversation is closed.")
    wait_until(lambda: kept(page) == 0, "nothing is kept")


@pytest.mark.night("by day every choice comes back after a reload")
def test_a_choice_is_no_draft_that_somebody_must_go_on_with(ailsa: Visitor, people: People) -> None:
    """Else a conversation that went elsewhere would stand in the lists for ever: its forms are no longer there."""
    page = ailsa.page
    choose(page, {"#close-route": "other"})
    wait_until(lambda: kept(page) == 1, "something is kept")
    expect(page.locator(".desk-entry__mark--draft")).to_have_count(0)
    Conversation.objects.update(member=people.bhavna.member)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", name="Mine")).to_have_text("Mine (0)", timeout=PATIENCE)
    expect(page.get_by_role("region", name="Started by me, no longer in my lists")).to_have_count(0)


@pytest.mark.night("by day every choice comes back after a reload")
def test_whoever_wants_no_note_left_at_the_end_need_not_say_so_twice(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    Shift.objects.filter(counsellor=people.ailsa.member.counsellor).update(ends_at=now() + timedelta(minutes=4))

    def the_tick() -> None:
        expect(page.get_by_role("status").filter(has_text="Your shift ends at")).to_be_visible(timeout=40_000)
        page.locator("summary", has_text="Stay on, or see what happens").click()

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    the_tick()
    page.get_by_label("Save replies I have not sent").uncheck()
    come_back(page, people)
    the_tick()
    expect(page.get_by_label("Save replies I have not sent")).not_to_be_checked()
