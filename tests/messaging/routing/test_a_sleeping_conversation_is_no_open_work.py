"""A snoozed conversation takes no place while it sleeps, sleeps through the end of a shift, and wakes as open work in the sweep."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpline.models import Shift
from messaging.desk.snooze import snooze_conversation
from messaging.housekeeping import STEPS, sweep_up
from messaging.members.workload import member_workload
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from messaging.routing.wake_snoozed import wake_snoozed
from tests.world.able import seen
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.person import AtDesk, who_has

pytestmark = pytest.mark.django_db
MORNING = NOON + timedelta(days=1, hours=-3)


def sleeping(count: int = 1, *, cap: int = 1) -> tuple[Desk, DeskMember, list[bytes]]:
    """Moira alone at the desk, with so many threads, all snoozed until nine in the morning."""
    desk = open_helpline("Moira", cap=cap)
    moira = desk.members["Moira"]
    threads = [send().conversation for _ in range(count)]
    sweep_up(at=NOON)
    for thread in threads:
        snooze_conversation(moira, thread, "tomorrow", at=NOON)
    return desk, moira, threads


def on_shift(member: DeskMember) -> None:
    hours = timedelta(hours=1)
    times = {"starts_at": MORNING - hours, "ends_at": MORNING + 3 * hours}
    seen(Shift.objects.create(counsellor=member.counsellor, channel="messages", **times))


def test_there_is_room_while_it_sleeps_and_none_for_more_once_it_wakes() -> None:
    _, moira, (first,) = sleeping()
    assert member_workload(moira, at=NOON)["open"] == 0
    second = send().conversation
    sweep_up(at=NOON)
    assert who_has(second) == "Moira"
    third = send().conversation
    assert route_waiting(at=NOON) == 0
    # In the morning both are open: one more than the cap, which nobody raised, and nothing new comes until there is room.
    on_shift(moira)
    sweep_up(at=MORNING)
    assert (who_has(first), member_workload(moira, at=MORNING)["open"]) == ("Moira", 2)
    assert Conversation.objects.get(conversation_id=third).state == "waiting"


def test_it_sleeps_through_the_end_of_the_shift_and_wakes_with_whoever_is_there() -> None:
    desk, moira, (thread,) = sleeping()
    assert end_shifts(at=NOON + timedelta(hours=3)) == 0
    row = Conversation.objects.get()
    assert (row.member, row.state) == (moira, "assigned")
    callum = desk.join("Callum", on_duty=False)
    desk.open_epoch()
    on_shift(callum)
    sweep_up(at=MORNING)
    row.refresh_from_db()
    assert (row.member, row.state, row.snoozed_until, row.unrouted_since) == (callum, "assigned", None, None)
    assert [event.kind for event in RoutingEvent.objects.filter(conversation=row)][-2:] == ["returned", "assigned"]
    assert AtDesk(desk, "Callum").where(thread) == {"mine"}


def test_it_wakes_once_before_routing_and_an_answered_one_is_left_to_the_clock() -> None:
    desk, moira, (thread, other) = sleeping(2, cap=8)
    on_shift(moira)
    AtDesk(desk, "Moira").reply(other)
    snooze_conversation(moira, other, "tomorrow", at=NOON)
    names = ["tell_overdue_flags", "end_shifts", "hand_back_unable", "wake_snoozed", "route_waiting", "move_talks"]
    assert [step.__name__ for step in STEPS] == names
    assert (wake_snoozed(at=MORNING - timedelta(seconds=1)), wake_snoozed(at=MORNING), wake_snoozed(at=MORNING)) == (0, 1, 0)
    assert Conversation.objects.get(conversation_id=thread).snoozed_until is None
    assert Conversation.objects.get(conversation_id=other).snoozed_until == MORNING
    assert list(RoutingEvent.objects.filter(kind="woken").values_list("why", flat=True)) == [
        "Its time has come; its counsellor has it back."
    ]


def test_whoever_is_given_it_finds_it_awake_and_no_trace_of_a_handover() -> None:
    desk, _, (thread,) = sleeping()
    callum = desk.join("Callum")
    desk.open_epoch()
    waiting = {"state": "waiting", "unrouted_since": NOON, "handed_by": callum, "released_by": desk.members["Moira"]}
    Conversation.objects.update(**waiting)
    assert route_waiting(at=NOON) == 1
    row = Conversation.objects.get(conversation_id=thread)
    assert (row.member, row.snoozed_until, row.handed_by) == (callum, None, None)


def test_whoever_keeps_it_keeps_what_they_chose() -> None:
    """The person wrote, the counsellor saw it and put it off, and only then routing came to it."""
    desk, moira, (thread,) = sleeping()
    callum = desk.join("Callum")
    Conversation.objects.update(unrouted_since=NOON, handed_by=callum)
    route_waiting(at=NOON)
    row = Conversation.objects.get(conversation_id=thread)
    assert (row.member, row.snoozed_until, row.handed_by, row.unrouted_since) == (moira, MORNING, callum, None)


def test_many_cost_as_many_queries_as_one() -> None:
    _, moira, _ = sleeping(1, cap=99)
    counts = []
    for number in (1, 20):
        if number > 1:
            Conversation.objects.all().delete()
            Shift.objects.all().delete()
            on_shift(moira)
            threads = [send().conversation for _ in range(number)]
            Conversation.objects.filter(conversation_id__in=threads).update(state="assigned", member=moira, snoozed_until=MORNING)
        with CaptureQueriesContext(connection) as queries:
            assert wake_snoozed(at=MORNING) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
