"""A button that tries again is bound to the very bytes that it was offered for: it goes when they do, and sends nothing else, ever."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import ElementHandle, Locator, Page, Route, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, reply, said, sign_in, sign_in_anew, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
WHOLE, HALF = "The first reply, whole.", "The second reply, half wri"
SENDING = "**/desk/api/conversations/*/envelopes"
UNKNOWN = "The server did not say whether it has your reply."


@pytest.fixture
def writer(people: People, web_server: WebServer) -> Writer:
    return Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)


@pytest.fixture
def ailsa(people: People, writer: Writer, visit: Visit) -> Visitor:
    visitor = visit("Ailsa", size=DESKTOP)
    sign_in(visitor.page, people.ailsa)
    unlock(visitor.page, people.ailsa)
    open_first(visitor.page, "Mine")
    return visitor


def lose(ailsa: Visitor, text: str = WHOLE) -> None:
    """The reply is sealed and sent, and nothing is heard of it."""
    ailsa.expects("ERR_FAILED")
    ailsa.page.route(SENDING, lambda route: route.abort())
    reply(ailsa.page, text)
    said(ailsa.page, UNKNOWN)
    ailsa.page.unroute(SENDING)


def held(button: Locator) -> ElementHandle:
    """The very button, to be pressed even when the page has taken it away: as by a finger that was on its way."""
    found = button.element_handle()
    assert found is not None
    return found


def type_the_next(page: Page) -> None:
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.get_by_text(UNKNOWN)).to_have_count(0)
    page.get_by_label("Your reply").fill(HALF)


def nothing_went(page: Page) -> None:
    """Whatever was about to be sent would have gone by now: what is asked of the server after it was answered."""
    page.evaluate("fetch('/desk/api/work')")
    expect(page.get_by_label("Your reply")).to_have_value(HALF)
    expect(page.get_by_label("Your reply")).to_be_editable()


def test_once_it_is_sent_its_button_is_gone_and_can_send_no_other(ailsa: Visitor, writer: Writer) -> None:
    lose(ailsa)
    again = held(ailsa.page.get_by_role("button", name="Try again"))
    again.click()
    said(ailsa.page, "Sent, and signed as Ailsa.")
    type_the_next(ailsa.page)
    again.evaluate("button => button.click()")
    nothing_went(ailsa.page)
    assert writer.reads() == [(WHOLE, "Ailsa")]
    assert_accessible(ailsa.page)


@pytest.mark.night("by day a button sends once")
def test_once_it_is_changed_its_button_is_gone_and_can_send_no_other(ailsa: Visitor, writer: Writer) -> None:
    lose(ailsa)
    again = held(ailsa.page.get_by_role("button", name="Try again"))
    ailsa.page.get_by_role("button", name="Change the reply").click()
    said(ailsa.page, "Your reply had not arrived. You can change it now.")
    type_the_next(ailsa.page)
    again.evaluate("button => button.click()")
    nothing_went(ailsa.page)
    assert writer.reads() == []


@pytest.mark.night("by day a button sends once")
def test_signed_in_again_two_buttons_do_one_thing_each(ailsa: Visitor, writer: Writer, people: People) -> None:
    ailsa.expects("401|403")
    page = ailsa.page
    Session.objects.all().delete()
    reply(page, WHOLE)
    said(page, "You have been signed out. Your reply is still here.")
    looks = page.get_by_role("button", name="I have signed in again: show the lists")
    sends = page.get_by_role("button", name="I have signed in again: send this reply")
    expect(looks).to_be_visible(timeout=PATIENCE)
    expect(sends).to_be_visible()
    assert_accessible(page)
    sign_in_anew(ailsa, people.ailsa)
    looks.click()
    expect(looks).to_have_count(0, timeout=PATIENCE)
    assert writer.reads() == []
    kept = held(sends)
    sends.click()
    said(page, "Sent, and signed as Ailsa.")
    expect(sends).to_have_count(0)
    page.get_by_label("Your reply").fill(HALF)
    kept.evaluate("button => button.click()")
    nothing_went(page)
    assert writer.reads() == [(WHOLE, "Ailsa")]


@pytest.mark.night("by day a button sends once")
def test_signed_out_it_can_be_changed_before_it_goes(ailsa: Visitor, writer: Writer, people: People) -> None:
    ailsa.expects("401|403")
    Session.objects.all().delete()
    reply(ailsa.page, WHOLE)
    said(ailsa.page, "You have been signed out. Your reply is still here.")
    sign_in_anew(ailsa, people.ailsa)
    ailsa.page.get_by_role("button", name="Change the reply").click()
    said(ailsa.page, "Your reply had not arrived. You can change it now.")
    reply(ailsa.page, "Something better.")
    said(ailsa.page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [("Something better.", "Ailsa")]


@pytest.mark.night("by day a button sends once")
def test_what_may_have_arrived_is_still_bound_after_another_conversation_was_looked_at(
    ailsa: Visitor, writer: Writer, people: People
) -> None:
    page = ailsa.page
    other = Writer(people).first("Another person").given_to(people.ailsa.member)
    mine = page.get_by_role("region", name="Mine (2)").get_by_role("button")
    expect(mine).to_have_count(2, timeout=PATIENCE)
    page.route("**/desk/api/conversations", lambda route: route.abort())  # Nothing else tells this page what arrived.
    lose_the_answer(ailsa)
    mine.filter(has_text="1 new").click()
    expect(page.get_by_text("Another person")).to_be_visible(timeout=PATIENCE)
    mine.filter(has_not_text="1 new").first.click()
    said(page, "Sent, and signed as Ailsa.")
    expect(page.get_by_label("Your reply")).to_have_value("")
    assert writer.reads() == [(WHOLE, "Ailsa")]
    assert other.reads() == []


def lose_the_answer(ailsa: Visitor) -> None:
    """The server has it, and the page does not hear so."""
    ailsa.expects("ERR_FAILED")

    def abort(route: Route) -> None:
        route.fetch()
        route.abort()

    ailsa.page.route(SENDING, abort)
    reply(ailsa.page, WHOLE)
    said(ailsa.page, UNKNOWN)
    ailsa.page.unroute(SENDING)
