"""A helpline on one Monday whose clock the test moves: the web server runs in this process, and so reads the very clock that is set here.

What Celery's worker and beat would do in the meantime, `Day.until` does by calling their tasks, once for each time it moves the clock.
"""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from waitress.server import create_server

from helpline.calendar import Hours
from helpline.hours.channels import channel_availability
from helpline.hours.on_duty import counsellors_on_duty
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, ConfidentialityTerms, Counsellor, MinimumCover, Organisation, Shift
from messaging import tasks
from messaging.desk.lists import desk_lists
from messaging.keys.registry import GrantIn, add_epoch
from messaging.models import Conversation, RoutingEvent
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Site, open_desk_epoch, open_site
from messaging.protocol.peer.keys import inbox_keys_of
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.examples import by_night
from tests.world.signing_in import sign_in
from tests.world.staff import DeskPerson, People, Person, account_of, at_the_desk
from tests.world.writer import Writer

# In winter, when London keeps UTC; the Monday before, St Andrew's Day, is a holiday in Scotland.
MONDAY = datetime(2026, 12, 7, tzinfo=UTC)
NIGHT = 60
CAP = 8
# Says where a person wants to look at each station of the day; nothing is drawn otherwise.
PICTURES = os.environ.get("DAY_PICTURES")
# The device's clock goes on, and whoever sits there touches a key every few minutes, so the desk stays open.
LATER = """later => {
  const device = Date.now;
  let gone = 0;
  Date.now = () => device() + gone;
  while (gone < later) {
    gone = Math.min(later, gone + 300_000);
    document.dispatchEvent(new Event("keydown"));
  }
}"""
CLOSED, FULL, NOBODY = "Messages are closed.", "Nobody on duty has room for more.", "Nobody is on duty."
State, Kind = Conversation.State, RoutingEvent.Kind


def hour(hours: int, minutes: int = 0, *, days: int = 0) -> datetime:
    """That time of the Monday, or so many days after it."""
    return MONDAY + timedelta(days=days, hours=hours, minutes=minutes)


@dataclass
class Day:
    """The staff, what they have in front of them, and the clock."""

    site: Site
    ailsa: DeskPerson
    bhavna: DeskPerson
    dougal: DeskPerson
    lead: DeskPerson
    admin: Person
    visitors: list[Visitor] = field(default_factory=list)
    stations: int = 0

    def set_clock(self, at: datetime) -> None:
        """For the server, and for the pages that stand open."""
        before, settings.CLOCK_OFFSET = settings.CLOCK_OFFSET, at - datetime.now(UTC)
        later = (settings.CLOCK_OFFSET - before).total_seconds() * 1000
        for visitor in self.visitors:
            visitor.page.evaluate(LATER, later)

    def until(self, at: datetime) -> None:
        """It is so late now; beat and worker have been there, and every desk has looked."""
        self.set_clock(at)
        tasks.sweep_task()
        tasks.remind_task()
        self.holds(at)
        for visitor in self.visitors:
            # As coming back to the tab: the desk looks at once.
            visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def holds(self, at: datetime) -> None:
        """What has to be true at any time: nobody is above the cap but by a thread that they knew, and each is somebody's or waits."""
        for person in (self.ailsa, self.bhavna, self.dougal, self.lead):
            has = Conversation.objects.filter(member=person.member, state=State.ASSIGNED)
            newest = [thread.events.order_by("-pk").values_list("why", "kind").first() for thread in has]
            kept = [
                event for event in newest if event and (event[0].startswith("This counsellor has the thread") or event[1] == Kind.HANDED)
            ]
            assert len(newest) - len(kept) <= CAP, f"{person.name} has {len(newest)} at {at}"
        waiting = Conversation.objects.filter(state=State.WAITING)
        assert not waiting.filter(unrouted_since__isnull=True).exists()
        here = counsellors_on_duty(channel="messages", at=at)
        whys = {line["why"] for line in desk_lists(self.lead.member, lead=True, at=at)["waiting"]}
        if waiting.exists():
            closed = channel_availability(channel="messages", at=at).state == "closed"
            assert whys == {CLOSED if closed else FULL if here else NOBODY}, f"at {at}: {whys}"

    def of(self, person: DeskPerson) -> int:
        """How many are open with them."""
        return Conversation.objects.filter(member=person.member, state=State.ASSIGNED).count()

    def look(self, visitor: Visitor, station: str) -> None:
        """By night nothing for axe to find; and, if somebody asked for them, pictures of it on a desktop and on a phone."""
        # By day the tests of each of these pages and states have axe look at it.
        if by_night():
            assert_accessible(visitor.page)
        self.stations += 1
        if PICTURES is None:
            return
        for size in (PHONE, DESKTOP):
            visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
            path = Path(PICTURES) / f"{self.stations:02}-{station}-{size[0]}.png"
            visitor.page.screenshot(path=path, full_page=True, animations="disabled")

    def arrives(self, visit: Visit, person: Person, address: str) -> Visitor:
        """Somebody of the staff, signed in, in a browser of their own."""
        cookie = sign_in(person).cookies[settings.SESSION_COOKIE_NAME]
        visitor = visit(person.name, size=DESKTOP)
        visitor.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{settings.ORIGIN}/desk/"}])
        visitor.page.goto(address)
        self.visitors.append(visitor)
        return visitor

    def writes(self, text: str) -> Writer:
        """Somebody new writes, now."""
        return _Quick(self.people).first(text)

    @property
    def people(self) -> People:
        return People(self.site, self.ailsa, self.bhavna, self.dougal, self.admin)


class _Quick(Writer):
    """Whose words nobody needs: deriving keys from them is slow on purpose."""

    def __init__(self, people: People) -> None:
        self.site = people.site
        self.inbox = inbox_keys_of(people.site, os.urandom(32))
        self.client = Client()


def begin(site_key: bytes) -> Day:
    """An organisation open from nine to five, its staff with keys, a rota of two shifts a day, and one gap, on Tuesday afternoon."""
    day_before = MONDAY - timedelta(days=4)
    site = open_site(site_key, settings.ORIGIN)
    # That everybody comes to each shift is no matter here.
    own = {"nation": "scotland", "promise_minutes": 480, "seen_minutes": 360}
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0808 000 0000", concern_phone="0131 000 0000", **own)
    for channel in ("phone", "messages"):
        set_opening_week(channel=channel, week={weekday: [Hours(540, 1020)] for weekday in range(5)})
    ConfidentialityTerms.objects.create(version=1, text="What you write is private.", published_on=day_before.date())
    ailsa, bhavna, dougal, lead = (at_the_desk(site, name, at=day_before) for name in ("Ailsa", "Bhavna", "Dougal", "Lorna"))
    Account.objects.filter(pk=lead.account.pk).update(role=Account.Role.LEAD)
    day = Day(site, ailsa, bhavna, dougal, lead, account_of("Alex", Account.Role.ADMIN))
    opened = day.people.desk_of(ailsa, at=day_before)
    certificates = [encode(person.member.certificates.get().certificate) for person in (ailsa, bhavna, dougal, lead)]
    body = open_desk_epoch(site, opened, certificates, day_of(day_before), 35)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=day_before)
    day.people.confirm(bhavna, at=day_before)
    # The telephone has its own people for this week, and no gap.
    phone = at_the_desk(site, "Petra", at=day_before).counsellor
    Shift.objects.bulk_create(
        Shift(counsellor=phone, channel="phone", starts_at=hour(start, days=days), ends_at=hour(start + 4, days=days))
        for days in range(28)
        for start in (9, 13)
    )
    for who, start, days in ((ailsa, 9, 0), (bhavna, 9, 0), (dougal, 13, 0), (bhavna, 9, 1), (bhavna, 13, 2)):
        _shift(who.counsellor, hour(start, days=days))
    MinimumCover.objects.create(channel="messages", weekday=1, opens=780, closes=1020, number=1)
    return day


def _shift(counsellor: Counsellor, start: datetime) -> None:
    Shift.objects.create(counsellor=counsellor, channel="messages", starts_at=start, ends_at=start + timedelta(hours=4))


@contextmanager
def served(port: int, day: Day) -> Generator[None]:
    """The whole site on the loopback, by the demonstration's web server, in threads of this process; browsers are gone before it is."""
    # Not config.wsgi: its process writes sums of visits for as long as it lives, and this one has others to test.
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=port, threads=8, ident=None)
    enough = threading.Event()

    def serve() -> None:
        while not enough.is_set():
            server.asyncore.loop(timeout=0.2, map=server._map, count=1)
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        for visitor in day.visitors:
            visitor.close()
        enough.set()
        thread.join(timeout=30)
        assert not thread.is_alive()
