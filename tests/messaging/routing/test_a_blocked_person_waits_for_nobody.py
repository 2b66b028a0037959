"""A blocked person waits for nobody: their conversation is no open work, takes no place of the cap, and is overdue for nobody."""

from datetime import timedelta

import pytest

from helpline.models import Account
from messaging.housekeeping import sweep_up
from messaging.models import Conversation, RoutingEvent
from messaging.routing.reply_deadlines import remind_of_deadlines
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.person import AtDesk, set_clock, who_has

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def full() -> tuple[Desk, bytes, bytes]:
    """One counsellor who takes one at a time, what they have, and what waits."""
    desk = open_helpline("Moira", cap=1)
    first, second = send(at=NOON).conversation, send(at=NOON + SECOND).conversation
    sweep_up(at=NOON + 2 * SECOND)
    assert (who_has(first), who_has(second)) == ("Moira", None)
    set_clock(NOON + 3 * SECOND)
    return desk, first, second


def test_its_place_is_free_at_once_and_it_stands_no_longer_among_mine(full: tuple[Desk, bytes, bytes]) -> None:
    desk, first, second = full
    moira = AtDesk(desk, "Moira")
    moira.does(first, "block", days=3)
    sweep_up(at=NOON + 5 * SECOND)
    assert (who_has(first), who_has(second)) == ("Moira", "Moira")
    lists = moira.call("GET", "conversations").json()
    assert [line["state"] for line in lists["mine"]] == ["assigned"]
    assert [line["due"] for line in lists["answered"]] == [None]
    assert moira.call("GET", "work").json()["open"] == 1
    remind_of_deadlines(at=NOON + 30 * DAY)
    assert not RoutingEvent.objects.filter(conversation__conversation_id=first, kind__in=["nudged", "overdue"]).exists()


def test_lifted_whoever_was_not_answered_waits_from_then_on(full: tuple[Desk, bytes, bytes]) -> None:
    desk, first, _ = full
    moira = AtDesk(desk, "Moira")
    moira.does(first, "block", days=3)
    moira.does(first, "block", days=None)
    row = Conversation.objects.get(conversation_id=first)
    assert (row.state, row.blocked_until, row.waiting_since is not None, row.due_at is not None) == ("assigned", None, True, True)
    sweep_up(at=NOON + 5 * SECOND)
    assert who_has(first) == "Moira"


def test_whoever_had_been_answered_waits_for_nothing_when_it_is_lifted(full: tuple[Desk, bytes, bytes]) -> None:
    desk, first, _ = full
    moira = AtDesk(desk, "Moira")
    moira.answer(first)
    moira.reply(first)
    moira.does(first, "block", days=1)
    moira.does(first, "block", days=None)
    assert Conversation.objects.get(conversation_id=first).state == "answered"


def test_what_nobody_had_is_the_leads_who_blocked_it(full: tuple[Desk, bytes, bytes]) -> None:
    desk, _, second = full
    Account.objects.filter(counsellor__desk=desk.members["Moira"]).update(role=Account.Role.LEAD)
    AtDesk(desk, "Moira").does(second, "block", days=1)
    row = Conversation.objects.get(conversation_id=second)
    assert (row.state, row.member) == ("answered", desk.members["Moira"])
