"""Counting that begins at nothing for each test, and leaves nothing for the next; a conftest that names it has it."""

from collections.abc import Generator

import pytest

from helpline import statistics


@pytest.fixture(autouse=True)
def nothing_counted() -> Generator[None]:
    """Counts of other tests in this process, and this one's for the next."""
    statistics.forget_counts()
    yield
    statistics.forget_counts()
