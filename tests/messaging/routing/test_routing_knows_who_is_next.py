"""The pure choice: continuity, caps, least open work, longest idle; and what routing makes of it with rows."""

from datetime import timedelta

import pytest
from django.db.models import DateField, TimeField
from hypothesis import given
from hypothesis import strategies as some

from helpline.models import Shift
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import decode
from messaging.routing.policy import RoutingCandidate, RoutingChoice, choose_counsellor
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, open_helpline, put_on_duty, send
from tests.world.person import AtDesk, Person, set_clock, who_has

loads = some.builds(
    RoutingCandidate,
    member=some.integers(1, 6),
    open=some.integers(0, 4),
    cap=some.integers(0, 4),
    turn=some.integers(0, 9),
)
desks = some.lists(loads, unique_by=lambda load: load.member, max_size=6)
members = some.none() | some.integers(1, 6)


@given(desks, members, members)
def test_a_choice_is_always_of_somebody_who_may_have_it(
    on_duty: list[RoutingCandidate], has_it: int | None, released_by: int | None
) -> None:
    choice = choose_counsellor(on_duty, has_it=has_it, released_by=released_by)
    by_member = {load.member: load for load in on_duty if load.member != released_by}
    if choice is None:
        assert has_it not in by_member
        assert not any(load.room for load in by_member.values())
        return
    chosen = by_member[choice.member]
    assert choice.why.endswith(".")
    if has_it in by_member:
        assert choice.member == has_it
    else:
        assert chosen.room > 0
        assert chosen.open == min(load.open for load in by_member.values() if load.room)


def test_of_equals_the_longest_idle_is_next() -> None:
    idle, busy, new = RoutingCandidate(1, 2, 8, turn=7), RoutingCandidate(2, 2, 8, turn=8), RoutingCandidate(3, 2, 8, turn=0)
    assert chosen([busy, idle]) == 1
    assert chosen([busy, idle, new]) == 3


def test_the_thread_goes_above_the_cap_of_whoever_has_it() -> None:
    assert chosen([RoutingCandidate(1, 8, 8, 0), RoutingCandidate(2, 0, 8, 0)], has_it=1) == 1


def test_nobody_on_duty_means_wait() -> None:
    assert choose_counsellor([], has_it=1, released_by=None) is None


def chosen(on_duty: list[RoutingCandidate], has_it: int | None = None) -> int:
    choice = choose_counsellor(on_duty, has_it=has_it, released_by=None)
    assert isinstance(choice, RoutingChoice)
    return choice.member


@pytest.mark.django_db
class TestWithRows:
    def test_a_person_who_comes_back_gets_their_counsellor_also_above_the_cap(self) -> None:
        desk = open_helpline("Moira", "Callum", cap=1)
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        AtDesk(desk, "Moira").claim(conversation)
        AtDesk(desk, "Moira").reply(conversation)
        AtDesk(desk, "Moira").claim(send().conversation)
        person.write()
        assert route_waiting(at=NOON) == 1
        assert who_has(conversation) == "Moira"
        assert RoutingEvent.objects.latest("pk").why == "This counsellor has the thread and is on duty."

    def test_a_new_message_to_whoever_has_the_thread_and_is_there_changes_no_hands(self, desk: Desk) -> None:
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        route_waiting(at=NOON)
        name = who_has(conversation)
        person.write()
        assert route_waiting(at=NOON) == 0
        assert who_has(conversation) == name
        assert [event.kind for event in RoutingEvent.objects.all()] == ["assigned", "kept"]

    def test_a_new_message_to_somebody_who_has_gone_home_goes_to_another(self, desk: Desk) -> None:
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        AtDesk(desk, "Moira").claim(conversation)
        desk.members["Moira"].counsellor.shifts.all().delete()
        person.write()
        assert route_waiting(at=NOON) == 1
        assert who_has(conversation) == "Callum"

    def test_when_nobody_else_has_room_it_stands_open_to_all(self) -> None:
        desk = open_helpline("Moira", "Callum", cap=0)
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        person.come_back()
        AtDesk(desk, "Moira").claim(conversation)
        desk.members["Moira"].counsellor.shifts.all().delete()
        person.write()
        assert route_waiting(at=NOON) == 0
        assert Conversation.objects.get().state == "waiting"
        assert RoutingEvent.objects.latest("pk").kind == "returned"
        DeskMember.objects.update(cap=1)
        assert route_waiting(at=NOON) == 1
        assert who_has(conversation) == "Callum"

    def test_while_messages_are_closed_nothing_changes_hands(self, desk: Desk) -> None:
        evening = NOON + timedelta(hours=8)
        set_clock(evening)
        put_on_duty(desk.members["Moira"], evening)
        send(at=evening)
        assert route_waiting(at=evening) == 0
        assert not RoutingEvent.objects.exists()

    def test_those_who_wait_are_given_out_as_counsellors_have_room(self) -> None:
        desk = open_helpline("Moira", cap=2)
        threads = [send(at=NOON + timedelta(seconds=second)).conversation for second in range(3)]
        later = NOON + timedelta(minutes=1)
        assert route_waiting(at=later) == 2
        assert [who_has(thread) for thread in threads] == ["Moira", "Moira", None]
        AtDesk(desk, "Moira").reply(threads[0])
        assert route_waiting(at=later) == 1
        assert who_has(threads[2]) == "Moira"

    def test_equals_take_turns_from_one_run_to_the_next(self) -> None:
        desk = open_helpline("Moira", "Callum", "Bridie")
        order = []
        for number in range(6):
            at = NOON + timedelta(minutes=number)
            thread = send(at=at).conversation
            route_waiting(at=at)
            order.append(str(who_has(thread)))
            # Nobody has open work when the next one comes.
            AtDesk(desk, order[-1]).reply(thread)
        assert order == ["Moira", "Callum", "Bridie"] * 2

    def test_whoever_was_away_is_counted_with_the_others(self) -> None:
        """Three are given to Moira alone, then two to Callum alone: when both are back, Moira has been idle for longer."""
        desk = open_helpline("Moira", "Callum")
        shifts = {name: list(member.counsellor.shifts.all()) for name, member in desk.members.items()}

        def given(*on_duty: str) -> str:
            Shift.objects.all().delete()
            Shift.objects.bulk_create(shift for name in on_duty for shift in shifts[name])
            thread = send().conversation
            route_waiting(at=NOON)
            name = str(who_has(thread))
            AtDesk(desk, name).reply(thread)
            return name

        assert [given("Moira") for _ in range(3)] == ["Moira"] * 3
        assert [given("Callum") for _ in range(2)] == ["Callum"] * 2
        assert given("Moira", "Callum") == "Moira"
        assert given("Moira", "Callum") == "Callum"

    def test_whose_turn_it_is_is_kept_without_any_time(self, desk: Desk) -> None:
        """A time of an assignment would be the time of a person's message, long after that was wiped."""
        send()
        route_waiting(at=NOON)
        assert sorted(DeskMember.objects.values_list("turn", flat=True)) == [0, 1]
        times = [field.name for field in DeskMember._meta.concrete_fields if isinstance(field, DateField | TimeField)]
        # When a break ends, and gone with the shift; when the last shift was over, which the rota says as well.
        assert times == ["away_until", "off_since"]

    def test_every_assignment_says_why(self, desk: Desk) -> None:
        for _ in range(3):
            send()
        route_waiting(at=NOON)
        whys = list(RoutingEvent.objects.values_list("why", flat=True))
        assert len(whys) == 3
        assert all(why.endswith(".") and "open of at most" in why for why in whys)
