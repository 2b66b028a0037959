"""While the bell lives, a desk learns of a change when it is committed and asks seldom; without it, it asks every five seconds."""

import time

import pytest
from playwright.sync_api import expect

from tests.parts.browser import DESKTOP, Visit, Visitor
from tests.parts.live import LiveSite
from tests.parts.processes import wait_until
from tests.world.browser import PATIENCE, open_first, reply, said, sign_in, unlock
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.proxy, pytest.mark.django_db(transaction=True)]
# Well below the half minute after which a desk with a bell asks on its own.
SOON = 6_000


def at_the_desk(visit: Visit, person: DeskPerson) -> Visitor:
    visitor = visit(person.name, size=DESKTOP)
    sign_in(visitor.page, person)
    unlock(visitor.page, person)
    return visitor


def looks(visitor: Visitor) -> int:
    """How often it has asked for its lists."""
    return sum(request.url.endswith("/desk/api/conversations") for request in visitor.requests)


def bells(live_site: LiveSite, visitor: Visitor) -> int:
    """How many desks have a bell; the browsers go on while it is asked."""
    visitor.page.wait_for_timeout(100)
    return int(live_site.hub.figure('helpline_live_sockets{side="bell"}'))


def test_two_desks_hear_of_each_change_when_it_is_made(people: People, live_site: LiveSite, visit: Visit) -> None:
    ailsa, bhavna = at_the_desk(visit, people.ailsa), at_the_desk(visit, people.bhavna)
    for desk in (ailsa, bhavna):
        expect(desk.page.get_by_text("Nobody is waiting.")).to_be_visible(timeout=PATIENCE)
    wait_until(lambda: bells(live_site, bhavna) == 2, "both desks have a bell")
    wait_until(live_site.hub.ready, "the hub hears")

    # A message comes: both lists have it, and nobody was asked for anything.
    writer = Writer(people).first("Is anybody there?")
    for desk in (ailsa, bhavna):
        expect(desk.page.get_by_role("region", name="Waiting").get_by_role("button")).to_have_count(1, timeout=SOON)
    # One of them takes it, and the other's open conversation says so.
    open_first(bhavna.page, "Waiting")
    open_first(ailsa.page, "Waiting")
    ailsa.page.get_by_role("button", name="Take this conversation").click()
    said(ailsa.page, "You have this conversation now.")
    expect(bhavna.page.get_by_role("button", name="Take this conversation")).to_have_count(0, timeout=SOON)
    # The person writes on, and the open thread has it.
    reply(ailsa.page, "I am here.")
    said(ailsa.page, "Sent, and signed as Ailsa.")
    writer.again("Thank you. May I ask something?")
    expect(ailsa.page.get_by_text("Thank you. May I ask something?")).to_be_visible(timeout=SOON)

    # Nothing happens: nobody asks.
    for desk in (ailsa, bhavna):
        desk.page.wait_for_timeout(500)
    before = looks(bhavna), time.monotonic()
    bhavna.page.wait_for_timeout(6_000)
    assert looks(bhavna) - before[0] <= 1 + (time.monotonic() - before[1]) / 25


@pytest.mark.night("a bell that is lost is tried again after seconds that grow")
def test_without_a_hub_they_ask_every_five_seconds_and_have_their_bells_back_by_themselves(
    people: People, live_site: LiveSite, visit: Visit
) -> None:
    ailsa, bhavna = at_the_desk(visit, people.ailsa), at_the_desk(visit, people.bhavna)
    for desk in (ailsa, bhavna):
        expect(desk.page.get_by_text("Nobody is waiting.")).to_be_visible(timeout=PATIENCE)
    wait_until(lambda: bells(live_site, bhavna) == 2, "both desks have a bell")
    wait_until(live_site.hub.ready, "the hub hears")

    # The hub is gone: as before, in five seconds and a bit.
    for desk in (ailsa, bhavna):
        desk.expects("502|503|WebSocket")
    live_site.hub.kill()
    Writer(people).first("And I?")
    for desk in (ailsa, bhavna):
        expect(desk.page.get_by_role("region", name="Waiting").get_by_role("button")).to_have_count(1, timeout=PATIENCE)
    before = looks(bhavna), time.monotonic()
    while looks(bhavna) - before[0] < 2:
        bhavna.page.wait_for_timeout(200)
    assert time.monotonic() - before[1] < 25
    # It is back, and so are the bells, each in its own time.
    live_site.hub.run()
    wait_until(lambda: bells(live_site, bhavna) == 2, "the bells are back")
    assert "Sign in" not in ailsa.page.content()
