"""Whether what waits can be answered in time by those who will be there. PURE.

Nobody knows how long an answer takes before it is written. The simulation takes half an hour for one, and docs/measurements.md says where
that comes from. A quicker desk is warned too early, which costs it a look at the page.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from helpline.calendar.intervals import Interval

ANSWER = timedelta(minutes=30)


def count_late_replies(dues: Iterable[datetime], working: Sequence[Interval], *, at: datetime, each: timedelta = ANSWER) -> int:
    """How many of those to be answered by these instants come too late even when everyone answers without a pause, soonest first.

    People whose answer is late already are answered first, and not counted: that needs no calculation.

    `working` is one interval for each stretch of one counsellor's time; two at once count twice.
    """
    late, needed = 0, timedelta()
    for due in sorted(dues):
        if due > at and needed + each > time_worked_together(working, at, due):
            late += 1
        else:
            needed += each
    return late


def time_worked_together(working: Iterable[Interval], start: datetime, end: datetime) -> timedelta:
    """The time that all of them together work between two instants."""
    spans = (min(one.end, end) - max(one.start, start) for one in working)
    return sum((span for span in spans if span > timedelta()), timedelta())
