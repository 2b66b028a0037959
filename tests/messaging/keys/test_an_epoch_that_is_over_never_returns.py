"""An epoch that another took the place of is never current again, however many days it would have had left (PROTOCOL §2.6)."""

from datetime import timedelta

import pytest

from messaging.http.problems import Problem
from messaging.keys.desk_epochs import current_desk_epoch, current_epoch_number, desk_public_keys, epoch_intake
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.keys.readers import key_warnings
from tests.world.desk import NOON, TODAY, Desk
from tests.world.person import AtDesk, Person

pytestmark = pytest.mark.django_db

OVER = NOON + timedelta(days=14)


@pytest.fixture
def followed(desk: Desk) -> Desk:
    """The first epoch has 35 days; a second of 14, without Callum, takes its place at once, and no third is opened."""
    desk.join("Isla")
    desk.open_epoch(days=14, names=["Moira", "Isla"])
    return desk


def test_who_was_left_off_does_not_come_back(followed: Desk) -> None:
    assert current_epoch_number(OVER - timedelta(days=1)) == 2
    assert current_desk_epoch(OVER) is None
    with pytest.raises(Problem, match="closed"):
        current_epoch_number(OVER)
    with pytest.raises(Problem, match="closed"):
        desk_public_keys(at=OVER, conversation_limit=50)
    assert desk_knowledge(OVER).key is None
    assert AtDesk(followed, "Moira").call("GET", "me").json()["current"] == 2


def test_no_page_promises_what_nobody_could_send(followed: Desk) -> None:
    now, over = epoch_intake(NOON), epoch_intake(OVER)
    assert now.possible
    assert now.changes_at == OVER.replace(hour=0)
    assert (over.possible, over.changes_at) == (False, None)
    assert any("No epoch is open today" in each for each in key_warnings(at=OVER))


def test_one_that_begins_later_takes_its_place_then(desk: Desk) -> None:
    desk.open_epoch(first_day=TODAY + 1, days=3)
    assert current_epoch_number(NOON) == 1
    assert current_epoch_number(NOON + timedelta(days=1)) == 2
    assert epoch_intake(NOON).changes_at == (NOON + timedelta(days=4)).replace(hour=0)


def test_a_browser_says_the_same(followed: Desk) -> None:
    person = Person()
    person.write_first("In the second epoch")
    person.come_back()
    assert person.thread(OVER - timedelta(days=1)).desk is not None
    assert person.thread(OVER).desk is None
    assert "no-current-epoch" in followed.unlocked("Moira", OVER).troubles
