"""The desk says five minutes before a shift ends, lets somebody stay on for one, and says afterwards where the rest went."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from helpline.clock import now
from helpline.models import Absence, Shift
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, DeskNote
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, let_pass, open_first, reply, said, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
DRAFT, WRITTEN = "A reply that was only begun", "I am in the middle of a sen"


@pytest.fixture
def writers(people: People, web_server: WebServer) -> list[Writer]:
    cache.clear()
    return [Writer(people).first(f"Message {number}").given_to(people.ailsa.member) for number in (1, 2)]


@pytest.fixture
def ailsa(people: People, writers: list[Writer], visit: Visit) -> Visitor:
    sweep_up(at=now())
    visitor = visit("Ailsa", size=DESKTOP)
    visitor.page.clock.install()
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    return visitor


def ends(people: People, at: datetime) -> None:
    Shift.objects.filter(counsellor=people.ailsa.member.counsellor).update(ends_at=at)


def look(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def choose(page: Page, number: int) -> None:
    """Opens the one of mine with this message."""
    mine = page.get_by_role("region", name="Mine").get_by_role("button")
    for place in range(mine.count()):
        mine.nth(place).click()
        expect(page.get_by_role("list", name="Messages")).to_be_visible(timeout=PATIENCE)
        if page.get_by_text(f"Message {number}").count():
            return
    raise AssertionError(number)


def test_before_the_end_it_is_said_and_one_can_be_kept(ailsa: Visitor, people: People, writers: list[Writer], visit: Visit) -> None:
    page = ailsa.page
    ends(people, now() + timedelta(minutes=4))
    choose(page, 1)
    page.get_by_label("Your reply").fill(DRAFT)
    page.get_by_label("Your reply").scroll_into_view_if_needed()
    # Her shift is looked up every half minute.
    page.clock.fast_forward("00:31")
    line = page.get_by_role("status").filter(has_text="Your shift ends at")
    expect(line).to_be_visible(timeout=PATIENCE)
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("2 of your conversations are waiting for an answer.")
    assert_accessible(page)
    page.locator("summary", has_text="Stay on, or see what happens").click()
    assert_accessible(page)
    # What is ticked stays there to be ticked, with the focus, at every look at the lists.
    along = page.get_by_label("Save replies I have not sent")
    along.press("Space")
    for _ in range(2):
        with page.expect_response("**/desk/api/work"):
            look(page)
    expect(along).to_be_focused()
    expect(along).not_to_be_checked()
    ailsa.screenshot("desk-shift-ends-1280", whole=False)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    ailsa.screenshot("desk-shift-ends-390", whole=False)
    assert_accessible(page)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    page.get_by_role("button", name="I am staying on until I have answered").last.click()
    said(page, "stays with you until you have answered")
    kept = Conversation.objects.get(kept_until__isnull=False)
    cache.clear()  # It is long ago that she wrote in either.
    ends(people, now())
    sweep_up(at=now())
    gone = next(writer for writer in writers if writer.conversation.pk != kept.pk)
    assert gone.conversation.member == people.bhavna.member
    look(page)
    over = page.get_by_role("status").filter(has_text="Your shift ended at")
    expect(over).to_contain_text("One conversation went to Bhavna.", timeout=PATIENCE)
    assert_accessible(page)
    ailsa.screenshot("desk-shift-over-1280", whole=False)
    page.get_by_role("button", name="I have read this").click()
    expect(over).to_have_count(0, timeout=PATIENCE)
    assert kept.pk in Conversation.objects.filter(member=people.ailsa.member, state="assigned").values_list("pk", flat=True)


def test_a_started_reply_is_saved_as_a_note_and_never_sent_to_the_person(ailsa: Visitor, people: People, writers: list[Writer]) -> None:
    page = ailsa.page
    choose(page, 1)
    page.get_by_label("Your reply").fill(DRAFT)
    choose(page, 2)
    cache.clear()  # It is long ago that she wrote in the first.
    page.get_by_label("Your reply").press_sequentially(WRITTEN)
    # That she writes is told with the next sign of her desk, at most eight seconds later: the network learns no letter's time.
    with page.expect_response("**/presence"):
        let_pass(page, 8_000)
    ends(people, now())
    sweep_up(at=now())
    look(page)
    over = page.get_by_role("status").filter(has_text="Your shift ended at")
    expect(over).to_contain_text("One conversation went to Bhavna.", timeout=PATIENCE)
    expect(over).to_contain_text("is saved as a note for colleagues.", timeout=PATIENCE)
    note = DeskNote.objects.get()
    assert (note.conversation, DRAFT.encode() in bytes(note.note)) == (writers[0].conversation, False)
    # The one that she writes in stays hers, and she ends her sentence.
    assert writers[1].conversation.member == people.ailsa.member
    page.get_by_label("Your reply").press_sequentially("tence.")
    page.get_by_role("button", name="Send, signed").click()
    said(page, "Sent, and signed as Ailsa.")
    assert [writer.reads() for writer in writers] == [[], [(WRITTEN + "tence.", "Ailsa")]]


@pytest.mark.night("by day a reply that was begun is saved as a note at the end of a shift")
def test_a_started_note_stays_here_and_is_not_said_to_be_saved(ailsa: Visitor, people: People, writers: list[Writer]) -> None:
    page = ailsa.page
    choose(page, 1)
    page.locator("summary", has_text="Notes for colleagues").click()
    page.get_by_label("New note").fill(DRAFT)
    choose(page, 2)
    cache.clear()
    ends(people, now())
    sweep_up(at=now())
    look(page)
    over = page.get_by_role("status").filter(has_text="Your shift ended at")
    expect(over).to_contain_text(
        "has not been sent or saved as a note. It is still here, marked “draft”, under “Passed to colleagues” or “Started by me”.",
        timeout=PATIENCE,
    )
    expect(over).not_to_contain_text("is saved as a note for colleagues")
    assert not DeskNote.objects.exists()
    page.locator("summary", has_text="Passed to colleagues").click()
    page.get_by_role("button").filter(has=page.get_by_text("draft", exact=True)).first.click()
    expect(page.get_by_label("New note")).to_have_value(DRAFT)


def test_an_absence_noted_for_somebody_at_work_is_said_and_the_new_holder_sees_who_knew_them(
    ailsa: Visitor, people: People, writers: list[Writer], visit: Visit
) -> None:
    page = ailsa.page
    choose(page, 1)
    page.locator("summary", has_text="Saved replies").click()
    Absence.objects.create(
        counsellor=people.ailsa.member.counsellor, starts_at=now() - timedelta(minutes=1), ends_at=now() + timedelta(hours=3)
    )
    sweep_up(at=now())
    look(page)
    said(page, "An absence was entered for you")
    said(page, "2 conversations went to Bhavna.")
    said(page, "This conversation has gone to Bhavna.")
    other = visit("Bhavna", size=DESKTOP)
    sign_in(other.page, people.bhavna)
    unlock(other.page, people.bhavna)
    expect(other.page.get_by_role("region", name="Mine").get_by_role("button").first).to_contain_text("came from Ailsa")
    open_first(other.page, "Mine")
    reply(other.page, "I read on from here.")
    said(other.page, "Sent, and signed as Bhavna.")


@pytest.mark.night("by day a reply that was begun is saved as a note at the end of a shift")
def test_a_draft_in_what_is_no_longer_mine_can_be_left_as_a_note(ailsa: Visitor, people: People, writers: list[Writer]) -> None:
    page = ailsa.page
    choose(page, 1)
    page.get_by_label("Your reply").fill(DRAFT)
    writers[0].given_to(people.bhavna.member)
    look(page)
    press = page.get_by_role("button", name="Save what I typed as a note")
    expect(press).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    press.click()
    said(page, "What you typed is saved as a note for colleagues.")
    expect(page.locator(".desk-note")).to_contain_text(DRAFT)
    expect(page.get_by_label("Your reply")).to_be_hidden()
    assert writers[0].reads() == []
