"""No number below five is shown, and none follows from what is shown, whoever subtracts what from what."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as some

from helpline.statistics.suppression import (
    LEAST,
    DaySum,
    placeable_parts,
    suppressed,
    suppressed_by_day,
    suppressed_by_day_part,
    total_shown,
)

DAY = date(2026, 11, 25)
NAMES, BANDS = ("k7mt", "phx4", "w3hd"), 8


def test_none_is_said_and_one_to_four_are_not() -> None:
    assert [suppressed(number) for number in range(7)] == [0, None, None, None, None, 5, 6]
    assert total_shown([0, None, 5, None, 7]) == 12


def outcome(parts: tuple[int, ...]) -> tuple[object, ...]:
    """Everything that is told of one day: its sum, and its parts as far as they are."""
    if 0 < sum(parts) < LEAST:
        return ("few",)
    return (sum(parts), tuple(placeable_parts(parts)))


def test_of_every_small_part_there_are_two_possibilities_at_least() -> None:
    """All days of four parts with numbers from none to seven: whoever knows how it is done, and what is shown, cannot tell one of them."""
    possible: dict[tuple[object, ...], list[set[int]]] = defaultdict(lambda: [set() for _ in range(4)])
    days = list(product(range(8), repeat=4))
    for parts in days:
        for place, part in enumerate(parts):
            possible[outcome(parts)][place].add(part)
    for parts in days:
        for place, part in enumerate(parts):
            if 0 < part < LEAST:
                assert len(possible[outcome(parts)][place]) > 1, (parts, outcome(parts))


def test_what_is_told_is_never_small_and_never_too_much() -> None:
    for parts in product(range(8), repeat=4):
        placed = placeable_parts(parts)
        assert all(told in {0, part} for told, part in zip(placed, parts, strict=True))
        assert all(told == 0 or told >= LEAST for told in placed)
        rest = sum(parts) - sum(placed)
        assert sum(parts) < LEAST or rest == 0 or rest >= LEAST or not any(placed)


numbers = some.integers(0, 12)
week = [DAY + timedelta(days=number) for number in range(5)]
tables = some.lists(
    some.builds(DaySum, some.sampled_from(NAMES), some.sampled_from(week), some.integers(0, BANDS - 1), numbers), max_size=40
)
few = some.lists(some.integers(0, BANDS - 1), min_size=1, max_size=LEAST - 1)


@given(tables, some.data())
def test_with_other_small_numbers_in_their_places_everything_shown_is_the_same(table: list[DaySum], data: some.DataObject) -> None:
    days = suppressed_by_day(table)
    other = [one for one in table if days[one.name, one.day] is not None]
    for (name, day), number in days.items():
        if number is None:
            other += [DaySum(name, day, band, 1) for band in data.draw(few)]
    assert suppressed_by_day(other) == days
    assert suppressed_by_day_part(other, suppressed_by_day(other), BANDS) == suppressed_by_day_part(table, days, BANDS)


@given(tables)
def test_nothing_is_counted_twice_and_every_total_is_of_what_is_shown(table: list[DaySum]) -> None:
    days = suppressed_by_day(table)
    bands = suppressed_by_day_part(table, days, BANDS)
    assert sum(bands.numbers) + bands.unplaced == total_shown(days.values())
    assert all(number == 0 or number >= LEAST for number in bands.numbers)
