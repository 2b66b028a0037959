"""A world is built once by each process of a run, and put back as rows for each later test: the same, for a twentieth of the computing.

What is put back are the rows that the world brought into the database, word for word. Where rows stand in their way it is built again.
"""

import io
import pickle
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql

from messaging.installation import installation_origin, installation_root_key
from tests.parts.flushing import STAYS

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Kept:
    """A world: its rows by table, what the builder answered, and the instant that its times count from."""

    rows: Rows
    answer: bytes
    at: datetime


KEPT: dict[Hashable, Kept] = {}


def built_once[World](named: Hashable, build: Callable[[], World], *, at: datetime) -> World:
    """What `build` answers; its rows are in the database.

    Every time in the rows and in the answer keeps its distance to `at`, so a world of the same name may be of any instant of one day (UTC).
    """
    if connection.vendor != "postgresql":
        return build()  # SQLite counts a number that was taken back a second time.
    name = named, at.date(), connection.settings_dict["NAME"], *_surroundings()
    kept = KEPT.get(name)
    if kept is None:
        before = _rows()
        answer = build()
        after = _rows()
        # A world that was built on top of others' rows is not that of an empty database.
        if all(after[table] == before[table] for table in before):
            KEPT[name] = Kept({table: after[table] for table in after if table not in before}, _written(answer), at)
        return answer
    if _holds_any(kept.rows):
        return build()
    _put_back(kept.rows, at - kept.at)
    world: World = _Reader(io.BytesIO(kept.answer), at - kept.at).load()
    return world


def _surroundings() -> tuple[Hashable, ...]:
    """Whose world it is, and under which storage keys."""
    path = settings.STORAGE_KEYS_FILE
    return installation_root_key(), installation_origin(), path and path.exists() and path.read_bytes()


@cache
def _tables() -> dict[str, tuple[str, ...]]:
    """Each table that a test may fill, with the columns that are written."""
    models = (model._meta for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy)
    return {
        meta.db_table: tuple(str(field.column) for field in meta.local_concrete_fields if not field.generated)
        for meta in models
        if meta.db_table not in STAYS
    }


def _holds_any(tables: Iterable[str]) -> bool:
    any_of = sql.SQL(" OR ").join([sql.SQL("false"), *(sql.SQL("EXISTS (SELECT FROM {})").format(sql.Identifier(name)) for name in tables)])
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}").format(any_of))
        return bool(cursor.fetchone()[0])


def _rows() -> Rows:
    """Of each table that has any."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for name, columns in _tables().items():
            cursor.execute(sql.SQL("SELECT {} FROM {}").format(_named(columns), sql.Identifier(name)))
            if found := cursor.fetchall():
                rows[name] = [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in found]
    return rows


def _named(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _put_back(rows: Rows, later: timedelta) -> None:
    """All at once; a foreign key is looked at when the transaction ends."""
    columns = _tables()
    inserts = [
        sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
            sql.Identifier(table),
            _named(columns[table]),
            sql.SQL(", ").join(sql.SQL("({})").format(sql.SQL(", ").join(_literals(row, later))) for row in rows[table]),
        )
        for table in rows
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("; ").join([sql.SQL("SELECT"), *inserts]))


def _literals(row: tuple[Any, ...], later: timedelta) -> list[sql.Composable]:
    return [sql.Literal(value + later if isinstance(value, datetime) else value) for value in row]


class _Writer(pickle.Pickler):
    def persistent_id(self, value: object) -> object:
        """What is made anew by whoever reads: an instant, and what counts."""
        if isinstance(value, datetime):
            return "instant", value.isoformat()
        return ("count", "") if isinstance(value, count) else None


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, later: timedelta) -> None:
        super().__init__(file)
        self.later = later

    def persistent_load(self, named: tuple[str, str]) -> object:
        kind, value = named
        return datetime.fromisoformat(value) + self.later if kind == "instant" else count()


def _written(answer: object) -> bytes:
    file = io.BytesIO()
    _Writer(file).dump(answer)
    return file.getvalue()
