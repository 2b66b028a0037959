"""Routing gives at most so many flagged conversations to a counsellor in one shift; others pass by those that wait for that."""

from datetime import timedelta

import pytest

from helpline.models import Shift
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, DeskMember
from messaging.protocol.encoding import decode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, open_helpline, send
from tests.world.person import AtDesk, Person, who_has

pytestmark = pytest.mark.django_db


def flagged(number: int) -> list[bytes]:
    threads = [send().conversation for _ in range(number)]
    Conversation.objects.filter(conversation_id__in=threads).update(flagged=True, flag_reason="limit")
    return threads


def test_no_more_in_a_shift_however_much_room_there_is() -> None:
    open_helpline("Moira", "Callum", cap=8)
    DeskMember.objects.update(most_flagged=2)
    flagged(5)
    others = [send().conversation for _ in range(2)]
    assert route_waiting(at=NOON) == 4 + 2
    assert None not in map(who_has, others)
    assert sorted(DeskMember.objects.values_list("given_flagged", flat=True)) == [2, 2]
    assert Conversation.objects.get(state="waiting").flagged


def test_an_answered_one_still_counts_and_the_next_shift_begins_anew() -> None:
    desk = open_helpline("Moira")
    two = NOON + timedelta(hours=2)
    DeskMember.objects.update(most_flagged=1)
    Shift.objects.create(counsellor=desk.members["Moira"].counsellor, channel="messages", starts_at=two, ends_at=two + timedelta(hours=2))
    first, _ = flagged(2)
    assert route_waiting(at=NOON) == 1
    AtDesk(desk, "Moira").reply(first)
    assert route_waiting(at=NOON) == 0
    assert route_waiting(at=two - timedelta(seconds=1)) == 0
    sweep_up(at=two)
    assert not Conversation.objects.filter(state="waiting").exists()
    assert DeskMember.objects.get().given_flagged == 1


def test_whoever_has_a_flagged_thread_keeps_it() -> None:
    desk = open_helpline("Moira", "Callum")
    DeskMember.objects.update(most_flagged=0)
    person = Person()
    conversation = decode(person.write_first().json()["conversation"])
    person.come_back()
    AtDesk(desk, "Moira").claim(conversation)
    AtDesk(desk, "Moira").reply(conversation)
    Conversation.objects.update(flagged=True, flag_reason="limit")
    person.write()
    assert route_waiting(at=NOON) == 1
    assert who_has(conversation) == "Moira"
