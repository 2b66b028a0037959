"""Words that are unknown, deleted or wrong are refused in the same time; a difference of two milliseconds would be seen."""

import time
from collections.abc import Callable
from itertools import combinations

import pytest
from django.test import Client

from messaging.inbox import api as inbox_api
from tests.attack.ranks import apart, measured
from tests.attack.words import refused_words
from tests.world.desk import Desk
from tests.world.person import call, kind_of

ROUNDS = 150
# Told apart: more than chance would have it once in fifteen thousand runs, and by more than a network leaves visible.
CHANCE, VISIBLE, PLANTED = 4.0, 0.0005, 0.002


def refusals() -> dict[str, Callable[[], object]]:
    """Each kind of words, ready to be refused again and again."""
    client = Client()

    def refused(body: dict[str, str]) -> Callable[[], object]:
        def once() -> None:
            inbox_api.SESSIONS.forget()
            assert kind_of(call(client, "POST", "/api/v1/sessions", body)) == "no-inbox"

        return once

    kinds = ("unknown", "deleted", "wrong")
    return {kind: refused(proof) for kind, (_, proof) in zip(kinds, refused_words(), strict=True)}


@pytest.mark.django_db
def test_no_kind_of_words_takes_longer_than_another(desk: Desk) -> None:
    kinds = refusals()
    times = dict(zip(kinds, measured(list(kinds.values()), ROUNDS), strict=True))
    for one, other in combinations(kinds, 2):
        found = apart(times[one], times[other])
        assert abs(found.z) < CHANCE or abs(found.seconds) < VISIBLE, f"{one} and {other}: {found}"


@pytest.mark.django_db
def test_two_milliseconds_would_be_seen(desk: Desk) -> None:
    refuse = refusals()["unknown"]

    def later() -> None:
        refuse()
        time.sleep(PLANTED)

    found = apart(*measured([refuse, later], ROUNDS))
    assert found.z > CHANCE
    assert found.seconds > VISIBLE
