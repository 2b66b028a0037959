"""The reports as drawings."""

from collections.abc import Sequence
from datetime import date

from helpline.web.charts import (
    BASE,
    CLOSED,
    FEW,
    FEW_HEIGHT,
    LEFT,
    LIGHT,
    LIMIT,
    RIGHT,
    SOLID,
    TALL,
    WIDE,
    WIDTH,
    ChartDrawing,
    ChartLine,
    ChartRectangle,
    ChartText,
    chart_ceiling,
    chart_column,
    chart_frame,
    count_chart,
)
from messaging.models.desk_sums import DAY_HOURS
from messaging.reports.banding import Fives
from messaging.reports.build import CoverHour
from messaging.reports.fairness import WeekFairness
from messaging.reports.waits import Waits
from messaging.reports.wording import WEEKDAYS

MOST_LABELS = 6
IN_FIVES = [(SOLID, "at least so many"), (LIGHT, "at most so many")]


def _weeks(mondays: Sequence[date]) -> list[str]:
    """Each week's Monday, or only some where there are many."""
    every = (len(mondays) - 1) // MOST_LABELS + 1
    return [f"{monday.day} {monday:%b}" if place % every == 0 else "" for place, monday in enumerate(mondays)]


def waits_chart(weeks: Sequence[tuple[date, Waits]]) -> ChartDrawing:
    """P90 as a wide light bar, P50 as a narrow one in it, each where it is told; beyond the last step it reaches the top."""
    told = [(place, each) for place, (_, each) in enumerate(weeks) if each.known]
    highest = max((reach.hours for _, each in told for reach in (each.p50, each.p90) if reach), default=4)
    top = next(each for each in (4, 8, 12, 16, 24, 40) if highest <= each)
    drawing = chart_frame(top, [0, top / 4, top / 2, 3 * top / 4, top], " h", _weeks([monday for monday, _ in weeks]))
    for place, each in told:
        for reach, kind, narrow in ((each.p90, LIGHT, 0.8), (each.p50, SOLID, 0.4)):
            if reach:
                drawing.bars.append(chart_column(place, len(weeks), TALL * reach.hours / top, kind, narrow))
        if each.p50 is None:
            drawing.bars.append(chart_column(place, len(weeks), FEW_HEIGHT, FEW))
    drawing.key = [(SOLID, "half answered within (P50)"), (LIGHT, "nine of ten within (P90)"), (FEW, "not shown")]
    return drawing


def promise_chart(weeks: Sequence[tuple[date, Waits]]) -> ChartDrawing:
    """A bar of at most a hundred percent for each week; a light one where the share is only known to be at least or at most so much."""
    drawing = chart_frame(100, [0, 25, 50, 75, 100], "%", _weeks([monday for monday, _ in weeks]))
    for place, (_, each) in enumerate(weeks):
        if each.kept is not None:
            kind = LIGHT if each.kept.bound else SOLID
            drawing.bars.append(chart_column(place, len(weeks), TALL * each.kept.percent / 100, kind))
    drawing.key = [(SOLID, "exactly"), (LIGHT, "at least, or at most")]
    return drawing


def column_chart(numbers: Sequence[Fives], below: Sequence[str]) -> ChartDrawing:
    """A light bar as high as a number may be, and in it a bar as high as it is at least."""
    top = chart_ceiling(max((told.most for told in numbers), default=0))
    drawing = count_chart(top, below)
    for place, told in enumerate(numbers):
        drawing.bars.append(chart_column(place, len(numbers), TALL * told.most / top, LIGHT))
        if told.least:
            drawing.bars.append(chart_column(place, len(numbers), TALL * told.least / top))
    drawing.key = IN_FIVES
    return drawing


def fairness_chart(weeks: Sequence[WeekFairness]) -> ChartDrawing:
    """How many times the least share the largest was; a line at twice."""
    ratios = [each.ratio for each in weeks]
    top = next((each for each in (3, 4, 6, 10, 20) if max((ratio or 0 for ratio in ratios), default=0) <= each), 50)
    drawing = chart_frame(top, range(top + 1) if top <= 6 else (0, top / 2, top), "", _weeks([each.monday for each in weeks]))
    for place, ratio in enumerate(ratios):
        if ratio is not None:
            drawing.bars.append(chart_column(place, len(weeks), TALL * min(ratio, top) / top))
        elif weeks[place].few:
            drawing.bars.append(chart_column(place, len(weeks), FEW_HEIGHT, FEW))
    drawing.over.append(ChartLine(round(BASE - TALL * 2 / top, 2), LIMIT))
    drawing.key = [(SOLID, "most to least"), (FEW, "too few to compare"), (LIMIT, "twice")]
    return drawing


def bar_chart(rows: Sequence[tuple[str, float, float, str]]) -> ChartDrawing:
    """A line of text for each row, its value at the end of it, and a bar below: solid for the least that it is, and light for the most."""
    each, wide = 36, WIDTH - 2 * RIGHT
    drawing = ChartDrawing(height=max(each * len(rows), each), left=RIGHT)
    highest = max((most for _, _, most, _ in rows), default=0) or 1
    for place, (label, least, most, words) in enumerate(rows):
        y = place * each
        drawing.texts += [ChartText(RIGHT, y + 15, label, "start"), ChartText(WIDTH - RIGHT, y + 15, words, "end")]
        drawing.lines.append(ChartLine(y + 31))
        for value, kind in ((most, LIGHT), (least, SOLID)):
            if value:
                drawing.bars.append(ChartRectangle(RIGHT, y + 21, round(wide * value / highest, 2), 10, kind))
    return drawing


PANEL, UP, DOWN = 112, 52, 30


def cover_chart(hours: Sequence[CoverHour]) -> ChartDrawing:
    """A panel for each weekday: demand up from its line, counsellors on duty down from it; all to one scale."""
    by_day: dict[int, list[CoverHour]] = {}
    for hour in hours:
        by_day.setdefault(hour.place // DAY_HOURS, []).append(hour)
    first = min((hour.place % DAY_HOURS for hour in hours), default=0)
    places = max((hour.place % DAY_HOURS for hour in hours), default=0) + 1 - first
    wide = WIDE / places
    highest = max((hour.came.most for hour in hours), default=0) or 1
    most = max((hour.covered / hour.open for hour in hours if hour.open), default=0) or 1
    drawing = ChartDrawing(height=max(PANEL * len(by_day), PANEL))
    for panel, day in enumerate(sorted(by_day)):
        base = panel * PANEL + 14 + UP
        drawing.lines.append(ChartLine(base))
        drawing.texts.append(ChartText(LEFT - 8, base + 4, WEEKDAYS[day][:3], "end"))
        for hour in by_day[day]:
            at = hour.place % DAY_HOURS - first
            x, width = round(LEFT + at * wide + wide * 0.1, 2), round(wide * 0.8, 2)
            for number, kind in ((hour.came.most, LIGHT), (hour.came.least, SOLID)):
                if number:
                    height = round(UP * number / highest, 2)
                    drawing.bars.append(ChartRectangle(x, round(base - height, 2), width, height, kind))
            if hour.covered and hour.open:
                drawing.bars.append(ChartRectangle(x, base, width, round(DOWN * (hour.covered / hour.open) / most, 2), CLOSED))
            if at % ((places - 1) // 9 + 1) == 0:
                drawing.texts.append(ChartText(round(x + width / 2, 2), base + DOWN + 13, f"{hour.place % DAY_HOURS:02}"))
    drawing.key = [
        (SOLID, "began to wait, at least"),
        (LIGHT, f"at most (highest: {highest})"),
        (CLOSED, f"on duty (highest: {most:.1f})"),
    ]
    return drawing
