"""The status page says how the hub is, in sums of nobody, and one email tells that it is down."""

import asyncio
import json
import urllib.request
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.core import mail
from pytest_django import Settings

from helpline.models import Account
from messaging.http.live_tickets import watch
from messaging.hub.tickets import Side
from messaging.models import Certificate
from messaging.monitoring.alerts import send_alerts
from messaging.monitoring.assess import StatusFinding, StatusState, status_findings
from messaging.monitoring.backups import note_backup
from messaging.monitoring.figures import status_figures
from messaging.monitoring.heartbeat import record_beat_tick
from messaging.monitoring.status import HubStanding, HubSums
from tests.parts.environment import LIVE_KEY, Installation
from tests.parts.hub import Hub, seated, ticket
from tests.parts.redis_server import Redis
from tests.world.desk import NOON, Desk

pytestmark = pytest.mark.django_db


def line(*, broker: bool = True, hub: HubStanding | None = None, asks: bool = False) -> StatusFinding | None:
    """What the page says of the hub, here as found or as given."""
    figures = status_figures(at=NOON, asks_hub=asks)
    if hub is not None:
        figures = replace(figures, broker=broker, hub=hub)
    return next((each for each in status_findings(figures) if each.name == "The hub"), None)


def test_where_there_is_none_nothing_is_said(desk: Desk) -> None:
    assert line() is None


def test_one_that_is_full_or_away_is_said_with_what_to_do_and_only_down_is_an_alarm(desk: Desk) -> None:
    sums = HubSums(persons=3, counsellors=2, bells=4, rooms=3, refused=0, seats=100)
    well, unasked = line(hub=HubStanding(True, sums)), line(hub=HubStanding(True))
    assert well
    assert unasked
    assert (well.state, unasked.state, well.do, unasked.says) == (StatusState.FINE, StatusState.FINE, "", "It answers.")
    assert "people: 3. Of counsellors in a conversation: 2. Desks: 4." in well.says
    full = line(hub=HubStanding(True, replace(sums, bells=85, refused=7)))
    assert full
    assert (full.state, "turned away for want of room: 7" in full.says) == (StatusState.LOOK, True)
    down = line(hub=HubStanding(False))
    assert down
    assert (down.state, down.condition) == (StatusState.ACT, "hub-down")
    # The queue's own alarm tells of that: nobody is told twice of one thing.
    untold = line(broker=False, hub=HubStanding(False))
    assert untold
    assert (untold.state, untold.condition) == (StatusState.LOOK, "")
    assert all(each.do for each in (full, down, untold))


@pytest.fixture
def hub(installation: Installation, redis_server: Redis, settings: Settings) -> Generator[Hub]:
    """One of this test's own, which it stops."""
    found = Hub(installation, name="watched-hub", HELPLINE_LIVE_SOCKETS="12")
    found.run()
    settings.LIVE_KEY, settings.LIVE_UPSTREAM = LIVE_KEY, urlsplit(found.origin).netloc
    watch.forget()
    yield found
    found.stop()
    watch.forget()


@pytest.mark.redis
def test_it_is_asked_for_sums_by_its_key_alone_and_one_email_tells_that_it_is_down(desk: Desk, hub: Hub, settings: Settings) -> None:
    settings.SENDS_EMAIL = True
    Account.objects.create_user("lead@example.org", None, name="Lorna", role="lead", alerts=True)
    record_beat_tick(0, at=NOON)
    note_backup(at=NOON)
    Certificate.objects.update(key_holder=True)

    # In a thread: a browser that another test opened has a loop of its own in this one.
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(lambda: asyncio.run(sums_of(hub))).result()
    assert found == {"persons": 1, "counsellors": 1, "bells": 1, "rooms": 1, "refused": 0, "seats": 12}
    asked = line(asks=True)
    assert asked
    assert (asked.state, asked.says.startswith("It answers. Open pages of people: 0.")) == (StatusState.FINE, True)
    # Whoever has another key, and the metrics' reader, are told nothing; a worker does not ask.
    assert hub.says("/health/sums") is None
    unasked = line()
    assert unasked
    assert unasked.says == "It answers."

    assert send_alerts(at=NOON) == 0
    hub.stop()
    watch.forget()
    assert [send_alerts(at=NOON), send_alerts(at=NOON)] == [1, 0]
    assert [email.subject for email in mail.outbox] == ["Helpline: the hub is down"]


async def sums_of(hub: Hub) -> dict[str, int]:
    """While a person, a counsellor and a desk are there."""
    async with seated(hub, ticket(Side.PERSON, b"a")), seated(hub, ticket(Side.COUNSELLOR, b"a")), seated(hub, ticket(Side.BELL)):
        asked = urllib.request.Request(f"{hub.origin}/health/sums", headers={"Authorization": f"Bearer {LIVE_KEY}"})  # noqa: S310
        answer = await asyncio.to_thread(urllib.request.urlopen, asked)
        with answer:
            found: dict[str, int] = json.loads(answer.read())
            return found
