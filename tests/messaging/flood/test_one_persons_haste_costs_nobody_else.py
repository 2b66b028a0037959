"""Each inbox and each token has a measure of its own; somebody who is too fast waits alone, and nothing counts for everybody."""

from datetime import timedelta

import pytest

from messaging.flood.rate_limit import RateBuckets, RateLimit
from tests.world.desk import NOON, Desk
from tests.world.person import Person, kind_of

SECOND = timedelta(seconds=1)


def test_so_many_at_once_and_then_one_after_another() -> None:
    buckets = RateBuckets(RateLimit(burst=3, every=10 * SECOND))
    assert [buckets.take(1, NOON) for _ in range(5)] == [0, 0, 0, 10, 10]
    assert buckets.take(1, NOON + 4 * SECOND) == 6
    assert [buckets.take(1, NOON + 10 * SECOND) for _ in range(2)] == [0, 10]
    assert [buckets.take(1, NOON + timedelta(hours=1)) for _ in range(4)] == [0, 0, 0, 10]
    assert buckets.take(2, NOON) == 0


def test_there_is_room_for_so_many_and_the_one_unused_longest_is_forgotten() -> None:
    buckets = RateBuckets(RateLimit(burst=1, every=SECOND), room=2)
    for key in (1, 2, 1, 3):
        buckets.take(key, NOON)
    assert (buckets.take(1, NOON), buckets.take(2, NOON)) == (1, 0)


@pytest.mark.django_db
def test_guesses_at_one_inbox_end_and_another_inbox_opens(desk: Desk) -> None:
    hasty, other, nobody = Person(), Person(), Person()
    hasty.write_first()
    other.write_first()
    wrong = hasty.proof() | {"signature": other.proof()["signature"]}
    kinds = [kind_of(hasty.call("POST", "sessions", wrong)) for _ in range(11)]
    assert kinds == ["no-inbox"] * 10 + ["too-fast"]
    assert other.come_back().status_code == 201
    # Where there is no inbox it is the very same: nobody learns whether there is one.
    assert [kind_of(nobody.come_back()) for _ in range(11)] == kinds
    refused = hasty.come_back()
    assert (refused.status_code, refused.json()["wait"], refused["Retry-After"]) == (429, 6, "6")


@pytest.mark.django_db
def test_one_token_that_asks_without_end_waits_and_another_does_not(desk: Desk) -> None:
    hasty, other = Person(), Person()
    for person in (hasty, other):
        person.write_first()
        person.come_back()
    answers = [hasty.call("GET", "inbox/retention").status_code for _ in range(140)]
    assert answers[:120] == [200] * 120
    assert answers[-1] == 429
    assert other.call("GET", "inbox/retention").status_code == 200


@pytest.mark.django_db
def test_one_inbox_that_sends_without_end_waits_whatever_its_tokens_and_another_does_not(desk: Desk) -> None:
    hasty, other = Person(), Person()
    for person in (hasty, other):
        person.write_first()
        person.come_back()
    body = {"opening": None, "envelope": "AAAA"}
    kinds = [kind_of(hasty.call("POST", "inbox/envelopes", body)) for _ in range(62)]
    assert (kinds[0], kinds[-1]) == ("malformed", "too-fast")
    hasty.come_back()
    assert kind_of(hasty.call("POST", "inbox/envelopes", body)) == "too-fast"
    assert other.write().status_code == 201
