"""The shapes of a plot: where each rectangle, line and text stands. One template draws them; the numbers are in a table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 190, 44, 8, 14, 26
BASE, TALL, WIDE = HEIGHT - BOTTOM, HEIGHT - TOP - BOTTOM, WIDTH - LEFT - RIGHT
# The classes that give a shape its colour. A number that is not shown has a mark of its own, of one height whatever the number.
SOLID, LIGHT, FEW, LIMIT, CAMPAIGN, CLOSED = "plot__bar", "plot__light", "plot__few", "plot__limit", "plot__campaign", "plot__closed"
FEW_HEIGHT = 4.0
NARROW = 0.8  # So much of its place a bar fills.


@dataclass(frozen=True)
class ChartRectangle:
    """A bar, or a field behind bars; `kind` is its class."""

    x: float
    y: float
    width: float
    height: float
    kind: str = SOLID


@dataclass(frozen=True)
class ChartLine:
    """A horizontal line over the whole plot."""

    y: float
    kind: str = "plot__line"


@dataclass(frozen=True)
class ChartText:
    """A text; `anchor` is the end of it that stands at `x`."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass
class ChartDrawing:
    """In a field of `width` by `height`; `behind` is drawn first and `over` last. `key` says what the kinds of bars are."""

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    behind: list[ChartRectangle] = field(default_factory=list)
    lines: list[ChartLine] = field(default_factory=list)
    bars: list[ChartRectangle] = field(default_factory=list)
    over: list[ChartLine] = field(default_factory=list)
    texts: list[ChartText] = field(default_factory=list)
    key: list[tuple[str, str]] = field(default_factory=list)


def chart_ceiling(highest: int) -> int:
    """The next of 10, 20, 50, 100, …: the height of the plot."""
    step = 10
    while True:
        for times in (1, 2, 5):
            if highest <= step * times:
                return step * times
        step *= 10


def chart_column(place: int, places: int, height: float, kind: str = SOLID, narrow: float = NARROW) -> ChartRectangle:
    """A bar that stands on the base, in its place of so many."""
    wide = WIDE / places
    x = LEFT + (place + (1 - narrow) / 2) * wide
    return ChartRectangle(round(x, 2), round(BASE - height, 2), round(wide * narrow, 2), round(height, 2), kind)


def number_chart_columns(place: int, places: int, number: int, top: int, *, hidden: bool = False) -> Iterable[ChartRectangle]:
    """The bar of a number, the mark of one that is not shown, or nothing."""
    if number:
        yield chart_column(place, places, TALL * number / top)
    elif hidden:
        yield chart_column(place, places, FEW_HEIGHT, FEW)


def chart_frame(top: float, marks: Sequence[float], unit: str, below: Sequence[str], *, between: bool = False) -> ChartDrawing:
    """An empty plot with its axes. `below` has an empty text where nothing is said; `between` puts each where its place begins."""
    drawing = ChartDrawing()
    for mark in marks:
        y = round(BASE - TALL * mark / top, 2)
        drawing.lines.append(ChartLine(y))
        drawing.texts.append(ChartText(LEFT - 5, y + 4, f"{mark:g}{unit}", "end"))
    places = max(len(below) - between, 1)
    middle = 0 if between else 0.5
    drawing.texts += [
        ChartText(round(LEFT + (place + middle) * WIDE / places, 2), BASE + 18, text) for place, text in enumerate(below) if text
    ]
    return drawing


def count_chart(top: int, below: Sequence[str], *, between: bool = False) -> ChartDrawing:
    """An empty plot for whole numbers up to `top`."""
    return chart_frame(top, [0, top // 2, top], "", below, between=between)
