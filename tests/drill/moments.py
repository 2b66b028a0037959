"""How long nothing happened between moments."""

from collections.abc import Sequence
from itertools import pairwise


def longest_gap(begun: float, moments: Sequence[float], ended: float) -> float:
    """Seconds between two of them that follow one another, the beginning and the end included."""
    points = [begun, *sorted(moments), ended]
    return max(after - before for before, after in pairwise(points))
