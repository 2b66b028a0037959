"""Whatever days are asked for, on whatever day: a small number could be another, and all that is shown, in page and files, be the same."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.models.desk_sums import BEYOND
from messaging.reports import ReportData, build_reports
from messaging.reports.banding import Fives, banded_in_fives
from messaging.reports.periods import quarter_told_on, quarter_year, report_periods, week_told_on
from messaging.reports.tables import ReportTable
from messaging.reports.waits import waits_in_week
from tests.messaging.reports.worlds import FIRST, LAST, PARTS, QUARTERS, grown, other_world, shown, small, world
from tests.parts.examples import examples

RANDOM = st.integers(0, 2**32).map(Random)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days=days))
LATER = LAST + timedelta(days=30)
COUNTS = {"Answered", "Began to wait", "Conversations given", "Conversations"}


def reports_in(found: list[object]) -> list[ReportTable]:
    return [report for group in found if isinstance(group, tuple) for report in group[2]]


@given(RANDOM, DAYS, DAYS, DAYS)
def test_every_small_number_could_be_another_one(random: Random, day: date, other_day: date, today: date) -> None:
    read = world(random)
    other = other_world(read, random)
    same = [key for key, number in read.given.items() if small(number) and other.given[key] == number]
    same_sums = [key for key in read.sums if key[0] in PARTS and other.sums[key] == read.sums[key]]
    assert (same, same_sums) == ([], [])
    first, last = min(day, other_day), max(day, other_day)
    for asked in ((first, last, LATER), (first, last, today), (FIRST, LAST, LATER)):
        assert shown(read, *asked) == shown(other, *asked)


@given(RANDOM, DAYS)
def test_two_exports_on_two_days_differ_by_whole_periods_alone(random: Random, today: date) -> None:
    read = world(random)
    tomorrow = today + timedelta(days=1)
    told = report_periods(FIRST, LAST, today=today)
    later = grown(read, today, random)
    assert shown(read, FIRST, LAST, today) == shown(later, FIRST, LAST, today)
    more = report_periods(FIRST, LAST, today=tomorrow)
    # What is new on the next day is whole: it is told from that day on, and never changes again.
    assert {week_told_on(week) for week in set(more.weeks) - set(told.weeks)} <= {tomorrow}
    assert {quarter_told_on(quarter) for quarter in set(more.quarters) - set(told.quarters)} <= {tomorrow}
    assert shown(read, FIRST, today, tomorrow) == shown(grown(read, tomorrow, random), FIRST, today, tomorrow)


@given(RANDOM)
def test_no_cell_has_a_small_count(random: Random) -> None:
    cells = [
        row[place].removeprefix("more than ")
        for report in reports_in(shown(world(random), FIRST, LAST, LATER))
        for row in (*report.rows, *report.last)
        for place, column in enumerate(report.columns)
        if column in COUNTS
    ]
    assert cells
    assert [cell for cell in cells if cell.isdigit() and small(int(cell))] == []


@given(st.lists(st.lists(st.sampled_from((0, 1, 4, 5, 6, 9, 30)), min_size=7, max_size=7), min_size=1, max_size=3))
def test_a_total_tells_no_more_than_its_periods(numbers: list[list[int]]) -> None:
    by_quarter = dict(zip(QUARTERS, numbers, strict=False))
    together = banded_in_fives(by_quarter, 7)
    apart = [banded_in_fives({quarter: each}, 7) for quarter, each in by_quarter.items()]
    assert together == [sum((told[place] for told in apart), Fives(0, 0)) for place in range(7)]
    assert {told.least % 5 for told in together} == {0}


@examples(day=200)
@given(st.lists(st.sampled_from((0, 0, 1, 2, 3, 4, 5, 8, 20)), min_size=BEYOND + 1, max_size=BEYOND + 1))
def test_no_time_tells_how_few_waited_so_long(steps: list[int]) -> None:
    """P50 and P90 would be the same with one person more or less in each step that has few."""
    told = waits_in_week(steps, 0)
    for place, number in enumerate(steps):
        if small(number) and told.known:
            others = [_moved(steps, place, to) for to in range(len(steps)) if to != place]
            others += [_moved(steps, source, place) for source in range(len(steps)) if source != place and steps[source]]
            assert told in [waits_in_week(other, 0) for other in others], (steps, place)


def _moved(steps: list[int], source: int, to: int) -> list[int]:
    found = list(steps)
    found[source] -= 1
    found[to] += 1
    return found


@pytest.mark.parametrize("today", [date(2026, 7, 1), date(2026, 7, 5)])
def test_a_quarter_is_told_when_its_last_week_is_over(today: date) -> None:
    """The last of June 2026 is a Tuesday: codes are by the week, and the week from 29 June ends on the fifth."""
    quarter = quarter_year(date(2026, 6, 30))
    assert quarter not in report_periods(FIRST, LAST, today=today).quarters
    assert quarter in report_periods(FIRST, LAST, today=date(2026, 7, 6)).quarters
    assert [
        first for first, _ in build_reports(report_periods(FIRST, LAST, today=today), ReportData(timedelta(hours=8))).quarter_waits
    ] == QUARTERS[:1]
