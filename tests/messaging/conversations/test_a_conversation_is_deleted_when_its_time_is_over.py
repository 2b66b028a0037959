"""So many days after its last message a conversation is deleted whole: by the installation's rule, or the person's own shorter choice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from helpline.models import Organisation
from messaging.conversations import expire as module
from messaging.conversations.expire import expire_conversations
from messaging.conversations.retention import conversations_to_expire
from messaging.conversations.retention_rule import CHOICES, days_kept, expiry_day, newest_day_to_expire
from messaging.models import Conversation, Envelope, Inbox, RoutingEvent, Session
from messaging.models.inbox import LONG_AGO
from messaging.protocol.encoding import decode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, kind_of, who_has

DAY = timedelta(days=1)


def age(days: int) -> None:
    """Everything that stands becomes so many days older."""
    for inbox in Inbox.objects.all():
        Inbox.objects.filter(pk=inbox.pk).update(made_on=inbox.made_on - days * DAY)
    for envelope in Envelope.objects.all():
        Envelope.objects.filter(pk=envelope.pk).update(received_on=envelope.received_on - days * DAY)
    for thread in Conversation.objects.all():
        Conversation.objects.filter(pk=thread.pk).update(newest_on=thread.newest_on - days * DAY)


def written(own: int | None = None) -> Person:
    person = Person()
    person.write_first()
    person.come_back()
    if own is not None:
        assert person.call("POST", "inbox/retention", {"own": own}).status_code == 200
    return person


def left() -> int:
    return Conversation.objects.count()


class TestTheRule:
    @pytest.mark.parametrize(("days", "stays"), [(179, True), (180, False), (400, False)])
    def test_by_the_day(self, desk: Desk, days: int, stays: bool) -> None:
        written()
        age(days)
        assert expire_conversations(at=NOON) == (0 if stays else 1)
        assert left() == (1 if stays else 0)

    def test_a_reply_counts_as_a_message(self, desk: Desk) -> None:
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        age(200)
        route_waiting(at=NOON)
        AtDesk(desk, str(who_has(conversation))).reply(conversation)
        assert expire_conversations(at=NOON) == 0

    def test_a_new_rule_holds_at_once(self, desk: Desk) -> None:
        written()
        age(30)
        assert expire_conversations(at=NOON) == 0
        Organisation.objects.update(retention_days=30)
        assert expire_conversations(at=NOON) == 1

    def test_whatever_its_state_and_doing_it_again_changes_nothing(self, desk: Desk) -> None:
        for _ in range(3):
            written()
        first = Conversation.objects.order_by("pk").first()
        assert first is not None
        Conversation.objects.filter(pk=first.pk).update(state="assigned", member=desk.members["Moira"])
        age(181)
        assert (expire_conversations(at=NOON), expire_conversations(at=NOON)) == (3, 0)
        assert not any(model.objects.exists() for model in (Inbox, Envelope, Session, RoutingEvent))

    def test_a_run_is_bounded_and_the_next_goes_on(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MOST_AT_ONCE", 2)
        for _ in range(3):
            written()
        age(181)
        assert (expire_conversations(at=NOON), expire_conversations(at=NOON), expire_conversations(at=NOON)) == (2, 1, 0)

    def test_finding_them_is_one_question_however_many_there_are(self, desk: Desk) -> None:
        written()
        with CaptureQueriesContext(connection) as one:
            list(conversations_to_expire(NOON.date()))
        for _ in range(5):
            written()
        with CaptureQueriesContext(connection) as more:
            list(conversations_to_expire(NOON.date()))
        assert len(one) == len(more) == 2  # the rule, and the conversations


class TestTheDayInTheRow:
    """It says what is looked at; a programme of before, at work during an update, leaves it as it was, or at its default."""

    def test_each_message_and_each_reply_moves_it(self, desk: Desk) -> None:
        person = Person()
        conversation = decode(person.write_first().json()["conversation"])
        assert Conversation.objects.get().newest_on == NOON.date()
        age(20)
        person.come_back()
        assert person.write().status_code == 201
        assert Conversation.objects.get().newest_on == NOON.date()
        age(20)
        route_waiting(at=NOON)
        AtDesk(desk, str(who_has(conversation))).reply(conversation)
        assert Conversation.objects.get().newest_on == NOON.date()

    def test_an_earlier_one_deletes_nothing_and_is_put_right(self, desk: Desk) -> None:
        for _ in range(3):
            written()
        written(7)
        age(6)
        Conversation.objects.update(newest_on=LONG_AGO)
        assert expire_conversations(at=NOON) == 0
        assert {thread.newest_on for thread in Conversation.objects.all()} == {NOON.date() - 6 * DAY}
        assert not conversations_to_expire(NOON.date()).exists()
        assert expire_conversations(at=NOON + DAY) == 1

    def test_a_message_moves_it_forwards_alone(self, desk: Desk) -> None:
        person = written()
        Conversation.objects.update(newest_on=NOON.date() + DAY)
        assert person.write().status_code == 201
        assert Conversation.objects.get().newest_on == NOON.date() + DAY

    def test_a_clock_that_ran_back_deletes_nothing(self, desk: Desk) -> None:
        """Today's message, and after it one that came eight days ago by the clock."""
        person = written(7)
        age(50)
        assert [person.write().status_code for _ in range(2)] == [201, 201]
        Envelope.objects.filter(sequence=3).update(received_on=NOON.date() - 8 * DAY)
        assert expire_conversations(at=NOON) == 0
        Conversation.objects.update(newest_on=LONG_AGO)
        assert expire_conversations(at=NOON) == 0
        assert Conversation.objects.get().newest_on == NOON.date()

    def test_what_is_over_goes_all_the_same(self, desk: Desk) -> None:
        written()
        age(180)
        Conversation.objects.update(newest_on=LONG_AGO)
        assert expire_conversations(at=NOON) == 1


class TestThePersonsChoice:
    def test_the_answer_says_what_holds(self, desk: Desk) -> None:
        person = written()
        rule = {"days": 180, "own": None, "choices": [7, 14, 30, 90], "deleted_on": "2027-05-24"}
        assert person.call("GET", "inbox/retention").json() == rule
        chosen = person.call("POST", "inbox/retention", {"own": 7})
        assert chosen.json() == rule | {"own": 7, "deleted_on": "2026-12-02"}
        assert person.call("GET", "inbox/retention").json() == chosen.json()
        assert person.call("POST", "inbox/retention", {"own": None}).json() == rule

    def test_it_goes_on_that_day_and_others_stay(self, desk: Desk) -> None:
        person, other = written(7), written()
        age(6)
        assert expire_conversations(at=NOON) == 0
        age(1)
        assert expire_conversations(at=NOON) == 1
        assert kind_of(person.call("GET", "inbox")) == "session"
        assert other.call("GET", "inbox").status_code == 200

    def test_it_never_keeps_longer_than_the_rule(self, desk: Desk) -> None:
        Organisation.objects.update(retention_days=10)
        person = written(90)
        assert person.call("GET", "inbox/retention").json()["deleted_on"] == "2026-12-05"
        age(10)
        assert expire_conversations(at=NOON) == 1

    @pytest.mark.parametrize("own", [0, 1, 8, -7, 181, "7", True, 7.0, [7]])
    def test_another_number_is_refused(self, desk: Desk, own: object) -> None:
        person = written()
        assert kind_of(person.call("POST", "inbox/retention", {"own": own})) == "malformed"
        assert Conversation.objects.get().keep_days is None

    def test_without_a_session_nothing_is_told(self, desk: Desk) -> None:
        assert kind_of(Person().call("GET", "inbox/retention")) == "session"
        assert kind_of(Person().call("POST", "inbox/retention", {"own": 7})) == "session"


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(newest=DAYS, rule=st.integers(7, 3650), own=st.sampled_from([None, *CHOICES]), later=st.integers(0, 4000))
def test_it_goes_from_the_day_that_was_said_and_not_before(newest: date, rule: int, own: int | None, later: int) -> None:
    days, today = days_kept(rule, own), newest + later * DAY
    assert days <= rule
    assert (newest <= newest_day_to_expire(today, days)) == (today >= expiry_day(newest, days))
