"""Whether two kinds of answers can be told apart by how long they take: a rank test, and how far apart their middles are."""

import math
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Apart:
    """`z`: by how many standard deviations the ranks differ from chance; `seconds`: the median of the paired differences."""

    z: float
    seconds: float


def measured(kinds: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
    """The seconds that each kind takes, round by round; in each round all of them, in an order of chance: they share its weather."""
    times: list[list[float]] = [[] for _ in kinds]
    chance = random.Random(7)  # noqa: S311 - an order, not a secret
    for _ in range(rounds):
        for place in chance.sample(range(len(kinds)), len(kinds)):
            began = time.perf_counter()
            kinds[place]()
            times[place].append(time.perf_counter() - began)
    return times


def apart(one: Sequence[float], other: Sequence[float]) -> Apart:
    """Wilcoxon's signed ranks of the pairs; no difference counts for nothing."""
    differences = [second - first for first, second in zip(one, other, strict=True) if first != second]
    ranked = sorted(differences, key=abs)
    above = sum(rank for rank, each in enumerate(ranked, 1) if each > 0)
    n = len(ranked)
    if not n:
        return Apart(0, 0)
    return Apart((above - n * (n + 1) / 4) / math.sqrt(n * (n + 1) * (2 * n + 1) / 24), statistics.median(differences))
