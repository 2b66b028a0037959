"""A live talk under way between two real browsers, each with a path of its own to the site, which a test may cut."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Page, expect

from helpline.clock import now
from helpline.models import OpeningInterval, Shift
from messaging.inbox.accept import accept_talk_request
from messaging.models import Envelope
from messaging.routing.end_shifts import end_shifts
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.cut_line import CutLine
from tests.parts.live import LiveSite
from tests.parts.processes import wait_until
from tests.world.browser import PATIENCE, open_first, reply, sign_in, unlock
from tests.world.staff import People
from tests.world.steps import open_inbox
from tests.world.writer import Writer

# Beyond what a page is to take, for a machine that has much else to do; in milliseconds.
BUSY = 20_000
PERSON_LIVE, PERSON_POLLS, PERSON_OUT = (
    "You can wait here. We show the answer",
    "There is no direct connection",
    "We cannot look for an answer",
)
DESK_SEES, DESK_UNSURE, DESK_ALONE = "The person is here.", "You cannot see whether the person is here", "The person is not here now"


@dataclass
class TwoSides:
    """The person's page and the counsellor's, in a talk that both have begun."""

    person: Visitor
    desk: Visitor
    persons_path: CutLine
    desks_path: CutLine
    writer: Writer
    sent: list[str] = field(default_factory=list)
    paths: ExitStack = field(default_factory=ExitStack)

    @classmethod
    def begin(cls, people: People, site: LiveSite, visit: Visit, *, watches: bool = False, persons_script: str = "") -> Self:
        """Returns when each side sees the other. The person's page runs the script before its own."""
        OpeningInterval.objects.bulk_create(OpeningInterval(channel="live", weekday=weekday, opens=0, closes=1440) for weekday in range(7))
        Shift.objects.filter(counsellor=people.ailsa.member.counsellor).update(channel="live")
        # As routing sees who is on duty.
        end_shifts(at=now())
        wait_until(site.hub.ready, "the hub hears")
        writer = Writer(people).first("May I talk to someone now?").given_to(people.ailsa.member)
        paths = ExitStack()
        port = int(site.origin.rpartition(":")[2])
        persons, desks = (paths.enter_context(CutLine(port, socks=True, watches=watches)) for _ in range(2))
        person = visit("the person", size=PHONE, proxy={"server": f"socks5://127.0.0.1:{persons.port}"})
        desk = visit("the counsellor", size=DESKTOP, proxy={"server": f"socks5://127.0.0.1:{desks.port}"})
        talk = cls(person, desk, persons, desks, writer, paths=paths)
        for visitor in (person, desk):
            # A request that a test cuts off is told in the console by the browser.
            visitor.expects(r"net::ERR_|WebSocket connection|Failed to load resource|status of 50[234]")
        person.page.add_init_script(persons_script)
        open_inbox(person.page, writer.words)
        sign_in(desk.page, people.ailsa)
        unlock(desk.page, people.ailsa)
        open_first(desk.page, "Mine")
        expect(desk.page.get_by_label("Offer me live talks")).to_be_checked(timeout=PATIENCE)
        accept_talk_request(writer.conversation.inbox_id, at=now())
        desk.page.get_by_role("button", name="Take it").click(timeout=PATIENCE)
        talk.sees_each_other(within=10)
        return talk

    def end(self) -> None:
        for visitor in (self.person, self.desk):
            visitor.page.close()
        self.paths.close()

    def sees_each_other(self, *, within: float) -> float:
        """Both lines stand, and each side is shown the other; how many seconds that took."""
        began = time.monotonic()
        # Two pages that both have a line find each other within a few beats.
        patience = within * 1000 + BUSY
        expect(self.person.page.locator(".live__state")).to_contain_text(PERSON_LIVE, timeout=patience)
        expect(self.person.page.locator(".live__who")).to_contain_text("Ailsa", timeout=patience)
        expect(self.desk.page.locator(".desk-there__who")).to_contain_text(DESK_SEES, timeout=patience)
        return time.monotonic() - began

    def shows_nobody(self, page: Page, *, within: float) -> float:
        """This side is shown nobody any more; how many seconds that took."""
        began = time.monotonic()
        if page is self.person.page:
            expect(page.locator(".live__who")).to_have_text("", timeout=within * 1000 + BUSY)
        else:
            expect(page.locator(".desk-there__who")).not_to_contain_text(DESK_SEES, timeout=within * 1000 + BUSY)
        return time.monotonic() - began

    def says(self, page: Page, words: str, *, within: float) -> float:
        """This side's page says so; how many seconds that took."""
        began = time.monotonic()
        place = ".live__state" if page is self.person.page else ".desk-there__who"
        expect(page.locator(place)).to_contain_text(words, timeout=within * 1000 + BUSY)
        return time.monotonic() - began

    def hides(self) -> None:
        """Someone came in."""
        self.person.page.get_by_role("button", name="Someone came in: hide this page").click()

    def shows_again(self) -> None:
        """By the two words that are asked for."""
        page = self.person.page
        page.get_by_role("button", name="Show this page").click()
        labels = page.locator(".veil label")
        for place in range(labels.count()):
            number = next(each for each in range(1, 9) if str(each) in labels.nth(place).inner_text())
            page.locator(".veil input").nth(place).fill(self.writer.words[number - 1])
        page.get_by_role("button", name="Go on").click()

    def from_person(self, text: str) -> None:
        """Sends it; the page shows it."""
        page = self.person.page
        page.locator("#answer-text").fill(text)
        page.get_by_role("button", name="Send", exact=True).click()
        self.sent.append(text)
        expect(page.locator("#thread").get_by_text(text)).to_be_visible(timeout=BUSY * 2)

    def from_desk(self, text: str) -> None:
        """Sends it; the page shows it."""
        reply(self.desk.page, text)
        self.sent.append(text)
        expect(self.desk.page.get_by_role("list", name="Messages").get_by_text(text)).to_be_visible(timeout=BUSY * 2)

    def arrives(self, *, within: float) -> float:
        """All that was sent stands on both pages, each once; how many seconds that took."""
        began = time.monotonic()
        for text in self.sent:
            expect(self.person.page.locator("#thread").get_by_text(text, exact=True)).to_have_count(1, timeout=within * 1000 + BUSY)
            messages = self.desk.page.get_by_role("list", name="Messages")
            expect(messages.get_by_text(text, exact=True)).to_have_count(1, timeout=within * 1000 + BUSY)
        return time.monotonic() - began

    def goes_on(self, word: str, *, within: float) -> float:
        """A message each way, sent now; how many seconds the slower took."""
        began = time.monotonic()
        self.from_person(f"From the person: {word}.")
        self.from_desk(f"From the counsellor: {word}.")
        self.arrives(within=within)
        return time.monotonic() - began

    def lost_nothing(self) -> None:
        """In the database stands what was sent, and nothing twice."""
        assert Envelope.objects.count() == 1 + len(self.sent)


def timed(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began
