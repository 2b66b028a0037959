"""Inserts one row as Django would, without composing its statement again: a message is four rows, and that was most of the work."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


@cache
def _statement(model: type[Model], vendor: str, new_only: bool) -> tuple[str, list["Field[Any, Any]"]]:
    """The SQL that Postgres and SQLite share, and the fields whose values it wants."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001 - Django's own documented interface
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    otherwise = " ON CONFLICT DO NOTHING" if new_only else ""
    # Every name in it is a model's own; the values are parameters.
    return f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks}){otherwise} RETURNING {quote('id')}", fields  # noqa: S608


def insert(row: Model, *, new_only: bool = False) -> bool:
    """Writes the row and gives it its primary key. With `new_only` it returns False, and writes nothing, where a unique value stands.

    Raises:
        django.db.IntegrityError: as `save` does.
    """
    statement, fields = _statement(type(row), connection.vendor, new_only)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        returned = cursor.fetchone()
    if returned is not None:
        row.pk, row._state.adding = returned[0], False  # noqa: SLF001 - documented: a saved row says so
    return returned is not None
