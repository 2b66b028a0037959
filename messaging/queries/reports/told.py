"""Sums that may be told, over whole periods, so that no small one is told or follows from what is. PURE.

Everything rests on one sum for each period, and periods never overlap, whatever days somebody asks for: two askings differ by whole
periods. What is small in one is hidden there by the rule of the counts (`helpline.counting.small`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from helpline.counting import small


@dataclass(frozen=True)
class Told:
    """Over all periods: a sum, and whether some period's is not in it."""

    number: int
    hides: bool = False

    @property
    def exactly(self) -> int | None:
        return None if self.hides else self.number


def parts(periods: Mapping[date, Sequence[int]]) -> tuple[list[Told], int]:
    """Each part's sum, and how many more are in none of them. Every period has as many parts.

    Where a period has a small part, the next larger one is hidden with it: the sum of the parts is known elsewhere, or may be.
    A period whose whole sum is small is in nothing.
    """
    length = max((len(numbers) for numbers in periods.values()), default=0)
    sums, hidden, unplaced = [0] * length, [False] * length, 0
    for numbers in periods.values():
        if small.shown(sum(numbers)) is None:
            hidden = [True] * length
            continue
        placed = small.placeable(numbers)
        sums = [mine + its for mine, its in zip(sums, placed, strict=True)]
        if list(numbers) != placed:
            hidden = [was or its == 0 for was, its in zip(hidden, placed, strict=True)]
        unplaced += sum(numbers) - sum(placed)
    return [Told(number, hides) for number, hides in zip(sums, hidden, strict=True)], unplaced


def over(numbers: Iterable[int]) -> Told:
    """One name's sums of several periods together; small ones are in no total."""
    shown = [small.shown(number) for number in numbers]
    return Told(small.total(shown), None in shown)


@dataclass(frozen=True)
class Share:
    """Of a whole, in percent: exactly, at least or at most (`bound` is "", "at least" or "at most")."""

    percent: float
    bound: str = ""


def share_of(kept: int, broken: int) -> Share | None:
    """What part was kept, where it may be told. Where one of the two is small, only how large or small it is at least.

    Nine or more together leave the small one anything from one to four; with fewer, the bound would say more than that.
    """
    whole = kept + broken
    if small.shown(whole) in {0, None}:
        return None
    if None not in {small.shown(kept), small.shown(broken)}:
        return Share(100 * kept / whole)
    if whole < 2 * small.LEAST - 1:
        return None
    few = 100 * (small.LEAST - 1) / whole
    return Share(100 - few, "at least") if small.shown(broken) is None else Share(few, "at most")
