"""Every test here finds the clock at noon of a Wednesday, and an empty helpline unless it opens one (tests/world/noon.py)."""

import pytest

from messaging.routing.route import route_waiting
from tests.world.desk import NOON, open_helpline
from tests.world.noon import clock, conversation, desk, lead, moira, person
from tests.world.person import AtDesk, Person

__all__ = ["clock", "conversation", "desk", "lead", "moira", "person"]


@pytest.fixture
def world(db: None) -> tuple[Person, AtDesk, str]:
    """Someone who wrote and has a session, and a counsellor at the desk to whom it was given; with the conversation's id."""
    writer, helpline = Person(), open_helpline()
    writer.write_first()
    writer.come_back()
    route_waiting(at=NOON)
    return writer, AtDesk(helpline, "Moira"), str(writer.answer()["conversation"])
