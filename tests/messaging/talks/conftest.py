"""Live talk from ten to four on Wednesdays; Moira and Callum are on duty for it until two, at unlocked desks, and somebody has written."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.world.desk import NOON, Desk
from tests.world.noon import clock, conversation, desk, person
from tests.world.person import AtDesk, Person, set_clock
from tests.world.talks import asks, looks, open_live_talk

__all__ = ["clock", "conversation", "desk", "person"]


@pytest.fixture
def moira(desk: Desk) -> AtDesk:
    cache.clear()
    open_live_talk()
    return AtDesk(desk, "Moira")


@pytest.fixture
def callum(desk: Desk, moira: AtDesk) -> AtDesk:
    return AtDesk(desk, "Callum")


@pytest.fixture
def later() -> Callable[[timedelta], None]:
    """Sets the clock so much after noon."""

    def move(after: timedelta) -> None:
        set_clock(NOON + after)

    return move


@pytest.fixture
def talk(person: Person, conversation: bytes, moira: AtDesk) -> bytes:
    """Moira alone was there, was offered the talk and took it."""
    looks(moira)
    assert asks(person)["state"] == "offered"
    assert moira.does(conversation, "live/take").status_code == 200
    return conversation
