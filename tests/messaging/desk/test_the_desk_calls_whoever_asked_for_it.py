"""Who asked for it is called by a notification and a sound, locked too: a number, and nothing else. Nobody is who did not ask."""

from typing import Any

import pytest
from playwright.sync_api import expect

from helpline.models import Account, AuditEntry
from messaging.models import Conversation, DeskMember
from tests.parts.axe import assert_accessible
from tests.parts.browser import PHONE, Visit, Visitor
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, said, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

WINDOWS = pytest.mark.windows("notifications are shown by the whole browser alone")
pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True), WINDOWS]
# Listens in: the browser's own notifications and tones are still made.
LISTEN = """
window.heard = { notifications: [], tones: [], states: [] };
const Shown = window.Notification, Tone = window.OscillatorNode;
window.Notification = class extends Shown {
  constructor(title, options) { super(title, options); heard.notifications.push([title, options.body ?? "", options.silent]); }
};
window.OscillatorNode = class extends Tone {
  constructor(context, options) { super(context, options); heard.tones.push(options.frequency); heard.states.push(context.state); }
};
"""


def heard(visitor: Visitor) -> dict[str, Any]:
    found: dict[str, Any] = visitor.page.evaluate("heard")
    return found


def is_called(visitor: Visitor, *titles: str) -> None:
    wait_until(lambda: [title for title, _, _ in heard(visitor)["notifications"]] == list(titles), f"the notifications {titles}")


def test_by_a_number_and_nothing_else_open_or_locked(people: People, web_server: WebServer, visit: Visit) -> None:
    Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)
    lead = visit("Bhavna", size=PHONE)
    page = lead.page
    lead.context.grant_permissions(["notifications"])
    page.add_init_script(LISTEN)
    page.clock.install()
    sign_in(page, people.bhavna)
    unlock(page, people.bhavna)
    page.evaluate("document.hasFocus = () => false")
    Writer(people).first("Nobody asked to be called").given_to(people.bhavna.member)
    expect(page.get_by_role("region", name="Mine (1)")).to_be_visible(timeout=PATIENCE)
    assert heard(lead) == {"notifications": [], "tones": [], "states": []}

    page.get_by_role("button", name="Signals").click()
    page.get_by_label("A browser notification while").check()
    said(page, "Saved for your account.")
    page.get_by_label("A short sound").check()
    wait_until(lambda: DeskMember.objects.filter(pk=people.bhavna.member.pk, notifies=True, sounds=True).exists(), "it is kept")
    # Whoever chooses the sound hears it.
    wait_until(lambda: len(heard(lead)["tones"]) == 2, "the sound is tried")
    assert set(heard(lead)["states"]) == {"running"}
    assert_accessible(page)
    lead.screenshot("desk-signals-390")
    page.keyboard.press("Escape")
    fields = AuditEntry.objects.filter(account=people.bhavna.account, what="desk member").values_list("fields", flat=True)
    assert sorted(fields) == ["notifies", "sounds"]

    Writer(people).first("The second").given_to(people.bhavna.member)
    is_called(lead, "Desk: 2")
    page.get_by_role("button", name="Lock now").click()
    said(page, "2 conversations are waiting for you.")
    third = Writer(people).first("The third").given_to(people.ailsa.member)
    Conversation.objects.filter(pk=third.conversation.pk).update(flagged=True, flag_reason="self-harm", flagged_by=people.ailsa.member)
    is_called(lead, "Desk: 2", "Desk: 3")
    # A flag that no lead opens calls again.
    page.clock.fast_forward("01:10")
    is_called(lead, "Desk: 2", "Desk: 3", "Desk: 3")
    assert {(body, silent) for _, body, silent in heard(lead)["notifications"]} == {("", True)}
    kept = lead.kept()
    assert "signal" not in kept
    assert "notif" not in kept

    # The choice is the account's: another browser of hers knows it, and says what it still lacks.
    other = at_the_desk(visit, people.bhavna)
    other.page.get_by_role("button", name="Signals").click()
    expect(other.page.get_by_label("A short sound")).to_be_checked()
    expect(other.page.get_by_text("This browser does not let this page show notifications yet.")).to_be_visible()
    assert_accessible(other.page)
    other.screenshot("desk-signals-1280", whole=False)
