"""Where each rectangle, line and text of a report's plot stands; the template draws them, and the numbers are in the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from messaging.models.desk_sums import DAY_HOURS, STEPS
from messaging.queries.reports.everything import CoverHour
from messaging.queries.reports.load import WeekFairness
from messaging.queries.reports.told import Told
from messaging.queries.reports.waits import Waits
from messaging.views.plots import FEW_HEIGHT, ceiling
from messaging.views.reports.words import WEEKDAYS

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 190, 44, 8, 14, 26
BASE, TALL = HEIGHT - BOTTOM, HEIGHT - TOP - BOTTOM
MOST_LABELS = 6
SOLID, LIGHT, FEW, LIMIT = "plot__bar", "plot__light", "plot__few", "plot__limit"


@dataclass(frozen=True)
class Rectangle:
    """A bar; `kind` is the class that gives it its colour."""

    x: float
    y: float
    width: float
    height: float
    kind: str = SOLID


@dataclass(frozen=True)
class Line:
    """A horizontal line over the whole plot."""

    y: float
    kind: str = "plot__line"


@dataclass(frozen=True)
class Text:
    """A text; `anchor` is the end of it that stands at `x`."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass
class Drawing:
    """In a field of `width` by `height`; `key` says what the kinds of bars are."""

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bars: list[Rectangle] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    key: list[tuple[str, str]] = field(default_factory=list)


def _bar(place: int, places: int, height: float, kind: str = SOLID, narrow: float = 0.8) -> Rectangle:
    wide = (WIDTH - LEFT - RIGHT) / places
    x = LEFT + (place + (1 - narrow) / 2) * wide
    return Rectangle(round(x, 2), round(BASE - height, 2), round(wide * narrow, 2), round(height, 2), kind)


def _framed(top: float, marks: Sequence[float], unit: str, below: Sequence[str]) -> Drawing:
    """An empty plot with its axes; `below` has an empty text where nothing is said."""
    drawing = Drawing()
    for mark in marks:
        y = round(BASE - TALL * mark / top, 2)
        drawing.lines.append(Line(y))
        drawing.texts.append(Text(LEFT - 5, y + 4, f"{mark:g}{unit}", "end"))
    wide = (WIDTH - LEFT - RIGHT) / max(len(below), 1)
    drawing.texts += [Text(round(LEFT + (place + 0.5) * wide, 2), BASE + 18, text) for place, text in enumerate(below) if text]
    return drawing


def _weeks(mondays: Sequence[date]) -> list[str]:
    """Each week's Monday, or only some where there are many."""
    every = (len(mondays) - 1) // MOST_LABELS + 1
    return [f"{monday.day} {monday:%b}" if place % every == 0 else "" for place, monday in enumerate(mondays)]


def waits(weeks: Sequence[tuple[date, Waits]]) -> Drawing:
    """P90 as a wide light bar, P50 as a narrow one in it; beyond the last step both reach the top."""
    told = [(place, each) for place, (_, each) in enumerate(weeks) if each.known]
    highest = max((each.p90 or STEPS[-1] for _, each in told), default=4)
    top = next(each for each in (4, 8, 12, 16, 24, 40) if highest <= each)
    drawing = _framed(top, [0, top / 4, top / 2, 3 * top / 4, top], " h", _weeks([monday for monday, _ in weeks]))
    for place, each in told:
        for hours, kind, narrow in ((each.p90, LIGHT, 0.8), (each.p50, SOLID, 0.4)):
            drawing.bars.append(_bar(place, len(weeks), TALL * min(hours or top, top) / top, kind, narrow))
    drawing.key = [(SOLID, "half answered within (P50)"), (LIGHT, "nine of ten within (P90)")]
    return drawing


def promise(weeks: Sequence[tuple[date, Waits]]) -> Drawing:
    """A bar of at most a hundred percent for each week; a light one where the share is only known to be at least or at most so much."""
    drawing = _framed(100, [0, 25, 50, 75, 100], "%", _weeks([monday for monday, _ in weeks]))
    for place, (_, each) in enumerate(weeks):
        if each.kept is not None:
            kind = LIGHT if each.kept.bound else SOLID
            drawing.bars.append(_bar(place, len(weeks), TALL * each.kept.percent / 100, kind))
    drawing.key = [(SOLID, "exactly"), (LIGHT, "at least, or at most")]
    return drawing


def columns(numbers: Sequence[Told], below: Sequence[str]) -> Drawing:
    """A bar for each number, and a mark of one height where it is not shown."""
    top = ceiling(max((told.number for told in numbers), default=0))
    drawing = _framed(top, [0, top // 2, top], "", below)
    for place, told in enumerate(numbers):
        if told.number:
            drawing.bars.append(_bar(place, len(numbers), TALL * told.number / top))
        elif told.hides:
            drawing.bars.append(_bar(place, len(numbers), FEW_HEIGHT, FEW))
    drawing.key = [(SOLID, "began to wait"), (FEW, "not shown")]
    return drawing


def fairness(weeks: Sequence[WeekFairness]) -> Drawing:
    """How many times the least share the largest was; a line at twice."""
    ratios = [each.ratio for each in weeks]
    top = next((each for each in (3, 4, 6, 10, 20) if max((ratio or 0 for ratio in ratios), default=0) <= each), 50)
    drawing = _framed(top, range(top + 1) if top <= 6 else (0, top / 2, top), "", _weeks([each.monday for each in weeks]))
    for place, ratio in enumerate(ratios):
        if ratio is not None:
            drawing.bars.append(_bar(place, len(weeks), TALL * min(ratio, top) / top))
        elif weeks[place].few:
            drawing.bars.append(_bar(place, len(weeks), FEW_HEIGHT, FEW))
    drawing.lines.append(Line(round(BASE - TALL * 2 / top, 2), LIMIT))
    drawing.key = [(SOLID, "most to least"), (FEW, "too few to compare"), (LIMIT, "twice")]
    return drawing


def bars(rows: Sequence[tuple[str, float, str]]) -> Drawing:
    """A line of text for each row, its value at the end of it, and a bar below."""
    each, wide = 36, WIDTH - 2 * RIGHT
    drawing = Drawing(height=max(each * len(rows), each), left=RIGHT)
    most = max((value for _, value, _ in rows), default=0) or 1
    for place, (label, value, words) in enumerate(rows):
        y = place * each
        drawing.texts += [Text(RIGHT, y + 15, label, "start"), Text(WIDTH - RIGHT, y + 15, words, "end")]
        drawing.lines.append(Line(y + 31))
        if value:
            drawing.bars.append(Rectangle(RIGHT, y + 21, round(wide * value / most, 2), 10))
    return drawing


PANEL, UP, DOWN = 112, 52, 30


def cover(hours: Sequence[CoverHour]) -> Drawing:
    """A panel for each weekday: demand up from its line, counsellors on duty down from it; all to one scale."""
    by_day: dict[int, list[CoverHour]] = {}
    for hour in hours:
        by_day.setdefault(hour.place // DAY_HOURS, []).append(hour)
    first = min((hour.place % DAY_HOURS for hour in hours), default=0)
    places = max((hour.place % DAY_HOURS for hour in hours), default=0) + 1 - first
    wide = (WIDTH - LEFT - RIGHT) / places
    highest = max((hour.came.number for hour in hours), default=0) or 1
    most = max((hour.covered / hour.open for hour in hours if hour.open), default=0) or 1
    drawing = Drawing(height=max(PANEL * len(by_day), PANEL))
    for panel, day in enumerate(sorted(by_day)):
        base = panel * PANEL + 14 + UP
        drawing.lines.append(Line(base))
        drawing.texts.append(Text(LEFT - 8, base + 4, WEEKDAYS[day][:3], "end"))
        for hour in by_day[day]:
            at = hour.place % DAY_HOURS - first
            x, width = round(LEFT + at * wide + wide * 0.1, 2), round(wide * 0.8, 2)
            if hour.came.number:
                height = round(UP * hour.came.number / highest, 2)
                drawing.bars.append(Rectangle(x, round(base - height, 2), width, height))
            elif hour.came.hides:
                drawing.bars.append(Rectangle(x, base - FEW_HEIGHT, width, FEW_HEIGHT, FEW))
            if hour.covered and hour.open:
                drawing.bars.append(Rectangle(x, base, width, round(DOWN * (hour.covered / hour.open) / most, 2), LIGHT))
            if at % ((places - 1) // 9 + 1) == 0:
                drawing.texts.append(Text(round(x + width / 2, 2), base + DOWN + 13, f"{hour.place % DAY_HOURS:02}"))
    drawing.key = [(SOLID, f"began to wait (highest: {highest})"), (LIGHT, f"on duty (highest: {most:.1f})"), (FEW, "not shown")]
    return drawing
