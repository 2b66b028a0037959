"""What waits at nine is given out by worker processes: none twice, none lost, nobody over the cap, also when one is killed in the middle.

The measurement with ten thousand is `tests/bench/released_at_nine.py`.
"""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from helpline.models import OpeningInterval, Organisation
from messaging.desk.assignment import claim_conversation
from messaging.housekeeping import sweep_up
from messaging.http.problems import Problem
from messaging.models import Conversation, DeskMember, RoutingEvent, WeekShare
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from tests.parts.commands import surroundings
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.examples import by_night
from tests.world.queue import fill_queue, staff
from tests.world.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
# What sixteen claim at once, and how far from each other they begin.
WAITING = 200 if by_night() else 16
APART = WAITING // 16
# A worker's whole work at nine, as its task does it; it says when it begins.
WORKER = f"""
import django
django.setup()
from datetime import datetime
from messaging.housekeeping import sweep_up
print("begins", flush=True)
sweep_up(at=datetime.fromisoformat({NINE.isoformat()!r}))
"""


@pytest.fixture(autouse=True)
def at_nine(transactional_db: None) -> None:
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", promise_minutes=480)
    OpeningInterval.objects.create(channel="messages", weekday=2, opens=540, closes=1020)


Begin = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def begin(installation: Installation) -> Iterator[Begin]:
    """Starts a worker; none is left in the end."""
    environment, started = surroundings(installation), list["subprocess.Popen[bytes]"]()

    def start() -> "subprocess.Popen[bytes]":
        arguments = [sys.executable, "-c", WORKER]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(arguments, cwd=REPOSITORY, env=environment, stdout=pipe, stderr=pipe))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ended(process: "subprocess.Popen[bytes]") -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()


def released(number: int, cap: int, counsellors: int) -> None:
    """What must hold of a morning, however it went."""
    held = Counter(Conversation.objects.filter(state="assigned").values_list("member", flat=True))
    assert set(held.values()) == {cap}
    assert len(held) == counsellors
    waiting = Conversation.objects.filter(state="waiting", unrouted_since__isnull=False)
    assert waiting.count() == number - cap * counsellors
    assert Conversation.objects.count() == number
    # The oldest first: nobody waits who was there before somebody who was given to a counsellor.
    newest = Conversation.objects.filter(state="assigned").latest("waiting_since").waiting_since
    assert newest is not None
    assert not waiting.filter(waiting_since__lt=newest).exists()
    events = Counter(RoutingEvent.objects.values_list("conversation", flat=True))
    assert (len(events), set(events.values())) == (cap * counsellors, {1})
    assert sum(WeekShare.objects.values_list("given", flat=True)) == cap * counsellors


def test_two_processes_release_a_queue(begin: Begin) -> None:
    staff(7, cap=90, start=NINE, end=NINE + 4 * HOUR)
    fill_queue(700, since=NINE - 12 * HOUR)
    for process in [begin(), begin()]:
        ended(process)
    released(700, 90, 7)


def test_one_is_killed_in_the_middle_and_the_other_goes_on(begin: Begin) -> None:
    staff(7, cap=300, start=NINE, end=NINE + 4 * HOUR)
    fill_queue(2_200, since=NINE - 12 * HOUR)
    killed, other = begin(), begin()
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"begins\n"
    deadline = time.monotonic() + 60
    while not RoutingEvent.objects.exists() and killed.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    killed.kill()
    ended(other)
    sweep_up(at=NINE)
    released(2_200, 300, 7)


def test_sixteen_who_claim_the_same_threads_get_each_once() -> None:
    members = staff(16, cap=3, start=NINE, end=NINE + 4 * HOUR)
    fill_queue(WAITING, since=NINE - HOUR)
    threads = [bytes(thread) for thread in Conversation.objects.order_by("pk").values_list("conversation_id", flat=True)]

    def claim_all(number: int) -> int:
        mine = 0
        # Each begins elsewhere, so that they meet everywhere.
        for thread in threads[number * APART :] + threads[: number * APART]:
            try:
                claim_conversation(members[number], thread, at=NINE)
            except Problem as problem:
                if problem.name != "taken":
                    raise
            else:
                mine += 1
        return mine

    assert sum(together(claim_all, range(16))) == WAITING
    assert Counter(RoutingEvent.objects.values_list("kind", flat=True)) == {"claimed": WAITING}
    assert RoutingEvent.objects.values("conversation").distinct().count() == WAITING
    assert Conversation.objects.filter(state="assigned").count() == WAITING


def test_a_shift_ends_while_threads_are_given_out() -> None:
    """Seven leave at one and seven others come: workers with clocks on both sides of one o'clock, and sweepers that see the end."""
    leaving = staff(7, cap=40, start=NINE, end=NINE + 4 * HOUR)
    fill_queue(240, since=NINE - HOUR)
    route_waiting(at=NINE)
    fill_queue(100, since=NINE, first=5_000)
    for each, member in enumerate(leaving):
        if each % 2:
            member.counsellor.shifts.update(ends_at=NINE + 6 * HOUR)
    one = NINE + 4 * HOUR

    def act(number: int) -> int:
        if number % 3 == 0:
            return route_waiting(at=one - timedelta(seconds=1))
        return end_shifts(at=one) if number % 3 == 1 else route_waiting(at=one)

    together(act, range(9))
    # Whatever an older clock did is seen by the sweeps that follow.
    sweep_up(at=one + timedelta(seconds=5))
    sweep_up(at=one + timedelta(seconds=10))
    staying = [member.pk for each, member in enumerate(leaving) if each % 2]
    held = Counter(Conversation.objects.filter(state="assigned").values_list("member", flat=True))
    assert held == dict.fromkeys(staying, 40)
    assert Conversation.objects.filter(state="waiting", unrouted_since__isnull=False).count() == 340 - 40 * len(staying)
    assert not DeskMember.objects.exclude(pk__in=staying).filter(shift__isnull=False).exists()
    # Each conversation's events tell of one counsellor at a time, up to the one who has it.
    holders: dict[int, int | None] = {}
    for event in RoutingEvent.objects.order_by("pk"):
        before = holders.get(event.conversation_id)
        assert before == (None if event.kind == "assigned" else event.member_id)
        holders[event.conversation_id] = event.member_id if event.kind == "assigned" else None
    now = dict(Conversation.objects.filter(state="assigned").values_list("pk", "member"))
    assert {thread: member for thread, member in holders.items() if member} == now
