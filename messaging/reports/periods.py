"""The periods that a report of some days has: whole weeks and whole quarters of a year that are over. PURE.

One that is not over yet is in nothing: its sums of yesterday and of today would differ by what one person did in the meantime.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from helpline.calendar.wall_clock import monday_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Sums are written some minutes after what they count: a day counts as over when so much of the next one has passed.
SETTLES = timedelta(hours=1)


def quarter_year(day: date) -> date:
    """The first day of the day's quarter of the year."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(first: date) -> date:
    """The first day of the quarter after the one that begins on `first`."""
    return quarter_year(first + timedelta(days=100))


def week_told_on(monday: date) -> date:
    """The day from which a week is told."""
    return monday + WEEK


def quarter_told_on(first: date) -> date:
    """The day from which a quarter is told: when the last of the weeks that begin in it is over too."""
    return week_told_on(monday_of(next_quarter(first) - DAY))


@dataclass(frozen=True)
class ReportPeriods:
    """The first days of the weeks and quarters that the days asked for touch, and that are over; none where all of them are to come."""

    weeks: list[date]
    quarters: list[date]

    def __bool__(self) -> bool:
        return bool(self.weeks or self.quarters)

    @property
    def starts_on(self) -> date:
        """The earliest day that any of them has, or that a week has which begins in one of them."""
        return min([*self.weeks, *self.quarters])

    @property
    def ends_on(self) -> date:
        """The last day that any of them has."""
        return max([*([self.weeks_end_on] if self.weeks else []), *([self.quarters_end_on] if self.quarters else [])])

    @property
    def quarters_end_on(self) -> date:
        return next_quarter(self.quarters[-1]) - DAY

    @property
    def weeks_end_on(self) -> date:
        return self.weeks[-1] + WEEK - DAY


def report_periods(first: date, last: date, *, today: date) -> ReportPeriods:
    """Those of the days from first to last, both included, that are told on the day `today`."""
    weeks, quarters = [], []
    week, quarter = monday_of(first), quarter_year(first)
    while week <= last and week_told_on(week) <= today:
        weeks.append(week)
        week += WEEK
    while quarter <= last and quarter_told_on(quarter) <= today:
        quarters.append(quarter)
        quarter = next_quarter(quarter)
    return ReportPeriods(weeks, quarters)
