"""A snoozed conversation is out of sight until its instant, wakes by itself, and at once when the person writes."""

from datetime import UTC, datetime, timedelta

import pytest

from messaging.models import Conversation
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, set_clock, who_has

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("until", "instant"),
    [
        ("tomorrow", "2026-11-26T09:00:00+00:00"),
        ("next-opening", "2026-11-26T09:00:00+00:00"),
        ("2026-11-28", "2026-11-28T09:00:00+00:00"),
        ("2026-11-30", "2026-11-30T09:00:00+00:00"),
    ],
)
def test_it_sleeps_until_then_in_the_helplines_own_time(moira: AtDesk, conversation: bytes, until: str, instant: str) -> None:
    assert moira.does(conversation, "snooze", until=until).json() == {"snoozed_until": instant}
    assert moira.where(conversation) == {"snoozed"}
    set_clock(datetime.fromisoformat(instant))
    assert moira.where(conversation) == {"mine"}


def test_in_summer_nine_is_nine_on_the_wall(moira: AtDesk, conversation: bytes) -> None:
    from messaging.desk.snooze import waking_instant

    assert waking_instant("tomorrow", at=datetime(2026, 7, 1, 12, tzinfo=UTC)) == datetime(2026, 7, 2, 8, tzinfo=UTC)
    assert waking_instant("tomorrow", at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == datetime(2026, 7, 3, 8, tzinfo=UTC)


def test_an_answered_one_wakes_to_be_looked_at_and_an_answer_ends_it(moira: AtDesk, conversation: bytes) -> None:
    moira.reply(conversation)
    assert moira.where(conversation) == {"answered"}
    moira.does(conversation, "snooze", until="tomorrow")
    assert moira.where(conversation) == {"snoozed"}
    set_clock(NOON + timedelta(days=1))
    assert moira.where(conversation) == {"mine"}
    assert moira.reply(conversation, at=NOON + timedelta(days=1)).status_code == 201
    assert moira.where(conversation) == {"answered"}


def test_the_person_writes_and_it_is_awake(person: Person, moira: AtDesk, conversation: bytes) -> None:
    moira.reply(conversation)
    moira.does(conversation, "snooze", until="2026-12-20")
    person.write()
    route_waiting(at=NOON)
    assert (who_has(conversation), moira.where(conversation)) == ("Moira", {"mine"})


def test_it_can_be_woken_by_hand_and_what_was_promised_stands(moira: AtDesk, conversation: bytes) -> None:
    due = Conversation.objects.get().due_at
    moira.does(conversation, "snooze", until="tomorrow")
    assert moira.does(conversation, "snooze", until=None).json() == {"snoozed_until": None}
    assert moira.where(conversation) == {"mine"}
    assert Conversation.objects.get().due_at == due


def test_no_other_time_and_nobody_elses_conversation(desk: Desk, moira: AtDesk, conversation: bytes) -> None:
    callum = AtDesk(desk, "Callum")
    before = all_rows()
    for until in ("2026-11-25", "2026-11-24", "2027-11-25", "soon", "", 5, "2026-13-01"):
        assert kind_of(moira.does(conversation, "snooze", until=until)) == "malformed"
    assert kind_of(callum.does(conversation, "snooze", until="tomorrow")) == "not-yours"
    assert all_rows() == before
