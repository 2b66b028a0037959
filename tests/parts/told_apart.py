"""Whether what somebody does can be told from what a watcher measures: how far two distributions are apart, and how often chance does that.

What is compared comes in blocks of time, which take turns in an order that is drawn. Labels are exchanged between whole blocks. So a
machine that grows slower, or is busy for a while, makes no difference between what is compared; only what goes with the labels does.
"""

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Block:
    """What was done, and what was measured meanwhile."""

    label: str
    measured: Sequence[float]


def distance(these: Sequence[float], those: Sequence[float]) -> float:
    """Of Kolmogorov and Smirnov: the greatest difference between the two shares of values up to some value. From 0 to 1."""
    one, other = sorted(these), sorted(those)
    return max(abs(bisect_right(one, value) / len(one) - bisect_right(other, value) / len(other)) for value in {*one, *other})


def by_chance(blocks: Sequence[Block], label: str, *, rounds: int = 2_000, seed: int = 1) -> float:
    """How often, when labels are exchanged at random, the blocks with this label are as far from the others as they are, or farther.

    Small where the label can be told from what was measured. No smaller than one in `rounds + 1`.
    """
    labels = [block.label == label for block in blocks]
    found = _distance(blocks, labels)
    chance = random.Random(seed)  # noqa: S311 - no secret
    as_far = 0
    for _ in range(rounds):
        chance.shuffle(labels)
        as_far += _distance(blocks, labels) >= found - 1e-12
    return (as_far + 1) / (rounds + 1)


def _distance(blocks: Sequence[Block], labels: Sequence[bool]) -> float:
    these = list(chain.from_iterable(block.measured for block, has in zip(blocks, labels, strict=True) if has))
    those = list(chain.from_iterable(block.measured for block, has in zip(blocks, labels, strict=True) if not has))
    return distance(these, those)
