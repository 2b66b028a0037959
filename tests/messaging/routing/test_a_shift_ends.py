"""At the end of a shift open threads go to the next on duty with room, or back to the queue; whoever answers next may say so, signed."""

from datetime import timedelta

import pytest

from helpline.models import Absence, Shift
from messaging.housekeeping import sweep_up
from messaging.members.capacity import begin_break, choose_capacity
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.protocol.encoding import decode
from messaging.routing.end_shifts import end_shifts
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, open_helpline, put_on_duty, send
from tests.world.person import AtDesk, Person, who_has

pytestmark = pytest.mark.django_db
TWO = NOON + timedelta(hours=2)
LATER = TWO + timedelta(minutes=1)
HOUR = timedelta(hours=1)


def until(desk: Desk, name: str, hours: int) -> None:
    """The shift that began at ten ends so many hours after noon."""
    desk.members[name].counsellor.shifts.update(ends_at=NOON + hours * HOUR)


def test_open_threads_go_to_the_next_on_duty_in_their_order() -> None:
    desk = open_helpline("Moira")
    threads = [send(at=NOON + timedelta(seconds=second)).conversation for second in range(3)]
    sweep_up(at=NOON + timedelta(seconds=10))
    assert [who_has(thread) for thread in threads] == ["Moira"] * 3
    callum = desk.join("Callum", cap=2, at=NOON + 2 * HOUR)
    desk.open_epoch()
    sweep_up(at=LATER)
    assert [who_has(thread) for thread in threads] == ["Callum", "Callum", "Moira"]
    assert list(Conversation.objects.order_by("pk").values_list("state", flat=True)) == ["assigned", "assigned", "waiting"]
    first = RoutingEvent.objects.filter(conversation__conversation_id=threads[0])
    assert [event.kind for event in first] == ["assigned", "returned", "assigned"]
    assert first[1].why == "The shift of the counsellor who had it is over."
    assert first[2].why.startswith("Handed over. ")
    assert first[2].member == callum


def test_when_nobody_comes_they_wait_and_go_back_to_the_same_counsellor_in_the_morning() -> None:
    desk = open_helpline("Moira", "Callum")
    thread = send().conversation
    sweep_up(at=NOON)
    name = who_has(thread)
    sweep_up(at=LATER)
    row = Conversation.objects.get()
    assert (row.state, row.unrouted_since, row.waiting_since) == ("waiting", NOON, NOON)
    tomorrow = NOON + timedelta(days=1)
    for member in desk.members.values():
        put_on_duty(member, tomorrow)
    sweep_up(at=tomorrow)
    assert (who_has(thread), Conversation.objects.get().state) == (name, "assigned")


def test_a_shift_that_was_cut_short_by_an_absence_is_over() -> None:
    desk = open_helpline("Moira", "Callum", cap=1)
    thread = send().conversation
    sweep_up(at=NOON)
    name = str(who_has(thread))
    absent = desk.members[name].counsellor
    Absence.objects.create(counsellor=absent, starts_at=NOON + timedelta(minutes=5), ends_at=NOON + HOUR)
    sweep_up(at=NOON + timedelta(minutes=4))
    assert who_has(thread) == name
    sweep_up(at=NOON + timedelta(minutes=5))
    assert who_has(thread) not in {name, None}


def test_a_shift_that_was_taken_off_the_rota_is_over() -> None:
    desk = open_helpline("Moira", "Callum")
    thread = send().conversation
    sweep_up(at=NOON)
    name = str(who_has(thread))
    desk.members[name].counsellor.shifts.all().delete()
    sweep_up(at=NOON + timedelta(seconds=5))
    assert who_has(thread) not in {name, None}


def test_from_one_shift_straight_to_the_next_nothing_is_handed_over() -> None:
    desk = open_helpline("Moira", "Callum")
    for member in desk.members.values():
        Shift.objects.create(counsellor=member.counsellor, channel="messages", starts_at=TWO, ends_at=TWO + 2 * HOUR)
    thread = send().conversation
    sweep_up(at=NOON)
    name = who_has(thread)
    sweep_up(at=LATER)
    assert who_has(thread) == name
    assert not RoutingEvent.objects.filter(kind="returned").exists()


def test_whoever_claimed_a_thread_outside_any_shift_keeps_it() -> None:
    desk = open_helpline("Moira")
    desk.join("Callum", on_duty=False)
    desk.open_epoch()
    thread = send().conversation
    AtDesk(desk, "Callum").claim(thread)
    sweep_up(at=NOON)
    sweep_up(at=LATER)
    assert who_has(thread) == "Callum"
    assert Conversation.objects.get().state == "assigned"


def test_what_was_claimed_in_a_shift_without_any_routing_is_handed_over_too() -> None:
    desk = open_helpline("Moira")
    thread = send().conversation
    AtDesk(desk, "Moira").claim(thread)
    end_shifts(at=NOON)
    end_shifts(at=LATER)
    assert Conversation.objects.get().state == "waiting"
    assert who_has(thread) == "Moira"  # Had it last.


def test_the_end_is_seen_once_and_later_if_no_worker_ran() -> None:
    open_helpline("Moira")
    send()
    sweep_up(at=NOON)
    assert end_shifts(at=NOON + timedelta(days=3)) == 1
    events = RoutingEvent.objects.count()
    assert end_shifts(at=NOON + timedelta(days=3)) == 0
    assert RoutingEvent.objects.count() == events


def test_less_work_and_a_break_end_with_the_shift() -> None:
    desk = open_helpline("Moira")
    end_shifts(at=NOON)
    choose_capacity(desk.members["Moira"], 0)
    begin_break(desk.members["Moira"], NOON + 3 * HOUR, at=NOON)
    end_shifts(at=NOON + timedelta(minutes=1))
    assert DeskMember.objects.get().capacity == 0
    end_shifts(at=LATER)
    member = DeskMember.objects.get()
    assert (member.capacity, member.away_until, member.shift) == (None, None, None)


def test_an_answered_thread_stays_with_whoever_answered() -> None:
    desk = open_helpline("Moira", "Callum")
    thread = send().conversation
    sweep_up(at=NOON)
    name = str(who_has(thread))
    AtDesk(desk, name).reply(thread)
    sweep_up(at=LATER)
    assert (who_has(thread), Conversation.objects.get().state) == (name, "answered")


def test_a_worker_with_an_older_clock_gives_to_nobody_for_long() -> None:
    """It read the rota just before the end and writes just after it: the next sweep sees the end once more."""
    desk = open_helpline("Moira")
    end_shifts(at=NOON)
    end_shifts(at=LATER)
    send(at=NOON)
    assert route_waiting(at=TWO - timedelta(seconds=1)) == 1
    assert Conversation.objects.get().member == desk.members["Moira"]
    sweep_up(at=LATER)
    assert Conversation.objects.get().state == "waiting"


def test_whoever_answers_next_can_say_so_signed_and_the_person_sees_who() -> None:
    desk = open_helpline("Moira")
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    sweep_up(at=NOON)
    AtDesk(desk, "Moira").reply(conversation)
    person.write()
    sweep_up(at=NOON)
    until(desk, "Moira", 1)
    desk.join("Callum")
    desk.open_epoch()
    sweep_up(at=NOON + HOUR)
    assert who_has(conversation) == "Callum"
