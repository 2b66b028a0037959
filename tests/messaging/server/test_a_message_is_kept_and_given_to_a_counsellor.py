"""A sealed message is kept once, waits while nobody may answer, and goes to one counsellor on duty."""

from dataclasses import replace
from datetime import timedelta

import pytest

from messaging.models import Conversation, Envelope, RoutingEvent
from messaging.operations.accept import first_message
from messaging.operations.route import route_waiting
from messaging.problems import Problem
from tests.messaging.protocol.people import Installation, installation
from tests.messaging.server.desk import NOON, new_inbox, open_helpline, sealed, send

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk() -> Installation:
    return installation()


def test_the_same_bytes_twice_are_one_message(desk: Installation) -> None:
    open_helpline(desk)
    message = sealed(desk, new_inbox(desk), "I am worried")
    first = first_message(message, site=desk.site.site, origin=desk.site.origin, at=NOON)
    again = first_message(message, site=desk.site.site, origin=desk.site.origin, at=NOON)
    assert (first.new, again.new) == (True, False)
    assert replace(first, new=False) == again
    assert Envelope.objects.count() == 1


def test_a_first_message_under_words_in_use_is_refused(desk: Installation) -> None:
    open_helpline(desk)
    inbox = new_inbox(desk)
    send(desk, inbox=inbox)
    with pytest.raises(Problem) as refused:
        send(desk, "something else", inbox=inbox)
    assert refused.value.name == "inbox-exists"
    assert Envelope.objects.count() == 1


def test_text_sent_as_ciphertext_is_refused_and_not_kept(desk: Installation) -> None:
    open_helpline(desk)
    message = sealed(desk, new_inbox(desk), "I am worried")
    text = replace(message.envelope, ciphertext=b"I am worried " * 631 + b"I am ")
    with pytest.raises(Problem) as refused:
        first_message(replace(message, envelope=text), site=desk.site.site, origin=desk.site.origin, at=NOON)
    assert refused.value.name == "not-sealed"
    assert Conversation.objects.count() == 0


def test_another_installations_proof_is_refused(desk: Installation) -> None:
    open_helpline(desk)
    message = sealed(desk, new_inbox(desk), "I am worried")
    with pytest.raises(Problem) as refused:
        first_message(message, site=desk.site.site, origin="https://elsewhere.example", at=NOON)
    assert refused.value.name == "bad-proof"


def test_a_message_at_night_waits_until_the_opening(desk: Installation) -> None:
    open_helpline(desk)
    night, nine = NOON - timedelta(hours=11), NOON - timedelta(hours=3)
    send(desk, at=night)
    assert route_waiting(at=night) == 0
    assert route_waiting(at=nine - timedelta(seconds=1)) == 0
    assert route_waiting(at=NOON) == 1


def test_each_message_goes_to_one_counsellor_and_the_work_is_shared(desk: Installation) -> None:
    members = open_helpline(desk)
    for _ in range(4):
        send(desk)
    assert route_waiting(at=NOON) == 4
    assert route_waiting(at=NOON) == 0
    assert [member.conversations.filter(state="assigned").count() for member in members] == [2, 2]
    assert RoutingEvent.objects.count() == 4


def test_nobody_gets_more_than_their_cap(desk: Installation) -> None:
    members = open_helpline(desk, cap=1)
    for _ in range(3):
        send(desk)
    assert route_waiting(at=NOON) == 2
    assert [member.conversations.count() for member in members] == [1, 1]
    assert Conversation.objects.filter(state="waiting", unrouted_since__isnull=False).count() == 1
