"""The periods that a report of some days has: whole weeks and whole quarters of a year, the present ones as far as they have come. PURE."""

from dataclasses import dataclass
from datetime import date, timedelta

from helpline.calendar.wall_clock import monday_of

WEEK = timedelta(days=7)


def quarter_year(day: date) -> date:
    """The first day of the day's quarter of the year."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(first: date) -> date:
    """The first day of the quarter after the one that begins on `first`."""
    return quarter_year(first + timedelta(days=100))


@dataclass(frozen=True)
class Periods:
    """The first days of the weeks and quarters that the days asked for touch, up to today; none where all of them are to come."""

    weeks: list[date]
    quarters: list[date]
    today: date

    @property
    def starts_on(self) -> date:
        """The earliest day that any of them has."""
        return min(*self.weeks, *self.quarters)

    @property
    def quarters_end_on(self) -> date:
        """The last day of the last quarter, or today."""
        return min(next_quarter(self.quarters[-1]) - timedelta(days=1), self.today)

    @property
    def weeks_end_on(self) -> date:
        return min(self.weeks[-1] + WEEK - timedelta(days=1), self.today)


def periods(first: date, last: date, *, today: date) -> Periods:
    """Those of the days from first to last, both included."""
    last = min(last, today)
    weeks, quarters = [], []
    if first <= last:
        week, quarter = monday_of(first), quarter_year(first)
        while week <= last:
            weeks.append(week)
            week += WEEK
        while quarter <= last:
            quarters.append(quarter)
            quarter = next_quarter(quarter)
    return Periods(weeks, quarters, today)
