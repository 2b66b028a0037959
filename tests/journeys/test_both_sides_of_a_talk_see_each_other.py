"""A person's page and the desk's, through the proxy and the hub: each sees the other in a live talk, and nobody once it is left."""

import pytest
from playwright.sync_api import Page, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.live import LiveSite
from tests.parts.processes import wait_until
from tests.world.browser import PATIENCE, at_the_desk, open_first, reply
from tests.world.staff import People
from tests.world.steps import open_inbox
from tests.world.talks import asks_for_talk, open_at_any_hour
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.proxy, pytest.mark.django_db(transaction=True)]
# Some beats of two seconds, and the eight after which nobody is there.
BEATS = 30_000


def look(visitor: Visitor, place: str, state: str) -> None:
    for size in (PHONE, DESKTOP):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.page.locator(place).scroll_into_view_if_needed()
        visitor.screenshot(f"talk-{state}-{size[0]}", whole=False)
        assert_accessible(visitor.page)


def stored(page: Page) -> list[str]:
    """The names of all that this browser keeps for the site."""
    names: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return names


def press(page: Page, name: str) -> None:
    """By keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True)
    button.press("Enter")
    expect(page.locator(".desk-there button:focus")).to_have_count(1)


def test_a_talk_from_the_first_beat_to_the_last(people: People, live_site: LiveSite, visit: Visit) -> None:
    open_at_any_hour(people.ailsa)
    wait_until(live_site.hub.ready, "the hub hears")
    writer = Writer(people).first("May I talk to someone now?").given_to(people.ailsa.member)
    person = visit("the person")
    open_inbox(person.page, writer.words)
    who = person.page.locator(".live__who")
    ailsa = at_the_desk(visit, people.ailsa)
    page = ailsa.page
    sizes: set[int] = set()
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sizes.add(len(frame))))
    there, spoken = page.get_by_role("group", name="The person"), page.locator(".desk-there [role=status]")

    # A conversation that stands open shows the person nobody, and says so.
    open_first(page, "Mine")
    expect(there).to_contain_text("The person is not shown that you are here.")
    before = stored(page)
    look(ailsa, ".desk-there", "desk-not-shown")
    expect(page.get_by_label("Offer me live talks")).to_be_checked(timeout=PATIENCE)
    assert who.inner_text() == ""

    # A live talk that is taken does: each sees the other, who writes, and who needs a moment.
    asks_for_talk(writer)
    page.get_by_role("button", name="Take it").click(timeout=PATIENCE)
    expect(there).to_contain_text("The person is here.", timeout=BEATS)
    expect(who).to_have_text("Ailsa is here.", timeout=BEATS)
    expect(spoken).to_have_text("The person is here.")
    for visitor, place, side in ((ailsa, ".desk-there", "desk"), (person, "#live", "person")):
        look(visitor, place, f"{side}-here")
    page.get_by_label("Your reply").press_sequentially("I am here", delay=50)
    expect(who).to_have_text("Ailsa is writing.", timeout=BEATS)
    person.page.locator("#answer-text").press_sequentially("Thank you", delay=50)
    expect(there).to_contain_text("The person is writing.", timeout=BEATS)
    expect(spoken).to_have_text("The person is here.")
    press(page, "I need a moment")
    expect(who).to_have_text("Ailsa needs a moment, and will be back.", timeout=BEATS)
    press(page, "I need a moment")
    expect(who).to_have_text("Ailsa is here.", timeout=BEATS)
    reply(page, "I am here. Take your time.")
    expect(person.page.locator("#thread").get_by_text("I am here. Take your time.")).to_be_visible(timeout=BEATS)
    expect(there).to_contain_text("Their page shows your newest reply.", timeout=BEATS)

    # It ends: the person is told that it goes on as messages.
    page.get_by_role("button", name="End the talk").press("Enter")
    expect(who).to_contain_text("Ailsa has to go. It goes on as a message", timeout=BEATS)
    expect(there).to_contain_text("The person is not shown that you are here.")

    # By choice they see each other all the same.
    press(page, "Show that I am here")
    expect(who).to_have_text("Ailsa is here.", timeout=BEATS)
    expect(there).to_contain_text("The person is here.", timeout=BEATS)
    person.page.get_by_role("button", name="Someone came in: hide this page").click()
    expect(there).to_contain_text("The person is away for a moment.", timeout=BEATS)
    expect(spoken).to_have_text("The person is away for a moment.")
    assert stored(page) == before
    assert sizes == {257}

    # The desk locks: nobody is there.
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_label("Passphrase of your vault")).to_be_visible(timeout=PATIENCE)
    expect(who).to_have_text("", timeout=BEATS)
    assert there.count() == 0
