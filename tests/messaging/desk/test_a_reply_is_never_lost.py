"""What a counsellor has typed stays until the server has it, whatever fails, and arrives once."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Route, expect

from messaging.models import Envelope
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, reply, said, sign_in, sign_in_anew, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "It is good that you wrote."
SENDING = "**/desk/api/conversations/*/envelopes"
# The lists, and a thread.
LOOKING = re.compile(r"/desk/api/conversations(/[^/]+)?(\?.*)?$")


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


@pytest.mark.night("by day replies arrive signed wherever a counsellor answers")
def test_it_arrives_signed_and_the_page_says_so(ailsa: Visitor, writer: Writer) -> None:
    reply(ailsa.page, TEXT)
    said(ailsa.page, "Sent, and signed as Ailsa.")
    expect(ailsa.page.get_by_label("Your reply")).to_have_value("")
    assert writer.reads() == [(TEXT, "Ailsa")]


def test_an_answer_that_was_lost_on_the_way_makes_no_second_reply(ailsa: Visitor, writer: Writer) -> None:
    ailsa.expects("ERR_FAILED")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    # On a slow machine the page would else see by itself that the reply is there, before the button is pressed.
    ailsa.page.route(LOOKING, lambda route: route.abort())
    ailsa.page.route(SENDING, lose_the_answer)
    reply(ailsa.page, TEXT)
    said(ailsa.page, "The server did not say whether it has your reply.")
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    expect(ailsa.page.get_by_label("Your reply")).not_to_be_editable()
    assert_accessible(ailsa.page)
    ailsa.page.unroute(SENDING)
    ailsa.page.unroute(LOOKING)
    ailsa.page.get_by_role("button", name="Try again").click()
    said(ailsa.page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [(TEXT, "Ailsa")]


@pytest.mark.night("by day a lost answer, a session that ended and a conversation that went elsewhere lose nothing")
def test_a_reply_that_never_arrived_can_be_changed(ailsa: Visitor, writer: Writer) -> None:
    ailsa.expects("ERR_FAILED")
    ailsa.page.route(SENDING, lambda route: route.abort())
    reply(ailsa.page, TEXT)
    said(ailsa.page, "The server did not say whether it has your reply.")
    ailsa.page.unroute(SENDING)
    ailsa.page.get_by_role("button", name="Change the reply").click()
    said(ailsa.page, "Your reply had not arrived. You can change it now.")
    reply(ailsa.page, "Something better.")
    said(ailsa.page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [("Something better.", "Ailsa")]


def test_what_came_in_between_is_read_first(ailsa: Visitor, writer: Writer, people: People) -> None:
    ailsa.expects("409")
    other = ailsa.context.new_page()
    other.goto("/desk/")
    unlock(other, people.ailsa)
    open_first(other, "Mine")
    ailsa.page.route("**/desk/api/conversations", lambda route: route.abort())  # This tab does not hear of it.
    ailsa.expects("ERR_FAILED")
    reply(other, "From the other tab.")
    said(other, "Sent, and signed as Ailsa.")
    reply(ailsa.page, TEXT)
    said(ailsa.page, "something new came into this conversation")
    expect(ailsa.page.get_by_text("From the other tab.")).to_be_visible()
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    ailsa.page.get_by_role("button", name="Send, signed").click()
    said(ailsa.page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [("From the other tab.", "Ailsa"), (TEXT, "Ailsa")]


def test_signed_out_meanwhile_it_goes_after_signing_in_again(ailsa: Visitor, writer: Writer, people: People) -> None:
    ailsa.expects("401|403")
    Session.objects.all().delete()
    reply(ailsa.page, TEXT)
    said(ailsa.page, "You have been signed out. Your reply is still here.")
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    assert_accessible(ailsa.page)
    # Her authenticator shows a new code only every 30 seconds, and each is good once; a passkey would not have to wait.
    other = ailsa.context.new_page()
    sign_in(other, people.bhavna)
    ailsa.page.locator(".desk-reply").get_by_role("button", name="I have signed in again").click()
    said(ailsa.page, "You are not signed in yet, or you are signed in as someone else.")
    other.close()
    Session.objects.all().delete()
    ailsa.context.clear_cookies()
    sign_in_anew(ailsa, people.ailsa)
    ailsa.page.locator(".desk-reply").get_by_role("button", name="I have signed in again").click()
    said(ailsa.page, "Sent, and signed as Ailsa.")
    assert writer.reads() == [(TEXT, "Ailsa")]


def test_a_conversation_that_went_to_somebody_else_keeps_the_draft_in_sight(ailsa: Visitor, writer: Writer, people: People) -> None:
    ailsa.expects("403")
    ailsa.page.get_by_label("Your reply").fill(TEXT)
    writer.given_to(people.bhavna.member)
    ailsa.page.get_by_role("button", name="Send, signed").click()
    said(ailsa.page, "Bhavna has this conversation now")
    expect(ailsa.page.get_by_text("Bhavna has this conversation.")).to_be_visible()
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    assert Envelope.objects.filter(direction=2).count() == 0


@pytest.mark.night("by day what came in between is read first")
def test_a_message_that_comes_while_one_writes_is_shown_and_the_draft_stays(ailsa: Visitor, writer: Writer) -> None:
    ailsa.page.get_by_label("Your reply").fill(TEXT)
    writer.again("And one more thing")
    expect(ailsa.page.get_by_text("And one more thing")).to_be_visible(timeout=PATIENCE)
    expect(ailsa.page.get_by_label("Your reply")).to_have_value(TEXT)
    reply(ailsa.page, TEXT)
    said(ailsa.page, "Sent, and signed as Ailsa.")
