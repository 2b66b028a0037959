"""Sums as rows: added to what stands, in one statement that Postgres and SQLite share."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from helpline.models import Tally
from helpline.models.visits import BAND_HOURS, WHOLE_DAY
from helpline.organisation import organisation

QUARTER_SECONDS = 900  # Every zone of today differs from UTC by whole quarters of an hour.
ROWS_A_STATEMENT = 500
Key = tuple[str, int, str, str]  # What, the number of the quarter of an hour since 1970, page, advert.
Row = tuple[str, date, int, str, str]


def write_counts(sums: Mapping[Key, int]) -> None:
    """Adds the sums to the rows of the organisation's own days; all of them or none.

    Raises:
        django.db.Error
    """
    if not sums:
        return
    rows = _rows(sums, ZoneInfo(organisation().time_zone))
    with transaction.atomic():
        for first in range(0, len(rows), ROWS_A_STATEMENT):
            _add(rows[first : first + ROWS_A_STATEMENT])


def _rows(sums: Mapping[Key, int], zone: ZoneInfo) -> list[tuple[Row, int]]:
    rows: Counter[Row] = Counter()
    for (what, quarter, page, advert), number in sums.items():
        local = datetime.fromtimestamp(quarter * QUARTER_SECONDS, zone)
        # Only visits have a part of the day: who begins to write, or sends, at night may be the only one.
        band = local.hour // BAND_HOURS if what == Tally.What.VISIT else WHOLE_DAY
        rows[what, local.date(), band, page, advert] += number
    # In one order everywhere: two processes never wait for each other, and no row's place says which came first.
    return sorted(rows.items())


def _add(rows: list[tuple[Row, int]]) -> None:
    table = connection.ops.quote_name(Tally._meta.db_table)  # noqa: SLF001 - documented
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    values: list[Any] = [
        value for (what, day, *rest), number in rows for value in (what, connection.ops.adapt_datefield_value(day), *rest, number)
    ]
    with connection.cursor() as cursor:
        # The conflict is on the constraint "tally_once", whose index finds the row. The name is the model's own; the values are parameters.
        cursor.execute(
            f"INSERT INTO {table} (what, day, band, page, advert, number) VALUES {marks} "  # noqa: S608
            f"ON CONFLICT (what, day, band, page, advert) DO UPDATE SET number = {table}.number + excluded.number",
            values,
        )
