"""Sums as rectangles: where each bar of a plot stands. The template draws them; the numbers are in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted

from helpline.counting.report import Day
from helpline.counting.small import Shown

WIDTH, HEIGHT = 400, 170
LEFT, RIGHT, TOP, BOTTOM = 42, 8, 16, 28
MONDAY = 0
# A number that is not shown has a mark of its own, of one height whatever the number.
FEW_HEIGHT = 4.0


@dataclass(frozen=True)
class Bar:
    """A rectangle; `few` for a number that is not shown."""

    x: float
    y: float
    width: float
    height: float
    few: bool = False


@dataclass(frozen=True)
class Mark:
    """A text at a place of an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Plot:
    """What the template draws, in a field of WIDTH by HEIGHT."""

    bars: list[Bar]
    heights: list[Mark]
    below: list[Mark]
    closed: list[Bar]
    campaign: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    base: int = HEIGHT - BOTTOM


def ceiling(highest: int) -> int:
    """The next of 10, 20, 50, 100, …: the height of the plot."""
    step = 10
    while True:
        for times in (1, 2, 5):
            if highest <= step * times:
                return step * times
        step *= 10


def _bars(numbers: Sequence[Shown], top: int) -> list[Bar]:
    wide = (WIDTH - LEFT - RIGHT) / len(numbers)
    gap = min(2.0, wide * 0.2)
    tall = HEIGHT - TOP - BOTTOM
    found = []
    for place, number in enumerate(numbers):
        if number == 0:
            continue
        height = FEW_HEIGHT if number is None else tall * number / top
        x = LEFT + place * wide + gap / 2
        found.append(Bar(round(x, 2), round(HEIGHT - BOTTOM - height, 2), round(wide - gap, 2), round(height, 2), few=number is None))
    return found


def _heights(top: int) -> list[Mark]:
    tall = HEIGHT - TOP - BOTTOM
    return [Mark(round(HEIGHT - BOTTOM - tall * share / 2, 2), str(top * share // 2)) for share in range(3)]


def _runs(days: Sequence[Day], chosen: Sequence[bool]) -> list[Bar]:
    """One rectangle for each run of chosen days, as high as the plot."""
    wide = (WIDTH - LEFT - RIGHT) / len(days)
    runs: list[list[int]] = []
    for place, is_chosen in enumerate(chosen):
        if is_chosen and runs and runs[-1][1] == place:
            runs[-1][1] += 1
        elif is_chosen:
            runs.append([place, place + 1])
    tall = HEIGHT - TOP - BOTTOM
    return [Bar(round(LEFT + first * wide, 2), TOP, round((after - first) * wide, 2), tall) for first, after in runs]


def by_day(numbers: Sequence[Shown], days: Sequence[Day], highest: int) -> Plot:
    """A bar a day; several plots with one `highest` can be compared."""
    top, wide = ceiling(highest), (WIDTH - LEFT - RIGHT) / len(days)
    labelled = _labelled([day.day for day in days])
    return Plot(
        bars=_bars(numbers, top),
        heights=_heights(top),
        below=[Mark(round(LEFT + (place + 0.5) * wide, 2), formatted(days[place].day, "j M")) for place in labelled],
        closed=_runs(days, [day.closed for day in days]),
        campaign=_runs(days, [bool(day.campaign) for day in days]),
    )


def _labelled(days: Sequence[date]) -> list[int]:
    """The Mondays, every second or third of them where there are many; the first day where there is none."""
    mondays = [place for place, day in enumerate(days) if day.weekday() == MONDAY] or [0]
    return mondays[:: len(mondays) // 6 + 1]


def by_part(numbers: Sequence[int], hours: Sequence[str]) -> Plot:
    """A bar for each part of a day; `hours` are said where the parts meet."""
    wide = (WIDTH - LEFT - RIGHT) / len(numbers)
    top = ceiling(max(numbers))
    below = [Mark(round(LEFT + place * wide, 2), hour) for place, hour in enumerate(hours)]
    return Plot(bars=_bars(numbers, top), heights=_heights(top), below=below, closed=[], campaign=[])
