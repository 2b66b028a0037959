"""How many examples a property is tried with: few by day, at least five hundred by night (`--hypothesis-profile nightly`).

A test says its own numbers with `examples` alone: what it gives to Hypothesis itself counts by night too, and the night tries no more.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

DAY, NIGHTLY = "day", "nightly"
BY_DAY, BY_NIGHT = 25, 500
# A test of so many examples may take longer than one that hangs is given.
NIGHTLY_TIMEOUT = 2 * 60 * 60
# A model that runs against the database takes longer than any other test, on a machine that has much else to do.
OF_A_MODEL = 900
# Nothing here measures how fast a machine is: an example may take its time while others work.
settings.register_profile(DAY, max_examples=BY_DAY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# On CI Hypothesis takes the same examples each time, for a change to be judged alike twice; but every night others are wanted.
settings.register_profile(NIGHTLY, settings.get_profile(DAY), max_examples=BY_NIGHT, derandomize=False, print_blob=True)
settings.load_profile(DAY)


def by_night() -> bool:
    """Whether this is the run that has time."""
    return settings.get_current_profile_name() == NIGHTLY


def examples(day: int = BY_DAY, night: int = BY_NIGHT, **more: Any) -> settings:
    """Hypothesis' settings with as many examples as there is time for, and whatever else it may be told.

    Raises:
        ValueError: the night would try fewer than five hundred, or than the day.
    """
    if night < max(day, BY_NIGHT):
        raise ValueError(f"By night at least {max(day, BY_NIGHT)} examples are tried, not {night}.")
    return settings(max_examples=night if by_night() else day, **more)


def waits_for_night(item: pytest.Item) -> bool:
    """Whether this run is of the day, and the test is not."""
    return item.get_closest_marker("night") is not None and not by_night()


def give_time(items: list[pytest.Item]) -> None:
    """By night no test is taken for one that hangs."""
    if by_night():
        for item in items:
            item.add_marker(pytest.mark.timeout(NIGHTLY_TIMEOUT), append=False)
