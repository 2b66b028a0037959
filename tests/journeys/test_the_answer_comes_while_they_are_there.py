"""Someone waits in an open conversation: the answer comes, they see who is there, hide, and lose the hub without losing anything."""

import re

import pytest
from playwright.sync_api import Page, expect

from messaging.protocol.peer.pulses import AWAY, MOMENT, TYPING
from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.live_front import LiveFront
from tests.parts.processes import wait_until
from tests.world.live_peer import LivePeer
from tests.world.staff import People
from tests.world.steps import PATIENCE, open_inbox
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Some beats of two seconds.
BEATS = 15_000


def look(person: Visitor, state: str, *sizes: tuple[int, int]) -> None:
    for size in sizes or (PHONE,):
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        person.page.locator("#live:visible, .veil__name").first.scroll_into_view_if_needed()
        person.screenshot(f"live-{state}-{size[0]}", whole=False)
        assert_accessible(person.page)


def give_words(page: Page, words: list[str]) -> None:
    """The two that are asked for."""
    labels = page.locator(".veil label")
    for place in range(labels.count()):
        number = re.search(r"\d", labels.nth(place).inner_text())
        assert number is not None
        page.locator(".veil input").nth(place).fill(words[int(number[0]) - 1])
    page.get_by_role("button", name="Go on").click()


def test_waiting_hiding_and_losing_the_hub(live_front: LiveFront, people: People, visit: Visit, request: pytest.FixtureRequest) -> None:
    writer = Writer(people).first("Is anyone there?")
    writer.given_to(people.ailsa.member)
    person = visit("the person", origin=live_front.origin)
    page = person.page
    frames: list[tuple[str, int]] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(("sent", len(frame)))))
    open_inbox(page, writer.words)
    live = page.locator("#live")
    expect(live).to_contain_text("You can wait here. We show the answer on this page.", timeout=PATIENCE)
    look(person, "waiting", DESKTOP, PHONE)

    # The answer stands there within two beats of the commit, and nothing was pressed.
    expect(page.get_by_text("Check for a new reply")).to_be_visible()
    page.wait_for_timeout(3_000)
    answers(people, people.ailsa, writer, "I am here now.")
    expect(page.locator("#thread").get_by_text("I am here now.")).to_be_visible(timeout=5_000)
    expect(live.locator("[role=status].govuk-visually-hidden")).to_have_text("There is a new reply.")

    # A counsellor's page is there, types, and needs a moment; it sees that the person types.
    peer = LivePeer(people, people.ailsa, writer, live_front.origin).begin()
    request.addfinalizer(peer.end)
    who = live.locator(".live__who")
    certificate = people.desk_of(people.ailsa).certificate
    assert certificate is not None
    name = certificate.display_name
    expect(who).to_have_text(f"{name} is here.", timeout=BEATS)
    look(person, "here", DESKTOP, PHONE)
    for flags, words in ((TYPING, "is writing."), (MOMENT, "needs a moment, and will be back."), (AWAY, "is away for a moment.")):
        peer.flags = flags
        expect(who).to_have_text(f"{name} {words}", timeout=BEATS)
    peer.flags = 0
    page.locator("#answer-text").press_sequentially("Thank you", delay=50)
    wait_until(lambda: peer.seen == TYPING, "the counsellor sees that the person types")
    page.get_by_role("button", name="I need a moment").click()
    wait_until(lambda: peer.seen == MOMENT, "the counsellor sees that the person needs a moment")
    page.get_by_role("button", name="I need a moment").click()

    # Someone comes in. The page is plain at once, and the counsellor sees that the person is away.
    page.get_by_role("button", name="Someone came in: hide this page").click()
    assert page.locator("#thread").is_hidden()
    assert page.title() == "Page"
    wait_until(lambda: peer.seen == AWAY, "the counsellor sees that the person is away")
    look(person, "hidden")
    page.get_by_role("button", name="Show this page").click()
    page.locator(".veil input").first.fill("wrong")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("These are not the two words.")
    look(person, "hidden-words", DESKTOP, PHONE)
    give_words(page, writer.words)
    expect(page.locator("#thread").get_by_text("I am here now.")).to_be_visible()
    assert page.locator("#answer-text").input_value() == "Thank you"
    wait_until(lambda: peer.seen == 0, "the counsellor sees that the person is back")

    # The hub is killed: the page says so, looks, and finds the answer. The hub is back, and so is the line.
    person.expects(r"/live/socket|live")
    live_front.kill_hub()
    expect(live).to_contain_text("we look for an answer every ten seconds", timeout=BEATS)
    assert who.inner_text() == ""
    look(person, "no-line", DESKTOP, PHONE)
    answers(people, people.ailsa, writer, "Take your time.")
    expect(page.locator("#thread").get_by_text("Take your time.")).to_be_visible(timeout=BEATS)
    live_front.bring_hub_back()
    expect(who).to_have_text(f"{name} is here.", timeout=60_000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread").get_by_text("Thank you")).to_be_visible(timeout=BEATS)
    peer.end()
    expect(who).to_have_text("", timeout=30_000)
    page.get_by_role("button", name="Stop looking").click()
    expect(live).to_contain_text("This page does not look for an answer now.")
    look(person, "stopped")
    assert {size for _, size in frames} == peer.sizes == {257}
