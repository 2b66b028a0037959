"""The first gets it; the second is told by whom it was taken. It can be given back, and whoever takes over can say so."""

import pytest
from playwright.sync_api import Page, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, reply, said, sign_in, unlock
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def at_the_desk(visit: Visit, person: DeskPerson, size: tuple[int, int]) -> Visitor:
    visitor = visit(person.name, size=size)
    sign_in(visitor.page, person)
    unlock(visitor.page, person)
    return visitor


def take(page: Page) -> None:
    page.get_by_role("button", name="Take this conversation").click()


def test_the_second_is_told_who_was_first(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Is anybody there?", "other")
    ailsa, bhavna = at_the_desk(visit, people.ailsa, DESKTOP), at_the_desk(visit, people.bhavna, PHONE)
    bhavna.expects("409")
    for visitor in (ailsa, bhavna):
        open_first(visitor.page, "Waiting")
        assert_accessible(visitor.page)
    expect(ailsa.page.get_by_text("Writes about someone else.")).to_be_visible()
    # The second hears of it only by the answer to her own click.
    bhavna.page.route("**/desk/api/conversations", lambda route: route.fulfill(status=503, body="{}"))
    bhavna.expects("503")
    take(ailsa.page)
    said(ailsa.page, "You have this conversation now.")
    take(bhavna.page)
    said(bhavna.page, "Ailsa took this conversation just before you.")
    expect(bhavna.page.get_by_role("button", name="Take this conversation")).to_have_count(0)
    assert_accessible(bhavna.page)
    assert writer.conversation.member == people.ailsa.member


@pytest.mark.night("by day the list changes by itself, and the second is told who was first")
def test_given_back_it_waits_and_the_next_one_says_that_she_takes_over(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("Is anybody there?").given_to(people.ailsa.member)
    ailsa = at_the_desk(visit, people.ailsa, DESKTOP)
    open_first(ailsa.page, "Mine")
    reply(ailsa.page, "I am here.")
    said(ailsa.page, "Sent, and signed as Ailsa.")
    writer.again("Thank you. May I ask something?")
    writer.given_to(people.ailsa.member)
    expect(ailsa.page.get_by_text("You have this conversation. The person is waiting.")).to_be_visible(timeout=PATIENCE)
    ailsa.page.get_by_text("Give this conversation back").click()
    ailsa.page.get_by_role("button", name="Give it back").click()
    said(ailsa.page, "You no longer have this conversation.")

    bhavna = at_the_desk(visit, people.bhavna, DESKTOP)
    open_first(bhavna.page, "Waiting")
    take(bhavna.page)
    said(bhavna.page, "You have this conversation now.")
    expect(bhavna.page.get_by_label("This is")).to_have_value("handover")
    reply(bhavna.page, "I am Bhavna, and I answer now that Ailsa has gone home.")
    said(bhavna.page, "Sent, and signed as Bhavna.")
    expect(bhavna.page.get_by_text("Bhavna, signed · has taken over")).to_be_visible()
    assert [writer_of for _, writer_of in writer.reads()] == ["Ailsa", "Bhavna"]


def test_the_list_changes_by_itself_and_the_keyboard_alone_is_enough(people: People, web_server: WebServer, visit: Visit) -> None:
    page = at_the_desk(visit, people.ailsa, DESKTOP).page
    expect(page.get_by_text("Nobody is waiting.")).to_be_visible()
    assert_accessible(page)
    writer = Writer(people).first("Is anybody there?")
    entry = page.get_by_role("region", name="Waiting").get_by_role("button")
    expect(entry).to_be_visible(timeout=PATIENCE)
    entry.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take this conversation")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply")).to_be_focused(timeout=PATIENCE)
    page.keyboard.type("Yes, I am.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [("Yes, I am.", "Ailsa")]
