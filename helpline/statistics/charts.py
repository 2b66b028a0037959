"""The counts as drawings: a bar for each day, with the campaign behind and what was closed below, or for each part of a day."""

from collections.abc import Sequence
from datetime import date

from django.utils.dateformat import format as formatted

from helpline.statistics.report import ReportDay
from helpline.statistics.suppression import Shown
from helpline.web.charts import (
    BASE,
    CAMPAIGN,
    CLOSED,
    LEFT,
    TALL,
    TOP,
    WIDE,
    ChartDrawing,
    ChartRectangle,
    chart_ceiling,
    count_chart,
    number_chart_columns,
)

MONDAY = 0
CLOSED_HEIGHT = 5


def day_chart(numbers: Sequence[Shown], days: Sequence[ReportDay], highest: int) -> ChartDrawing:
    """A bar a day; several plots with one `highest` can be compared."""
    labelled = _labelled([day.day for day in days])
    drawing = _drawn(
        numbers, chart_ceiling(highest), [formatted(day.day, "j M") if place in labelled else "" for place, day in enumerate(days)]
    )
    drawing.behind += _runs([bool(day.campaign) for day in days], TOP, TALL, CAMPAIGN)
    drawing.bars += _runs([day.closed for day in days], BASE, CLOSED_HEIGHT, CLOSED)
    return drawing


def day_part_chart(numbers: Sequence[int], hours: Sequence[str]) -> ChartDrawing:
    """A bar for each part of a day; `hours` are said where the parts meet."""
    return _drawn(numbers, chart_ceiling(max(numbers)), hours, between=True)


def _drawn(numbers: Sequence[Shown], top: int, below: Sequence[str], *, between: bool = False) -> ChartDrawing:
    drawing = count_chart(top, below, between=between)
    for place, number in enumerate(numbers):
        drawing.bars += number_chart_columns(place, len(numbers), number or 0, top, hidden=number is None)
    return drawing


def _runs(chosen: Sequence[bool], y: float, height: float, kind: str) -> list[ChartRectangle]:
    """One rectangle for each run of chosen days."""
    wide = WIDE / len(chosen)
    runs: list[list[int]] = []
    for place, is_chosen in enumerate(chosen):
        if is_chosen and runs and runs[-1][1] == place:
            runs[-1][1] += 1
        elif is_chosen:
            runs.append([place, place + 1])
    return [ChartRectangle(round(LEFT + first * wide, 2), y, round((after - first) * wide, 2), height, kind) for first, after in runs]


def _labelled(days: Sequence[date]) -> set[int]:
    """The Mondays, every second or third of them where there are many; the first day where there is none."""
    mondays = [place for place, day in enumerate(days) if day.weekday() == MONDAY] or [0]
    return set(mondays[:: len(mondays) // 6 + 1])
