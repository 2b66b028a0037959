"""Nobody with room is given twice another's share of the week, counted by the hour on duty."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpline.models import Absence, Shift
from messaging.models import Conversation, DeskMember, RoutingEvent, WeekShare
from messaging.routing.policy import LEAST_MINUTES, OnDutyPool, QueuedConversation, RoutingCandidate, RoutingOutcome
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, open_helpline, send

MONDAY = NOON.date() - timedelta(days=2)
people = some.lists(
    some.builds(
        RoutingCandidate,
        member=some.integers(1, 5),
        open=some.integers(0, 3),
        cap=some.integers(0, 6),
        turn=some.integers(0, 9),
        given=some.integers(0, 30),
        minutes=some.integers(0, 2400),
    ),
    unique_by=lambda load: load.member,
    min_size=1,
    max_size=5,
)


@given(people, some.integers(1, 12))
def test_whoever_is_given_one_has_not_twice_the_least_share_or_had_the_least(loads: list[RoutingCandidate], number: int) -> None:
    desk = OnDutyPool(loads, newest=9)
    for each in range(number):
        free = {load.member: (load.given / max(load.minutes, LEAST_MINUTES)) for load in loads if load.room}
        decision = desk.decide(QueuedConversation(each))
        if decision is None:
            assert not free
            return
        assert decision.outcome == RoutingOutcome.ASSIGNED
        least = min(free.values())
        load = desk.loads[decision.member or 0]
        assert free[load.member] == least or load.given / load.time <= 2 * least + 1e-9


@given(some.integers(1, 4), some.integers(30, 200))
def test_for_equal_hours_shares_stay_within_twice_each_other_however_fast_somebody_is(slow_ones: int, number: int) -> None:
    """One answers at once and has always the least open work; the others answer nothing until they are asked to make room."""
    loads = [RoutingCandidate(member, 0, 10_000, 0, minutes=600) for member in range(slow_ones + 1)]
    desk = OnDutyPool(loads, newest=0)
    for each in range(number):
        desk.decide(QueuedConversation(each))
        loads[0].open = 0
    given_out = [load.given for load in loads]
    assert max(given_out) <= 2 * max(min(given_out), 1)


def test_whoever_was_there_for_half_the_time_gets_half() -> None:
    full, half = RoutingCandidate(1, 0, 10_000, 0, minutes=2000), RoutingCandidate(2, 0, 10_000, 0, minutes=1000)
    desk = OnDutyPool([full, half], newest=0)
    for each in range(600):
        desk.decide(QueuedConversation(each))
        full.open = half.open = 0
    by_the_hour = sorted((full.given / full.minutes, half.given / half.minutes))
    assert by_the_hour[1] <= 2 * by_the_hour[0]


@pytest.mark.django_db
class TestWithRows:
    def test_what_was_given_this_week_is_a_sum_for_each(self) -> None:
        desk = open_helpline("Moira", "Callum")
        for _ in range(5):
            send()
        route_waiting(at=NOON)
        shares = {str(share.member): (share.monday, share.given) for share in WeekShare.objects.select_related("member__counsellor")}
        assert shares == {"Moira": (MONDAY, 3), "Callum": (MONDAY, 2)}
        # Whatever becomes of the threads, the week's sum stays.
        Conversation.objects.all().delete()
        send()
        route_waiting(at=NOON)
        assert WeekShare.objects.get(member=desk.members["Callum"]).given == 3

    def test_whoever_had_more_for_the_same_hours_comes_last_and_the_log_says_so(self) -> None:
        desk = open_helpline("Moira", "Callum")
        WeekShare.objects.create(member=desk.members["Moira"], monday=MONDAY, given=9)
        WeekShare.objects.create(member=desk.members["Callum"], monday=MONDAY, given=4)
        DeskMember.objects.filter(pk=desk.members["Callum"].pk).update(turn=50)
        send()
        route_waiting(at=NOON)
        assert str(Conversation.objects.get().member) == "Callum"
        why = RoutingEvent.objects.get().why
        assert why == "Others with room have had more than their share of this week, for their hours on duty: 0 open of at most 8."

    def test_more_for_more_hours_is_fair(self) -> None:
        desk = open_helpline("Moira", "Callum")
        counsellor = desk.members["Moira"].counsellor
        for day in (1, 2):
            start = NOON - timedelta(days=day, hours=3)
            Shift.objects.create(counsellor=counsellor, channel="messages", starts_at=start, ends_at=start + timedelta(hours=6))
        WeekShare.objects.create(member=desk.members["Moira"], monday=MONDAY, given=9)
        WeekShare.objects.create(member=desk.members["Callum"], monday=MONDAY, given=4)
        DeskMember.objects.filter(pk=desk.members["Callum"].pk).update(turn=50)
        send()
        route_waiting(at=NOON)
        assert str(Conversation.objects.get().member) == "Moira"

    def test_hours_of_an_absence_and_of_last_week_do_not_count(self) -> None:
        from helpline.hours.on_duty import time_on_duty_this_week

        desk = open_helpline("Moira")
        counsellor = desk.members["Moira"].counsellor
        for days in (1, 3):  # Tuesday, and Sunday of last week.
            start = NOON - timedelta(days=days, hours=3)
            Shift.objects.create(counsellor=counsellor, channel="messages", starts_at=start, ends_at=start + timedelta(hours=6))
        start = NOON - timedelta(days=1)
        Absence.objects.create(counsellor=counsellor, starts_at=start, ends_at=start + timedelta(hours=1))
        week = time_on_duty_this_week([counsellor.pk], channel="messages", at=NOON)
        assert week.monday == MONDAY
        # Two hours of today, and of yesterday six without one.
        assert week.worked == {counsellor.pk: timedelta(hours=2 + 5)}
