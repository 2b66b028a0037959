"""Counts when people begin to wait and how long they waited: in memory first, and later as rows, as `helpline.statistics` does it.

So a row's place and the time of its writing say nothing about any one message or answer.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from helpline.calendar import Calendar
from helpline.calendar.wall_clock import monday_of
from helpline.hours.channels import channel_calendar, channel_working_time
from helpline.organisation import organisation
from helpline.statistics.counter import CountedSums, quarter_hour_of
from helpline.statistics.store import QUARTER_SECONDS
from messaging.models import DeskSum
from messaging.models.desk_sums import BEYOND, DAY_HOURS, STEPS, TalkCount
from messaging.reports.periods import quarter_year

HOUR = timedelta(hours=1)
ROWS_A_STATEMENT = 500
Kind = DeskSum.Kind
CAME = "came"  # Becomes rows of three kinds once the calendar is asked.
Key = tuple[str, int, int]  # What, the number of the quarter of an hour since 1970, the step of a wait.
Row = tuple[str, date, int]


def record_arrival(*, at: datetime) -> None:
    """Someone began to wait for an answer. Call it on commit."""
    sums.add((CAME, quarter_hour_of(at), 0))


def record_answer(*, since: datetime, due_at: datetime | None, at: datetime) -> None:
    """Someone's wait ended with an answer. Call it on commit: it asks for the calendar, in five queries."""
    sums.add((Kind.WAIT, quarter_hour_of(at), wait_step(channel_working_time(channel="messages", since=since, at=at))))
    if due_at is not None and at > due_at:
        sums.add((Kind.LATE, quarter_hour_of(at), 0))


def record_talk(count: TalkCount, *, at: datetime) -> None:
    """Something to be counted of live talks. Call it on commit."""
    sums.add((Kind.TALK, quarter_hour_of(at), int(count)))


def wait_step(wait: timedelta) -> int:
    """The first step that the wait is within."""
    return next((step for step, hours in enumerate(STEPS) if wait <= hours * HOUR), BEYOND)


def write_report_sums(counted: Mapping[Key, int]) -> None:
    """Adds the sums to the rows, by the organisation's own clock; all of them or none.

    Raises:
        django.db.Error
    """
    if not counted:
        return
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    earliest = datetime.fromtimestamp(min(quarter for _what, quarter, _step in counted) * QUARTER_SECONDS, zone)
    rows = _rows(counted, zone, channel_calendar(own, channel="messages", at=earliest))
    with transaction.atomic():
        for first in range(0, len(rows), ROWS_A_STATEMENT):
            _add(rows[first : first + ROWS_A_STATEMENT])


def _rows(counted: Mapping[Key, int], zone: ZoneInfo, calendar: Calendar) -> list[tuple[Row, int]]:
    rows: Counter[Row] = Counter()
    for (what, quarter, step), number in counted.items():
        local = datetime.fromtimestamp(quarter * QUARTER_SECONDS, zone)
        day = local.date()
        if what != CAME:
            rows[what, monday_of(day), step] += number
        elif _is_open(calendar, local):
            rows[Kind.OPEN.value, quarter_year(day), day.weekday() * DAY_HOURS + local.hour] += number
        else:
            rows[Kind.CLOSED_HOUR.value, quarter_year(day), local.hour] += number
            rows[Kind.CLOSED_DAY.value, quarter_year(day), day.weekday()] += number
    # In one order everywhere: two processes never wait for each other, and no row's place says which came first.
    return sorted(rows.items())


def _is_open(calendar: Calendar, at: datetime) -> bool:
    day = at.date()
    return any(at in piece for before in range(2) for piece in calendar.on(day - timedelta(days=before)))


def _add(rows: list[tuple[Row, int]]) -> None:
    table = connection.ops.quote_name(DeskSum._meta.db_table)  # noqa: SLF001 - documented
    marks = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    values: list[Any] = [
        value for (kind, since, place), number in rows for value in (str(kind), connection.ops.adapt_datefield_value(since), place, number)
    ]
    with connection.cursor() as cursor:
        # The conflict is on the constraint "desk_sum_once". The name is the model's own; the values are parameters.
        cursor.execute(
            f"INSERT INTO {table} (kind, since, place, number) VALUES {marks} "  # noqa: S608
            f"ON CONFLICT (kind, since, place) DO UPDATE SET number = {table}.number + excluded.number",
            values,
        )


sums = CountedSums(write_report_sums)
