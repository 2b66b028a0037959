"""A site that serves what was signed; each test may alter a copy of it."""

import copy
from pathlib import Path

import pytest

from tests.messaging.release.tampering import Served, pack


@pytest.fixture(scope="module")
def honest(client_build: Path) -> Served:
    made = Served(client_build)
    style = made.answers[made.path_of("site-", ".css")]
    style.packed = pack(style.body)
    return made


@pytest.fixture
def served(honest: Served) -> Served:
    return copy.deepcopy(honest)
