"""A conversation that waits says why nobody has it, by routing's own rules: what is about to be given out is given, and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from helpline.models import Absence, Shift
from messaging.desk.lists import desk_lists
from messaging.models import Conversation, DeskMember
from messaging.routing.policy import GIVEN_NEXT, RoutingCandidate, choose_counsellor, why_it_waits
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, open_helpline, put_on_duty, send
from tests.world.person import AtDesk
from tests.world.queue import fill_queue

loads = some.builds(
    RoutingCandidate,
    member=some.integers(1, 4),
    open=some.integers(0, 2),
    cap=some.integers(0, 2),
    turn=some.just(0),
    flagged=some.integers(2, 3),
)
desks = some.lists(loads, unique_by=lambda load: load.member, max_size=4)
members = some.none() | some.integers(1, 4)


@given(desks, some.integers(0, 1), members, members, some.booleans())
def test_it_agrees_with_the_choice(
    on_duty: list[RoutingCandidate], away: int, has_it: int | None, released_by: int | None, flagged: bool
) -> None:
    chosen = choose_counsellor(on_duty, has_it=has_it, released_by=released_by, flagged=flagged)
    said = why_it_waits(on_duty, closed=False, away=away, has_it=has_it, released_by=released_by, flagged=flagged)
    assert (said == GIVEN_NEXT) == (chosen is not None)
    # With what the words ask for, somebody is chosen.
    more = {
        "Nobody is on duty.": [RoutingCandidate(9, 0, 1, 0)],
        "Everyone on duty is on a break.": [RoutingCandidate(9, 0, 1, 0)],
        "Only the counsellor who gave it back is on duty.": [*on_duty, RoutingCandidate(9, 0, 1, 0)],
        "Nobody on duty has room for more.": [RoutingCandidate(load.member, 0, 1, 0) for load in on_duty],
    }.get(said, [RoutingCandidate(load.member, load.open, load.cap, 0) for load in on_duty])
    assert choose_counsellor(more, has_it=has_it, released_by=released_by, flagged=flagged)


def whys(desk: Desk, hours: int = 0) -> set[str]:
    at = NOON + timedelta(hours=hours)
    return {line["why"] for line in desk_lists(desk.members["Moira"], lead=False, at=at)["waiting"]}


def stays(desk: Desk, hours: int = 0) -> str:
    """Why one waits, and does still when routing has been there."""
    (why,) = whys(desk, hours)
    assert route_waiting(at=NOON + timedelta(hours=hours)) == 0
    assert whys(desk, hours) == {why}
    return why


@pytest.mark.django_db
class TestWithRows:
    def test_what_is_about_to_be_given_out_is_and_the_rest_waits_for_room(self) -> None:
        desk = open_helpline("Moira", cap=1)
        send()
        send()
        assert whys(desk) == {GIVEN_NEXT}
        assert route_waiting(at=NOON) == 1
        assert stays(desk) == "Nobody on duty has room for more."

    def test_when_messages_are_closed_whoever_is_on_duty(self) -> None:
        desk = open_helpline("Moira")
        send()
        put_on_duty(desk.members["Moira"], NOON + timedelta(hours=7))
        assert stays(desk, 7) == "Messages are closed."

    def test_when_nobody_is_on_duty(self) -> None:
        desk = open_helpline("Moira")
        send()
        assert stays(desk, 3) == "Nobody is on duty."
        Absence.objects.create(counsellor=desk.members["Moira"].counsellor, starts_at=NOON, ends_at=NOON + timedelta(hours=1))
        assert stays(desk) == "Nobody is on duty."

    def test_when_everybody_takes_a_break(self) -> None:
        desk = open_helpline("Moira")
        send()
        DeskMember.objects.update(away_until=NOON + timedelta(minutes=10))
        assert stays(desk) == "Everyone on duty is on a break."
        assert whys(desk, 1) == {GIVEN_NEXT}

    def test_when_somebody_takes_less(self) -> None:
        desk = open_helpline("Moira")
        send()
        DeskMember.objects.update(capacity=0)
        assert stays(desk) == "Nobody on duty has room for more."

    def test_when_only_whoever_gave_it_back_is_there(self) -> None:
        desk = open_helpline("Moira", "Callum")
        Shift.objects.filter(counsellor=desk.members["Callum"].counsellor).delete()
        conversation = send().conversation
        moira = AtDesk(desk, "Moira")
        moira.claim(conversation)
        moira.release(conversation)
        assert stays(desk) == "Only the counsellor who gave it back is on duty."

    def test_when_it_is_flagged_and_nobody_may_be_given_more_of_those(self) -> None:
        desk = open_helpline("Moira")
        DeskMember.objects.update(most_flagged=0)
        send()
        Conversation.objects.update(flagged=True, flag_reason="limit")
        assert stays(desk).startswith("It is flagged, ")

    def test_no_other_list_says_it(self) -> None:
        desk = open_helpline("Moira")
        send()
        route_waiting(at=NOON)
        lines = [line for lines in desk_lists(desk.members["Moira"], lead=True, at=NOON).values() for line in lines]
        assert [line["why"] for line in lines] == [None]

    def test_it_costs_as_much_for_one_as_for_many_and_nothing_while_none_waits(self) -> None:
        desk = open_helpline("Moira")
        costs = []
        for number in (0, 1, 150):
            fill_queue(number, since=NOON - timedelta(hours=1), first=1_000 * number)
            if number == 150:
                desk.join("Callum")
                desk.join("Iona")
            with CaptureQueriesContext(connection) as asked:
                whys(desk)
            costs.append(len(asked))
        assert costs == [8, 19, 19]
