"""An altered or missing message is a warning in words, never half a message; who answers all the same must say so first."""

import pytest
from playwright.sync_api import expect

from messaging.models import Envelope
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, open_first, said, sign_in, unlock
from tests.world.staff import People
from tests.world.steps import open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_an_altered_message_is_a_warning_and_sending_asks_first(people: People, web_server: WebServer, visit: Visit) -> None:
    writer = Writer(people).first("The first message").given_to(people.ailsa.member)
    writer.again("The second message")
    writer.given_to(people.ailsa.member)
    second = Envelope.objects.get(direction=1, sequence=2)
    second.envelope = second.envelope[:5000] + bytes([second.envelope[5000] ^ 1]) + second.envelope[5001:]
    second.save()

    page = visit("Ailsa", size=DESKTOP).page
    sign_in(page, people.ailsa)
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    expect(page.get_by_text("The first message")).to_be_visible(timeout=PATIENCE)
    expect(page.locator('[data-warning="altered"]')).to_contain_text("A message here was changed on its way")
    assert "The second message" not in page.content()
    assert_accessible(page)

    page.get_by_label("Your reply").fill("I could not read your second message.")
    page.get_by_label("This is").select_option("again")
    page.get_by_role("button", name="Send, signed").click()
    said(page, "Part of this conversation failed its checks.")
    assert Envelope.objects.filter(direction=2).count() == 0
    page.get_by_label("I have read the warnings above, and I want to send anyway").check()
    page.get_by_role("button", name="Send, signed").click()
    said(page, "Sent, and signed as Ailsa.")
    # What cannot be opened is asked for again, and the person is told by whom.
    expect(page.get_by_text("Ailsa, signed · asks the person to write again")).to_be_visible(timeout=PATIENCE)
    person = visit("the person")
    open_inbox(person.page, writer.words)
    asks = "Ailsa could not open some of what you wrote. Please write it again."
    expect(person.page.get_by_text(asks)).to_be_visible(timeout=PATIENCE)
    expect(person.page.get_by_text("I could not read your second message.")).to_be_visible()
    assert_accessible(person.page)
    person.screenshot("write-again-390")


@pytest.mark.night("by day an altered message is a warning, and sending asks first")
def test_whoever_has_read_everything_is_not_offered_to_ask_again(people: People, web_server: WebServer, visit: Visit) -> None:
    Writer(people).first("The first message").given_to(people.ailsa.member)
    page = visit("Ailsa", size=DESKTOP).page
    sign_in(page, people.ailsa)
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    offered = page.get_by_label("This is").locator("option:not([hidden])").all_inner_texts()
    assert offered == ["A reply", "A reply that says I am taking over", "A closing message"]
