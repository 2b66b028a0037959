"""Sums that may be told, over whole periods, so that no small one is told or follows from what is. PURE.

Everything rests on one sum for each period, and periods never overlap, whatever days someone asks for: two askings differ by whole
periods, and each of those was over when it was first told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from helpline.statistics import suppression


@dataclass(frozen=True)
class Banded:
    """Over all periods: a sum, and whether some period's is not in it."""

    number: int
    hides: bool = False


@dataclass(frozen=True)
class Fives:
    """A count reported only as a band of five (0-4, 5-9, …), added up over periods."""

    least: int
    most: int

    @classmethod
    def of(cls, number: int) -> "Fives":
        least = number - number % suppression.LEAST
        return cls(least, least + suppression.LEAST - 1)

    def __add__(self, other: "Fives") -> "Fives":
        return Fives(self.least + other.least, self.most + other.most)


def banded_in_fives(periods: Mapping[date, Sequence[int]], length: int) -> list[Fives]:
    """Each part's sum, told in fives. Every period has as many parts: `length`.

    Each number stands for itself: no total is told, and none of fewer than five can be reckoned from the others. Hiding small ones and some
    larger one instead would leave a known sum, and of one and five together everyone knows that one of them is one.
    """
    found = [Fives(0, 0)] * length
    for numbers in periods.values():
        found = [told + Fives.of(number) for told, number in zip(found, numbers, strict=True)]
    return found


def banded_over_periods(numbers: Iterable[int]) -> Banded:
    """One name's sums of several periods together; small ones are in no total."""
    shown = [suppression.suppressed(number) for number in numbers]
    return Banded(suppression.total_shown(shown), None in shown)


@dataclass(frozen=True)
class BandedShare:
    """Of a whole, in percent: exactly, at least or at most (`bound` is "", "at least" or "at most")."""

    percent: float
    bound: str = ""


def banded_share(kept: int, broken: int) -> BandedShare | None:
    """What part was kept, where it may be told. Where one of the two is small, only how large or small it is at least.

    Nine or more together leave the small one anything from one to four; with fewer, the bound would say more than that.
    """
    whole = kept + broken
    if suppression.suppressed(whole) in {0, None}:
        return None
    if None not in {suppression.suppressed(kept), suppression.suppressed(broken)}:
        return BandedShare(100 * kept / whole)
    if whole < 2 * suppression.LEAST - 1:
        return None
    few = 100 * (suppression.LEAST - 1) / whole
    return BandedShare(100 - few, "at least") if suppression.suppressed(broken) is None else BandedShare(few, "at most")
