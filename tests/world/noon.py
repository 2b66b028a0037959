"""Every test here finds the service's clock at noon of a Wednesday, and an empty helpline unless it opens one."""

import pytest
from pytest_django import Settings

from helpline.models import Account
from messaging.protocol.encoding import decode
from tests.world.desk import NOON, Desk, open_helpline
from tests.world.person import AtDesk, Person, set_clock


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> None:
    # The wrapper puts back whatever a test leaves here.
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET
    set_clock(NOON)


@pytest.fixture
def desk(db: None) -> Desk:
    """Moira, who holds keys, and Callum; both on duty."""
    return open_helpline()


@pytest.fixture
def person(desk: Desk) -> Person:
    """Somebody who wrote once and came back with the words."""
    person = Person()
    person.write_first()
    person.come_back()
    return person


@pytest.fixture
def conversation(person: Person) -> bytes:
    """Theirs."""
    return decode(person.answer()["conversation"])


@pytest.fixture
def moira(desk: Desk, conversation: bytes) -> AtDesk:
    """Who has it."""
    moira = AtDesk(desk, "Moira")
    moira.claim(conversation)
    return moira


@pytest.fixture
def lead(desk: Desk) -> AtDesk:
    """Callum, who is a lead here."""
    Account.objects.filter(pk=desk.members["Callum"].counsellor.account_id).update(role=Account.Role.LEAD)
    desk.members["Callum"].counsellor.account.refresh_from_db()
    return AtDesk(desk, "Callum")
