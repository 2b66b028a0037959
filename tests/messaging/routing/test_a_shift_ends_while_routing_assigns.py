"""A shift ends while routing gives out work: nobody keeps what they were given for a shift that is over, and nothing is lost."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from helpline.models import OpeningInterval, Organisation, Shift
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from tests.parts.processes import wait_until
from tests.world.desk import NOON
from tests.world.queue import fill_queue, staff
from tests.world.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
NUMBER, CAP = 30, 12


@pytest.fixture
def members(transactional_db: None) -> list[DeskMember]:
    """Two whose shift ends at noon, and one who goes on until four."""
    Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", promise_minutes=480)
    OpeningInterval.objects.create(channel="messages", weekday=2, opens=540, closes=1020)
    found = staff(3, cap=CAP, start=NOON - 2 * HOUR, end=NOON)
    Shift.objects.filter(counsellor=found[2].counsellor).update(ends_at=NOON + 4 * HOUR)
    end_shifts(at=NOON - HOUR)
    fill_queue(NUMBER, since=NOON - HOUR)
    return found


def nothing_is_lost(members: list[DeskMember]) -> None:
    """Whoever is still there has as much as they take; all else waits, in its old place, and the trail of each thread says so."""
    going, stays = [member.pk for member in members[:2]], members[2].pk
    held = Counter(Conversation.objects.filter(state="assigned").values_list("member", flat=True))
    assert held == {stays: CAP}
    waiting = Conversation.objects.filter(state="waiting", unrouted_since__isnull=False)
    assert waiting.count() == NUMBER - CAP
    assert all(row.unrouted_since == row.waiting_since for row in waiting)
    last = {event.conversation_id: event for event in RoutingEvent.objects.order_by("pk")}
    for row in Conversation.objects.all():
        event = last.get(row.pk)
        if row.state == "assigned":
            assert event is not None
            assert (event.kind, event.member_id) == ("assigned", stays)
        else:
            assert event is None or (event.kind, event.member_id in going) == ("returned", True)
    assert set(DeskMember.objects.filter(pk__in=going).values_list("shift", flat=True)) == {None}
    # Each was given to one at a time: between two assignments of a thread it was handed back.
    for pk in Conversation.objects.values_list("pk", flat=True):
        kinds = list(RoutingEvent.objects.filter(conversation=pk).order_by("pk").values_list("kind", flat=True))
        assert kinds[::2] == ["assigned"] * len(kinds[::2])
        assert kinds[1::2] == ["returned"] * len(kinds[1::2])


@pytest.mark.parametrize("given_before", [False, True], ids=["all wait", "some are open"])
def test_routers_that_began_before_the_end_and_sweeps_after_it(members: list[DeskMember], given_before: bool) -> None:
    if given_before:
        assert route_waiting(at=NOON - HOUR) == NUMBER
    before = [partial(route_waiting, at=NOON - SECOND)] * 4
    after = [partial(end_shifts, at=NOON), partial(sweep_up, at=NOON)] * 2
    together(partial.__call__, [*before, *after])
    # What a router that was late gave to somebody who was gone by then is found by the next sweep.
    sweep_up(at=NOON + 5 * SECOND)
    nothing_is_lost(members)


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_router_that_read_the_rota_before_the_end_and_decides_after_it(members: list[DeskMember]) -> None:
    """The worst moment, and not by chance: the router stands at the members' lock while the end of the shift is written."""
    began = threading.Event()

    def router() -> int:
        try:
            began.set()
            return route_waiting(at=NOON - SECOND)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            list(DeskMember.objects.select_for_update(no_key=True).order_by("pk"))
            routed = pool.submit(router)
            assert began.wait(30)
            wait_until(_waits_for_a_lock, "the router waits for the members")
            end_shifts(at=NOON)
        assert routed.result(timeout=60) == NUMBER
    assert Conversation.objects.filter(state="assigned", member__in=members[:2]).exists(), "else this moment was missed"
    sweep_up(at=NOON + 5 * SECOND)
    nothing_is_lost(members)
    # Whoever was there too late stays as they are however often it is looked at again.
    events = RoutingEvent.objects.count()
    together(lambda _: sweep_up(at=NOON + 10 * SECOND), range(4))
    assert RoutingEvent.objects.count() == events
