"""A talk under way between two browsers, while a part of the service or a path to it fails: it goes on by asking, and is back by itself.

In each fault the pages say so and show nobody who is not there. Nothing is lost, nothing comes twice, and both see each other again within
ten seconds of its end. By day one fault; by night all of them, and a network that is away for ten minutes.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.parts.axe import assert_accessible
from tests.parts.browser import ARGUMENTS, CHROMIUM, Visit, Visitor
from tests.parts.cut_line import Sockets
from tests.parts.environment import ARTEFACTS
from tests.parts.live import LiveSite
from tests.parts.processes import descendants_of
from tests.parts.redis_server import Redis
from tests.world.staff import People
from tests.world.steps import open_inbox
from tests.world.under_way import BUSY, DESK_ALONE, DESK_UNSURE, PERSON_LIVE, PERSON_OUT, PERSON_POLLS, TwoSides

pytestmark = [
    pytest.mark.browser,
    pytest.mark.proxy,
    pytest.mark.redis,
    pytest.mark.long(120),
    pytest.mark.logs_errors("the web server's processes are killed, and cannot reach Redis"),
    pytest.mark.django_db(transaction=True),
]
# Seconds: a page looks every ten when it is told nothing, and some more may go by until it has the answer.
LOOK = 13
# For this long a line that is silent is still believed, and somebody who was heard is still shown (PROTOCOL §12.6).
SILENT = 18


@dataclass
class Fault:
    """Something fails in a talk, and is whole again. `took` is how long what took."""

    talk: TwoSides
    site: LiveSite
    redis: Redis
    took: list[str]

    def note(self, what: str, seconds: float) -> None:
        self.took.append(f"{what} {seconds:.0f} s")

    def back(self) -> None:
        self.note("both see each other again after", self.talk.sees_each_other(within=10))
        self.talk.arrives(within=LOOK)


def look(visitor: Visitor, state: str) -> None:
    visitor.page.locator("#live:visible, #open-form:visible").first.scroll_into_view_if_needed()
    visitor.screenshot(state, whole=False)
    assert_accessible(visitor.page)


def hub_killed(fault: Fault) -> None:
    talk = fault.talk
    fault.site.hub.kill()
    fault.note("the person is told after", talk.says(talk.person.page, PERSON_POLLS, within=5))
    talk.says(talk.desk.page, DESK_UNSURE, within=5)
    talk.shows_nobody(talk.person.page, within=1)
    fault.note("a message each way", talk.goes_on("the hub is away", within=LOOK))
    fault.site.hub.run()
    fault.back()


def redis_killed(fault: Fault) -> None:
    fault.redis.kill()
    fault.note("a message each way", fault.talk.goes_on("Redis is away", within=LOOK))
    # The hub needs no ring to carry what both tell each other.
    fault.talk.sees_each_other(within=10)
    fault.redis.run()
    fault.back()
    fault.talk.goes_on("Redis is back", within=LOOK)


def web_killed(fault: Fault) -> None:
    """What could not be sent stays where it is, and goes when it is pressed again. A ring that nobody could follow is followed later."""
    talk = fault.talk
    person, text = talk.person.page, "This was sent while nobody took it."
    fault.site.web.kill()
    person.locator("#answer-text").fill(text)
    person.get_by_role("button", name="Send", exact=True).click()
    expect(person.get_by_text("What you wrote is still here, on this page.")).to_be_visible(timeout=BUSY * 2)
    # The hub lets it look every half minute, though nobody rings.
    fault.note("the person is told after, besides,", talk.says(person, PERSON_OUT, within=35))
    look(talk.person, "fault-out")
    fault.site.web.run()
    fault.note("the person's page looks again after", talk.says(person, PERSON_LIVE, within=LOOK))
    person.get_by_role("button", name="Try again").click()
    talk.sent.append(text)
    fault.back()


def persons_network(away: Callable[[TwoSides], None], seconds: float) -> Callable[[Fault], None]:
    def act(fault: Fault) -> None:
        talk = fault.talk
        began = time.monotonic()
        away(talk)
        fault.note("the counsellor is told after", talk.says(talk.desk.page, DESK_ALONE, within=SILENT))
        talk.shows_nobody(talk.person.page, within=SILENT)
        talk.from_desk(f"Written {len(talk.sent)} messages in, while the person's network was away.")
        talk.says(talk.person.page, PERSON_OUT, within=35)
        fault.note("the person is told after", time.monotonic() - began)
        time.sleep(max(0.0, began + seconds - time.monotonic()))
        talk.persons_path.heal()
        fault.back()

    return act


def counsellors_network(fault: Fault) -> None:
    talk = fault.talk
    talk.desks_path.cut()
    fault.note("the counsellor is told after", talk.says(talk.desk.page, DESK_UNSURE, within=5))
    fault.note("the person is shown nobody after", talk.shows_nobody(talk.person.page, within=SILENT))
    talk.from_person(f"Written {len(talk.sent)} messages in, while the counsellor's network was away.")
    time.sleep(20)
    talk.desks_path.heal()
    fault.back()


def persons_sockets(how: Sockets) -> Callable[[Fault], None]:
    def act(fault: Fault) -> None:
        talk = fault.talk
        talk.persons_path.sockets = how
        talk.persons_path.drop()
        talk.says(talk.person.page, PERSON_POLLS, within=SILENT)
        talk.says(talk.desk.page, DESK_ALONE, within=SILENT)
        talk.shows_nobody(talk.person.page, within=SILENT)
        fault.note("a message each way", talk.goes_on(f"sockets: {how}", within=LOOK))
        talk.persons_path.heal()
        fault.back()

    return act


def put_away(fault: Fault) -> None:
    """A browser short of memory drops the page without a word, and loads it again later: no key is left, and nothing that was typed."""
    talk = fault.talk
    talk.person.page.close()
    fault.note("the counsellor is told after", talk.says(talk.desk.page, DESK_ALONE, within=SILENT))
    talk.from_desk("Written while the person's page was put away.")
    talk.person.page = talk.person.context.new_page()
    talk.person.page.add_init_script("Object.defineProperty(Document.prototype, 'wasDiscarded', { value: true })")
    talk.person.page.goto("/inbox")
    expect(talk.person.page.get_by_text("Your browser had closed this page to save memory.")).to_be_visible(timeout=BUSY)
    look(talk.person, "fault-put-away")
    open_inbox(talk.person.page, talk.writer.words)
    fault.back()


def swallow(talk: TwoSides) -> None:
    talk.persons_path.swallows = True


BY_DAY: dict[str, Callable[[Fault], None]] = {
    "a web server that is killed": web_killed,
}
BY_NIGHT: dict[str, Callable[[Fault], None]] = {
    "a proxy that holds back what sockets bring": persons_sockets("hold back"),
    "a tab that the browser puts away": put_away,
    "a hub that is killed": hub_killed,
    "a Redis that is killed": redis_killed,
    "half a minute without a network": persons_network(lambda talk: talk.persons_path.cut(), 30),
    "half a minute in which nothing comes through": persons_network(swallow, 30),
    "the counsellor's network": counsellors_network,
    "a proxy that refuses sockets": persons_sockets("refuse"),
    "a proxy that takes sockets and forwards nothing": persons_sockets("accept and forward nothing"),
}


def go_through(faults: dict[str, Callable[[Fault], None]], talk: TwoSides, site: LiveSite, redis: Redis) -> None:
    told = []
    try:
        for name, act in faults.items():
            took: list[str] = []
            try:
                act(Fault(talk, site, redis, took))
            except AssertionError as error:
                error.add_note(f"In {name}, after {took}, the person's page said: {talk.person.page.locator('#live').inner_text()}")
                raise
            finally:
                told.append(f"{name}: {', '.join(took)}")
            talk.lost_nothing()
        talk.goes_on("after all of it", within=LOOK)
        talk.lost_nothing()
    finally:
        ARTEFACTS.mkdir(exist_ok=True)
        (ARTEFACTS / f"faults-{next(iter(faults)).replace(' ', '-')}.txt").write_text("\n".join(told) + "\n")
        talk.end()


def test_one_fault(people: People, live_site: LiveSite, redis_server: Redis, visit: Visit) -> None:
    go_through(BY_DAY, TwoSides.begin(people, live_site, visit), live_site, redis_server)


@pytest.mark.night("each takes half a minute")
def test_the_other_faults(people: People, live_site: LiveSite, redis_server: Redis, visit: Visit) -> None:
    go_through(BY_NIGHT, TwoSides.begin(people, live_site, visit), live_site, redis_server)


@pytest.mark.night("it takes ten minutes")
def test_ten_minutes_without_a_network(people: People, live_site: LiveSite, redis_server: Redis, visit: Visit) -> None:
    long = {"ten minutes in which nothing comes through": persons_network(swallow, 600)}
    go_through(long, TwoSides.begin(people, live_site, visit), live_site, redis_server)


@pytest.mark.night("a browser of its own is put to sleep for a minute; by day nothing sleeps")
def test_a_phone_that_is_asleep(people: People, live_site: LiveSite, redis_server: Redis, visit: Visit, chromium: Browser) -> None:
    """A device that sleeps runs nothing of the browser, and its sockets end without it."""
    mark = "--asleep-in-a-test"
    own = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, mark], headless=True)

    def visited(name: str, **options: Any) -> Visitor:
        if name != "the person":
            return visit(name, **options)
        context = own.new_context(base_url=live_site.origin, locale="en-GB", timezone_id="Europe/London", proxy=options["proxy"])
        return Visitor(name, context, context.new_page(), ARTEFACTS)

    def asleep(fault: Fault) -> None:
        processes = descendants_of(mark)
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        fault.note("the counsellor is told after", fault.talk.says(fault.talk.desk.page, DESK_ALONE, within=SILENT))
        fault.talk.from_desk("Written while the person's phone was asleep.")
        time.sleep(45)
        for process in processes:
            os.kill(process, signal.SIGCONT)
        fault.back()

    go_through({"a phone that is asleep": asleep}, TwoSides.begin(people, live_site, visited), live_site, redis_server)
    own.close()
