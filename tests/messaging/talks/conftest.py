"""Live talk from ten to four on Wednesdays; Moira and Callum are on duty for it until two, at unlocked desks, and somebody has written."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from helpline.models import OpeningInterval, Shift
from messaging.protocol.encoding import encode
from tests.world.desk import NOON, Desk
from tests.world.noon import clock, conversation, desk, person
from tests.world.person import AtDesk, Person, set_clock

__all__ = ["clock", "conversation", "desk", "person"]
AT = "inbox/live/request"


def open_live_talk() -> None:
    OpeningInterval.objects.create(channel="live", weekday=2, opens=600, closes=960)
    Shift.objects.update(channel="live")


@pytest.fixture
def moira(desk: Desk) -> AtDesk:
    open_live_talk()
    return AtDesk(desk, "Moira")


@pytest.fixture
def callum(desk: Desk, moira: AtDesk) -> AtDesk:
    return AtDesk(desk, "Callum")


def looks(at_desk: AtDesk, *, here: bool = True) -> dict[str, Any]:
    """What an unlocked desk is told; by asking it is there."""
    response = at_desk.call("POST", "talks", {"here": here})
    assert response.status_code == 200, response.content
    return dict(response.json())


def offered(at_desk: AtDesk) -> list[str]:
    return [each["conversation"] for each in looks(at_desk)["offers"]]


def asks(person: Person) -> dict[str, Any]:
    response = person.call("POST", AT, {})
    assert response.status_code == 200, response.content
    return dict(response.json())


def stands(person: Person) -> dict[str, Any]:
    return dict(person.call("GET", AT).json())


@pytest.fixture
def later() -> Callable[[timedelta], None]:
    """Sets the clock so much after noon."""

    def move(after: timedelta) -> None:
        set_clock(NOON + after)

    return move


@pytest.fixture
def talk(person: Person, conversation: bytes, moira: AtDesk, django_capture_on_commit_callbacks: Any) -> bytes:
    """Moira alone was there, was offered the talk and took it."""
    looks(moira)
    assert asks(person)["state"] == "offered"
    assert moira.does(conversation, "live/take").status_code == 200
    return conversation


def named(conversation: bytes) -> list[str]:
    return [encode(conversation)]
