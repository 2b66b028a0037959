"""A sealed message is kept once, waits while nobody may answer, and goes to one counsellor on duty."""

from dataclasses import replace
from datetime import timedelta

import pytest

from messaging.http.problems import Problem
from messaging.models import Conversation, Envelope, Inbox, RoutingEvent
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, as_message, new_inbox, open_helpline, receive, sealed, sealed_body, send, signed_body

pytestmark = pytest.mark.django_db


def test_the_same_bytes_twice_are_one_message() -> None:
    open_helpline()
    inbox, later = new_inbox(), NOON + timedelta(minutes=5)
    body = sealed_body(inbox)
    first = receive(as_message(body))
    again = receive(as_message(signed_body(inbox, body, later)), later)
    assert (first.new, again.new) == (True, False)
    assert replace(first, new=False) == again
    assert Envelope.objects.count() == 1


def test_a_first_message_under_words_in_use_is_refused() -> None:
    open_helpline()
    inbox = new_inbox()
    send(inbox=inbox)
    with pytest.raises(Problem) as refused:
        send("something else", inbox=inbox)
    assert refused.value.name == "inbox-exists"
    assert Envelope.objects.count() == 1


def test_another_installations_proof_is_refused() -> None:
    open_helpline()
    with pytest.raises(Problem) as refused:
        receive(sealed(new_inbox()), at_origin="https://elsewhere.example")
    assert refused.value.name == "bad-proof"
    assert Inbox.objects.count() == 0


def test_a_message_at_night_waits_and_is_released_at_the_opening() -> None:
    open_helpline()
    night, nine = NOON - timedelta(hours=11), NOON - timedelta(hours=3)
    taken = send(at=night)
    assert taken.reply_by == NOON.replace(hour=17)
    assert route_waiting(at=night) == 0
    assert route_waiting(at=nine - timedelta(seconds=1)) == 0
    assert route_waiting(at=nine) == 0  # Open, but nobody is on duty before ten.
    assert route_waiting(at=nine + timedelta(hours=1)) == 1


def test_each_message_goes_to_one_counsellor_and_the_work_is_shared() -> None:
    desk = open_helpline()
    for _ in range(4):
        send()
    assert route_waiting(at=NOON) == 4
    assert route_waiting(at=NOON) == 0
    assert [member.conversations.filter(state="assigned").count() for member in desk.members.values()] == [2, 2]
    assert RoutingEvent.objects.count() == 4


def test_nobody_gets_more_than_their_cap() -> None:
    desk = open_helpline(cap=1)
    for _ in range(3):
        send()
    assert route_waiting(at=NOON) == 2
    assert [member.conversations.count() for member in desk.members.values()] == [1, 1]
    assert Conversation.objects.filter(state="waiting", unrouted_since__isnull=False).count() == 1


def test_the_oldest_goes_first() -> None:
    open_helpline("Moira", cap=1)
    later, sooner = send(at=NOON), send(at=NOON - timedelta(minutes=1))
    route_waiting(at=NOON)
    assert Conversation.objects.get(state="assigned").conversation_id == sooner.conversation
    assert Conversation.objects.get(state="waiting").conversation_id == later.conversation
