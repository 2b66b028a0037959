"""A counsellor's day in the browser: what to answer first, a note, a snooze, a hand-over, a close; calm and accessible all along."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.models import Conversation, DeskNote
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, reply, said, unfold
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
NOTE = "Writes best in the evening."


def due(writer: Writer, **ahead: int) -> None:
    Conversation.objects.filter(pk=writer.conversation.pk).update(due_at=now() + timedelta(**ahead))


@pytest.mark.night("by day a Monday goes through the same lists")
def test_the_next_to_answer_comes_first_and_is_marked(people: People, web_server: WebServer, visit: Visit) -> None:
    late, soon, later = (Writer(people).first(f"Message {number}").given_to(people.ailsa.member) for number in range(3))
    due(late, hours=-1)
    due(soon, hours=1)
    due(later, days=1)
    for number in range(4):
        Writer(people).first(f"Night {number}")
    for size in (DESKTOP, PHONE):
        visitor = at_the_desk(visit, people.ailsa if size == DESKTOP else people.bhavna, size)
        visitor.screenshot(f"desk-monday-{size[0]}")
        assert_accessible(visitor.page)
        if size == DESKTOP:
            mine = visitor.page.get_by_role("region", name="Mine (3)").get_by_role("button")
            expect(mine.first).to_contain_text("next to answer")
            expect(mine.first).to_contain_text("overdue: answer was due by")
            expect(mine.nth(1)).to_contain_text("answer by")
            expect(mine.nth(2)).to_contain_text("tomorrow")
            expect(visitor.page.get_by_role("button", name="1 new")).to_have_count(7)


def test_a_note_a_snooze_a_hand_over_and_a_close(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    ailsa, bhavna = at_the_desk(visit, people.ailsa), at_the_desk(visit, people.bhavna, PHONE)
    page = ailsa.page
    open_first(page, "Mine")
    assert_accessible(page)

    unfold(page, "Snooze")
    assert_accessible(page)
    page.get_by_role("button", name="Until tomorrow, 9am").click()
    said(page, "Snoozed. The conversation will come back automatically.")
    expect(page.locator("[data-fold=snoozed] summary")).to_have_text("Snoozed (1)", timeout=PATIENCE)
    page.locator("[data-fold=snoozed] summary").click()
    ailsa.screenshot("desk-snoozed-1280")
    assert_accessible(page)
    unfold(page, "End the snooze")
    page.get_by_role("button", name="End the snooze now").click()
    said(page, "The conversation is back in your list.")

    unfold(page, "Hand over")
    page.get_by_label("To", exact=True).select_option(label="Bhavna, on duty now")
    page.get_by_label("Note for the next counsellor").first.fill(NOTE)
    assert_accessible(page)
    ailsa.screenshot("desk-hand-over-1280")
    page.get_by_role("button", name="Hand it over").click()
    said(page, "Bhavna has the conversation now.")
    expect(page.locator("[data-fold=passed] summary")).to_have_text("Passed to colleagues (1)", timeout=PATIENCE)

    page = bhavna.page
    expect(page.get_by_role("region", name="Mine").get_by_role("button")).to_contain_text("came from Ailsa", timeout=PATIENCE)
    open_first(page, "Mine")
    expect(page.locator(".desk-note")).to_contain_text(NOTE, timeout=PATIENCE)
    expect(page.locator(".desk-note")).to_contain_text("Ailsa")
    bhavna.screenshot("desk-handed-390")
    assert_accessible(page)
    assert NOTE.encode() not in bytes(DeskNote.objects.get().note)

    unfold(page, "Close")
    page.get_by_role("button", name="Close the conversation").click()
    expect(page.get_by_text("Choose who wrote, and who it was about.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Who wrote, and who it was about").select_option("self")
    page.get_by_label("Limits on devices or accounts").check()
    page.get_by_label("A GP or mental health service").check()
    page.get_by_label("Signed closing message to the person").fill("Thank you for writing. You can write again.")
    bhavna.screenshot("desk-close-390")
    assert_accessible(page)
    page.get_by_role("button", name="Close the conversation").click()
    said(page, "The conversation is closed. It opens again if the person writes.")
    assert_accessible(page)
    assert writer.reads() == [("Thank you for writing. You can write again.", "Bhavna")]
    assert writer.conversation.state == "closed"
    writer.again("May I ask one more thing?")
    expect(page.locator(".desk-bubble", has_text="May I ask one more thing?")).to_be_visible(timeout=PATIENCE)


def test_the_second_to_answer_is_told_and_keeps_the_draft(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    ailsa, bhavna = at_the_desk(visit, people.ailsa), at_the_desk(visit, people.bhavna)
    open_first(ailsa.page, "Mine")
    ailsa.page.get_by_label("Your reply").fill("I am writing this slowly")
    writer.given_to(people.bhavna.member)
    ailsa.page.route("**/desk/api/conversations", lambda route: route.abort())  # She hears of it only by the answer to her own click.
    ailsa.expects("ERR_FAILED|403")
    open_first(bhavna.page, "Mine")
    expect(bhavna.page.get_by_text("Ailsa is")).to_be_visible(timeout=PATIENCE)
    bhavna.screenshot("desk-who-is-here-1280")
    reply(bhavna.page, "I was faster.")
    said(bhavna.page, "Sent, and signed as Bhavna.")
    ailsa.page.get_by_role("button", name="Send, signed").click()
    expect(ailsa.page.get_by_role("status").filter(has_text="Bhavna has this conversation now, and answered")).to_contain_text(
        " ago", timeout=PATIENCE
    )
    expect(ailsa.page.get_by_label("Your reply")).to_have_value("I am writing this slowly")
    expect(ailsa.page.get_by_text("I was faster.")).to_be_visible()
    assert_accessible(ailsa.page)
    assert writer.reads() == [("I was faster.", "Bhavna")]
