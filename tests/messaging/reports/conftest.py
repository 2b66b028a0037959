"""Every test here finds nothing counted, and the clock at six in the evening of a Tuesday in the quarter after."""

import pytest
from pytest_django import Settings

from tests.messaging.reports.week import EVENING
from tests.parts.counted import nothing_counted
from tests.world.person import set_clock

__all__ = ["nothing_counted"]


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> None:
    # The wrapper puts back whatever a test leaves here.
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET
    set_clock(EVENING)
