"""A counsellor chooses how many conversations at once, step by step up to the cap, and takes a break: routing heeds both at once."""

from datetime import timedelta

import pytest

from messaging.members.capacity import begin_break, choose_capacity, end_break
from messaging.models import Conversation, DeskMember
from messaging.protocol.encoding import Malformed, decode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, open_helpline, send
from tests.world.person import AtDesk, Person, kind_of, set_clock, who_has

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_step_by_step_up_to_the_cap() -> None:
    member = open_helpline("Moira", cap=3).members["Moira"]
    for _ in range(5):
        send()
    assert [route_waiting(at=NOON) for _ in [choose_capacity(member, 0)]] == [0]
    for number in (1, 2, 3):
        choose_capacity(member, number)
        assert route_waiting(at=NOON) == 1
    with pytest.raises(Malformed):
        choose_capacity(member, 4)
    with pytest.raises(Malformed):
        choose_capacity(member, -1)
    assert DeskMember.objects.get().capacity == 3


def test_a_cap_that_an_admin_lowers_goes_before_what_was_chosen() -> None:
    member = open_helpline("Moira", cap=5).members["Moira"]
    choose_capacity(member, 5)
    DeskMember.objects.update(cap=2)
    for _ in range(5):
        send()
    assert route_waiting(at=NOON) == 2


def test_less_takes_nothing_away_and_a_person_who_writes_again_still_gets_their_counsellor() -> None:
    desk = open_helpline("Moira", "Callum")
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    AtDesk(desk, "Moira").claim(conversation)
    choose_capacity(desk.members["Moira"], 0)
    AtDesk(desk, "Moira").reply(conversation)
    person.write()
    assert route_waiting(at=NOON) == 1
    assert who_has(conversation) == "Moira"


def test_nothing_is_given_in_a_break_and_open_threads_stay() -> None:
    desk = open_helpline("Moira", "Callum")
    mine = send().conversation
    AtDesk(desk, "Moira").claim(mine)
    begin_break(desk.members["Moira"], NOON + 20 * MINUTE, at=NOON)
    threads = [send().conversation for _ in range(3)]
    assert route_waiting(at=NOON + MINUTE) == 3
    assert {who_has(thread) for thread in threads} == {"Callum"}
    assert who_has(mine) == "Moira"
    # The break is over by itself.
    send()
    route_waiting(at=NOON + 20 * MINUTE)
    assert Conversation.objects.filter(member=desk.members["Moira"]).count() == 2


def test_when_everybody_has_a_break_they_wait() -> None:
    desk = open_helpline("Moira")
    begin_break(desk.members["Moira"], NOON + 20 * MINUTE, at=NOON)
    send()
    assert route_waiting(at=NOON + MINUTE) == 0
    end_break(desk.members["Moira"], at=NOON + 2 * MINUTE)
    assert route_waiting(at=NOON + 2 * MINUTE) == 1


@pytest.mark.parametrize("until", [-MINUTE, 0 * MINUTE, timedelta(hours=6, minutes=1)])
def test_a_break_lies_ahead_and_is_short(until: timedelta) -> None:
    member = open_helpline("Moira").members["Moira"]
    with pytest.raises(Malformed):
        begin_break(member, NOON + until, at=NOON)


class TestOverTheInterface:
    def test_work_is_chosen_and_told(self) -> None:
        moira = AtDesk(open_helpline("Moira", cap=6), "Moira")
        shift: dict[str, object] = {"shift_ends": (NOON + timedelta(hours=2)).isoformat(), "shift_over": None, "absent": False, "kept": []}
        assert moira.call("GET", "work").json() == {"open": 0, "takes": 6, "cap": 6, "away_until": None, **shift}
        assert moira.call("POST", "work", {"takes": 2}).json()["takes"] == 2
        send()
        route_waiting(at=NOON)
        assert moira.call("GET", "work").json()["open"] == 1

    def test_a_break_and_back(self) -> None:
        set_clock(NOON)
        moira = AtDesk(open_helpline("Moira"), "Moira")
        assert moira.call("POST", "work/break", {"minutes": 20}).json()["away_until"].startswith("2026-11-25T12:20")
        assert moira.call("POST", "work/break", {"minutes": 0}).json()["away_until"] is None

    @pytest.mark.parametrize(
        "body", [{"takes": 9}, {"takes": -1}, {"takes": True}, {"takes": "2"}, {"takes": 10**30}, {}, {"takes": 2, "x": 1}]
    )
    def test_other_numbers_are_refused(self, body: dict[str, object]) -> None:
        moira = AtDesk(open_helpline("Moira"), "Moira")
        refused = moira.call("POST", "work", body)
        assert (refused.status_code, kind_of(refused)) == (400, "malformed")
