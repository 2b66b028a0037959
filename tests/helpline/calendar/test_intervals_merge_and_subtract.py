"""Half-open intervals: merging and subtracting neither loses nor makes an instant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpline.calendar import Interval
from helpline.calendar.intervals import merge_intervals, subtract_intervals

START = datetime(2026, 1, 1, tzinfo=UTC)


def _interval(start: int, length: int) -> Interval:
    return Interval(START + timedelta(minutes=start), START + timedelta(minutes=start + length))


intervals = st.lists(st.builds(_interval, st.integers(0, 60), st.integers(1, 20)), max_size=6)


def _minutes(found: list[Interval]) -> set[int]:
    return {minute for minute in range(100) if any(START + timedelta(minutes=minute) in interval for interval in found)}


@given(intervals, intervals)
def test_the_same_minutes_are_covered(some: list[Interval], taken: list[Interval]) -> None:
    assert _minutes(merge_intervals(some)) == _minutes(some)
    assert _minutes(subtract_intervals(some, taken)) == _minutes(some) - _minutes(taken)


@given(intervals, intervals)
def test_what_comes_out_is_in_order_and_does_not_meet(some: list[Interval], taken: list[Interval]) -> None:
    for found in (merge_intervals(some), subtract_intervals(some, taken)):
        assert all(one.end < other.start for one, other in pairwise(found))


def test_intervals_that_meet_share_no_instant() -> None:
    first, second = _interval(0, 10), _interval(10, 10)
    assert not first.overlaps(second)
    assert merge_intervals([second, first]) == [_interval(0, 20)]
    assert subtract_intervals([first], [second]) == [first]
