"""Saved replies are sealed to the desk and filled in here; single keys work, never while typing, and can be switched off."""

import os

import pytest
from playwright.sync_api import expect

from helpline.clock import now
from messaging.desk.notes import keep_saved_reply
from messaging.keys.registry import GrantIn, add_epoch
from messaging.models import Conversation, Epoch, Grant, SavedReply, SavedReplyCarry
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import seal_note
from messaging.protocol.wire import Certificate, Note, Statement
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, open_first, said, unfold
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "You did right to write. I am {name of counsellor}; we answer {opening hours}."


def saved_before_the_newest_epoch(people: People) -> None:
    """Ailsa saved a reply; then she opened an epoch, and Bhavna has the key of that one alone, as if she had joined with it."""
    site, today = people.site, day_of(now())
    first = people.desk_of(people.ailsa)
    certificate = Certificate.parse(bytes(people.ailsa.member.certificates.get().certificate))
    statement = Statement.parse(bytes(Epoch.objects.get().statement))
    content = NoteText("The first step is made.", "From before")
    note = seal_note(site, people.ailsa.vault.counsellor, certificate, statement, os.urandom(16), content)
    keep_saved_reply(people.ailsa.member, Note.parse(note), site=site.site, at=now())
    candidates = [encode(bytes(person.member.certificates.get().certificate)) for person in (people.ailsa, people.bhavna)]
    body = open_desk_epoch(site, first, candidates, today, 35)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=now())
    people.confirm(people.bhavna)
    Grant.objects.filter(epoch=1, certificate__member=people.bhavna.member).delete()


@pytest.mark.night("by day saved replies are tried by the interface and in node")
def test_a_saved_reply_is_filled_in_for_whoever_uses_it(people: People, web_server: WebServer, visit: Visit) -> None:
    saved_before_the_newest_epoch(people)
    Writer(people).first("Can somebody help me?").given_to(people.ailsa.member)
    Writer(people).first("Are you there?").given_to(people.bhavna.member)
    ailsa, bhavna = at_the_desk(visit, people.ailsa), at_the_desk(visit, people.bhavna)
    page = ailsa.page
    open_first(page, "Mine")
    page.get_by_label("Your reply").fill(TEXT)
    unfold(page, "Saved replies")
    expect(page.get_by_label("A saved reply").get_by_text("From before")).to_be_attached(timeout=PATIENCE)
    # Her browser can read both epochs, and carried it by itself: so Bhavna's can read it below, and it stays as it was.
    wait_until(lambda: SavedReplyCarry.objects.filter(epoch=2).exists(), "the reply is carried into the new epoch")
    assert SavedReply.objects.get().epoch_id == 1
    page.get_by_label("Save my reply as").fill("Welcome")
    page.get_by_role("button", name="Save it for everyone at the desk").click()
    said(page, "“Welcome” is saved.")
    assert_accessible(page)
    assert b"You did right" not in bytes(SavedReply.objects.latest("pk").note)

    page = bhavna.page
    open_first(page, "Mine")
    unfold(page, "Saved replies")
    page.get_by_label("A saved reply").select_option(label="Welcome", timeout=PATIENCE)
    bhavna.screenshot("desk-saved-1280")
    assert_accessible(page)
    page.get_by_role("button", name="Add it to my reply").click()
    expect(page.get_by_label("Your reply")).to_have_value(
        "You did right to write. I am Bhavna; we answer Monday to Sunday All day and night."
    )
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.get_by_role("button", name="Delete it for everyone").click()
    said(page, "“Welcome” is deleted.")
    page.get_by_label("A saved reply").select_option(label="From before")
    expect(page.get_by_text("The first step is made.")).to_be_visible()
    expect(page.get_by_text("Saved by Ailsa.")).to_be_visible()
    page.get_by_role("button", name="Delete it for everyone").click()
    said(page, "“From before” is deleted.")
    expect(page.get_by_text("There are no saved replies yet.")).to_be_visible()
    assert_accessible(page)
    assert not SavedReply.objects.exists()


@pytest.mark.night("by day the keyboard alone is enough where two reach for one conversation")
def test_single_keys_work_but_not_while_typing_and_can_be_switched_off(people: People, web_server: WebServer, visit: Visit) -> None:
    for number in range(2):
        Writer(people).first(f"Message {number}").given_to(people.ailsa.member)
    ailsa = at_the_desk(visit, people.ailsa)
    page = ailsa.page
    entries = page.locator("[data-conversation]")
    expect(entries.nth(0)).to_be_focused(timeout=PATIENCE)
    page.keyboard.press("j")
    expect(entries.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(entries.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Messages")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("s")
    # Not on a button that acts: whoever did not see that a key was taken types on, and a space would press it.
    expect(page.locator('[data-action="snooze"] > summary')).to_be_focused()
    page.keyboard.type("it is so ")
    expect(page.locator('[data-action="snooze"] > summary')).to_be_focused()
    assert not Conversation.objects.filter(snoozed_until__isnull=False).exists()
    page.keyboard.press("n")
    expect(page.get_by_label("New note")).to_be_focused()
    page.locator("#conversation").focus()
    page.keyboard.press("r")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("just a ? junk reply")
    expect(page.get_by_label("Your reply")).to_have_value("just a ? junk reply")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#conversation").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    ailsa.screenshot("desk-keys-1280", whole=False)
    assert_accessible(page)
    page.get_by_label("Shortcut keys, when you are not typing").uncheck()
    page.keyboard.press("Escape")
    page.locator("#conversation").focus()
    page.keyboard.press("r")
    expect(page.get_by_label("Your reply")).not_to_be_focused()
