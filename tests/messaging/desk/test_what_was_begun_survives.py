"""What was typed at the desk and not sent survives a reload, Back and the page, sealed; it goes when it is sent, or with its author."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from messaging.models import Conversation
from tests.parts.axe import assert_accessible
from tests.parts.browser import ARGUMENTS, CHROMIUM, DESKTOP, PHONE, Visit, Visitor
from tests.parts.environment import Installation
from tests.parts.leaks import dresses, files_below, find_leaks
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, let_pass, open_first, reply, said, sign_in, unlock
from tests.world.staff import People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
DRAFT, NOTE, HANDED = "A reply that was only begun today", "A note that nobody has kept yet", "Words for whoever comes after me"
KEPT = "Object.entries(sessionStorage).filter(([key]) => key.startsWith('desk-drafts '))"


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


def unfold(page: Page, name: str) -> None:
    page.locator(f"details[data-action={name}] > summary").click()


def begin_everywhere(page: Page) -> None:
    page.get_by_label("Your reply").fill(DRAFT)
    unfold(page, "notes")
    page.get_by_label("New note").fill(NOTE)
    unfold(page, "hand-over")
    page.locator("#hand-over-note").fill(HANDED)


def kept(page: Page) -> int:
    return int(page.evaluate(f"{KEPT}.length"))


def until_kept(page: Page) -> str:
    """What lies in the tab's storage, once the last word is in it: it is kept twice a second."""
    wait_until(lambda: kept(page) == 1, "something is kept")
    let_pass(page, 700)
    return str(page.evaluate(f"{KEPT}[0][1]"))


def everything_is_there(page: Page) -> None:
    expect(page.get_by_label("Your reply")).to_have_value(DRAFT, timeout=PATIENCE)
    expect(page.get_by_label("New note")).to_have_value(NOTE)
    expect(page.locator("#hand-over-note")).to_have_value(HANDED)


def test_a_reload_and_a_page_that_was_left_lose_nothing(ailsa: Visitor, people: People) -> None:
    page = ailsa.page
    page.on("dialog", lambda dialog: dialog.accept())
    begin_everywhere(page)
    until_kept(page)
    card = page.get_by_role("region", name="Mine").get_by_role("button")
    expect(card).to_contain_text("draft", timeout=PATIENCE)
    assert_accessible(page)
    ailsa.screenshot("desk-draft-1280")
    page.reload()
    expect(page.get_by_text("Your drafts are saved and sealed, in this tab only.")).to_be_visible(timeout=PATIENCE)
    assert DRAFT not in page.content()
    assert_accessible(page)
    unlock(page, people.ailsa)
    expect(card).to_contain_text("draft")
    open_first(page, "Mine")
    everything_is_there(page)
    page.goto("/desk/rota/mine/")
    page.go_back()
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    everything_is_there(page)


def test_it_lies_there_sealed_and_longer_words_look_no_longer(ailsa: Visitor) -> None:
    page = ailsa.page
    begin_everywhere(page)
    first = until_kept(page)
    page.get_by_label("Your reply").fill(DRAFT + ", and now a little longer than before")
    let_pass(page, 1_200)
    second = until_kept(page)
    assert first != second
    assert len(first) == len(second)
    whole = ailsa.kept().encode()
    for words in (DRAFT, NOTE, HANDED):
        assert not [name for name, dress in dresses(words).items() if dress in whole]


@pytest.mark.night("by day the words survive a reload, lie sealed, and are gone once one signs out")
def test_what_is_sent_is_kept_no_more(ailsa: Visitor, writer: Writer) -> None:
    page = ailsa.page
    begin_everywhere(page)
    until_kept(page)
    reply(page, DRAFT)
    said(page, "Sent, and signed as Ailsa.")
    page.get_by_role("button", name="Save the note").click()
    said(page, "Note saved.")
    expect(page.locator("[data-conversation] .desk-entry__mark--draft")).to_have_count(1, timeout=PATIENCE)
    unfold(page, "hand-over")
    page.locator("#hand-over-note").fill("")
    wait_until(lambda: kept(page) == 0, "nothing is kept")
    expect(page.locator(".desk-entry__mark--draft")).to_have_count(0, timeout=PATIENCE)
    assert writer.reads() == [(DRAFT, "Ailsa")]


def test_signing_out_leaves_nothing(ailsa: Visitor) -> None:
    page = ailsa.page
    page.on("dialog", lambda dialog: dialog.accept())
    begin_everywhere(page)
    until_kept(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.night("by day the words survive a reload, lie sealed, and are gone once one signs out")
def test_a_person_who_deletes_takes_the_words_with_them(ailsa: Visitor, writer: Writer) -> None:
    page = ailsa.page
    ailsa.expects("404")
    begin_everywhere(page)
    until_kept(page)
    writer.conversation.inbox.delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    said(page, "The person may have deleted everything.")
    expect(page.get_by_label("Your reply")).to_have_value(DRAFT)
    wait_until(lambda: kept(page) == 0, "nothing is kept")
    page.get_by_label("Your reply").press_sequentially(" and more")
    let_pass(page, 700)
    assert kept(page) == 0


@pytest.mark.night("by day the words survive a reload, lie sealed, and are gone once one signs out")
def test_what_was_begun_in_one_that_went_elsewhere_can_be_found(ailsa: Visitor, writer: Writer, people: People) -> None:
    page = ailsa.page
    begin_everywhere(page)
    Conversation.objects.update(member=people.bhavna.member)
    expect(page.get_by_role("region", name="Started by me, no longer in my lists (1)")).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    ailsa.screenshot("desk-begun-elsewhere-1280")
    other = Writer(people).first("Another person").given_to(people.ailsa.member)
    page.get_by_role("region", name="Mine (1)").get_by_role("button").click(timeout=PATIENCE)
    expect(page.get_by_text("Another person")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Your reply")).to_have_value("")
    open_first(page, "Started by me")
    expect(page.get_by_label("Your reply")).to_have_value(DRAFT)
    expect(page.get_by_text("Bhavna has this conversation.")).to_be_visible()
    assert other.reads() == []


@pytest.mark.night("by day the words survive a reload, lie sealed, and are gone once one signs out")
def test_more_than_can_be_kept_is_said(ailsa: Visitor) -> None:
    page = ailsa.page
    page.get_by_label("Your reply").fill("word " * 250_000)
    said(page, "You have typed more than this browser can save.")
    page.get_by_label("Your reply").fill(DRAFT)
    expect(page.get_by_text("You have typed more than")).to_have_count(0, timeout=PATIENCE)
    until_kept(page)


def test_no_file_of_the_browsers_has_the_words(
    people: People, writer: Writer, chromium: Browser, installation: Installation, tmp_path: Path
) -> None:
    """A whole profile on the disk, while the page is open and after the browser has ended."""
    profile = tmp_path / "profile"
    context = chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=ARGUMENTS,
        headless=True,
        base_url=installation.origin,
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )
    page = context.pages[0]
    sign_in(page, people.ailsa)
    unlock(page, people.ailsa)
    open_first(page, "Mine")
    begin_everywhere(page)
    sealed = until_kept(page)
    let_pass(page, 1_000)
    found = list(files_below(profile))
    context.close()
    found += files_below(profile)
    assert any(sealed[:40].encode() in data or sealed[:40].encode("utf-16-le") in data for _, data in found), "else nothing was looked at"
    assert find_leaks(found, [DRAFT, NOTE, HANDED], []) == []
