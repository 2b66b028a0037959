"""Every test here finds the service's clock at noon of a Wednesday, and an empty helpline unless it opens one."""

import pytest
from pytest_django import Settings

from tests.messaging.server.desk import NOON, Desk, open_helpline
from tests.messaging.server.people import set_clock


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> None:
    # The wrapper puts back whatever a test leaves here.
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET
    set_clock(NOON)


@pytest.fixture
def desk(db: None) -> Desk:
    """Moira, who holds keys, and Callum; both on duty."""
    return open_helpline()
