"""Sums that may be shown, so that no small number is shown or follows from what is. PURE.

What is shown rests on one sum for each name and day, whatever dates someone asks for. One to four is shown as "fewer than five" and is
part of nothing else: not of a total, not of a time of day. So all other numbers would be the same with another small one in its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LEAST = 5
Shown = int | None  # None: fewer than five, but some.


@dataclass(frozen=True)
class DaySum:
    """How often, under a name, in a part of a day."""

    name: str
    day: date
    band: int
    number: int


def suppressed(number: int) -> Shown:
    """The number, unless it is small; none at all is nobody, and may be said."""
    return number if number == 0 or number >= LEAST else None


def total_shown(numbers: Iterable[Shown]) -> int:
    """Of those that are shown."""
    return sum(number or 0 for number in numbers)


def suppressed_by_day(sums: Iterable[DaySum]) -> dict[tuple[str, date], Shown]:
    """What is shown for each name and day that has a sum."""
    numbers: dict[tuple[str, date], int] = {}
    for one in sums:
        numbers[one.name, one.day] = numbers.get((one.name, one.day), 0) + one.number
    return {key: suppressed(number) for key, number in numbers.items()}


@dataclass(frozen=True)
class DayPartSums:
    """By part of the day; `unplaced` is in the totals, but its parts of the day are not told."""

    numbers: tuple[int, ...]
    unplaced: int


def suppressed_by_day_part(sums: Sequence[DaySum], days: Mapping[tuple[str, date], Shown], bands: int) -> DayPartSums:
    """The parts of the days over everything that `suppressed_by_day` shows."""
    of_days: dict[date, list[int]] = {}
    for one in sums:
        if days[one.name, one.day]:
            of_days.setdefault(one.day, [0] * bands)[one.band] += one.number
    numbers, unplaced = [0] * bands, 0
    for parts in of_days.values():
        placed = placeable_parts(parts)
        numbers = [sum(pair) for pair in zip(numbers, placed, strict=True)]
        unplaced += sum(parts) - sum(placed)
    return DayPartSums(tuple(numbers), unplaced)


def placeable_parts(parts: Sequence[int]) -> list[int]:
    """One day's parts as they may be told. Where some are small, those are not told, nor is the smallest of the others.

    The day's sum is known, so what is not told has a known sum too. But among the parts in it, nobody can say which was the larger one:
    each of them may have been small, or not. Parts as large as that smallest one go with it, or their place would tell.
    """
    if not any(0 < part < LEAST for part in parts):
        return list(parts)
    smallest = min((part for part in parts if part >= LEAST), default=LEAST)
    return [part if part > smallest else 0 for part in parts]
