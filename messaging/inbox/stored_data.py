"""Everything that the database holds about one inbox: the very rows, found by what refers to what (PROTOCOL §7.8)."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Field, Model, Q

from messaging.http.problems import Problem
from messaging.inbox.stored_data_words import is_column_shown, is_table_kept_back
from messaging.models import Inbox
from messaging.protocol.encoding import encode

Columns = list["Field[Any, Any]"]


@cache
def tables_about_person() -> dict[type[Model], tuple[str, ...]]:
    """Every model whose rows refer to an inbox, directly or over other rows, with the lookups that lead there; the inbox itself first.

    Asked of the models rather than written down, so that a table which is added one day cannot be forgotten.
    """
    found: dict[type[Model], tuple[str, ...]] = {Inbox: ("pk",)}
    queue: list[type[Model]] = [Inbox]
    while queue:
        target = queue.pop(0)
        for field in _referring_to(target):
            ways = tuple(field.name if path == "pk" else f"{field.name}__{path}" for path in found[target])
            if field.model not in found:
                queue.append(field.model)
            found[field.model] = found.get(field.model, ()) + ways
    return found


def _referring_to(target: type[Model]) -> Columns:
    """The foreign keys to it, also those without a way back (`related_name="+"`), and those of many-to-many tables."""
    relations = target._meta.get_fields(include_hidden=True)  # noqa: SLF001 - Django's own documented interface
    # A row that refers to one of its own kind is found by the way to that kind.
    return [relation.field for relation in relations if isinstance(relation, models.ManyToOneRel) and relation.related_model is not target]


def stored_columns(model: type[Model]) -> Columns:
    """As they stand in the table."""
    return list(model._meta.concrete_fields)  # noqa: SLF001 - documented


def stored_data_of_person(inbox_pk: int) -> dict[str, Any]:
    """The answer of §7.8: one query a table.

    Raises:
        Problem: not-found, for an inbox that is deleted in the meantime.
    """
    tables = [_table(model, ways, inbox_pk) for model, ways in tables_about_person().items()]
    if not tables[0]["rows"]:
        raise Problem("not-found", "There is no such inbox. It may have been deleted.")
    return {"tables": tables}


def _table(model: type[Model], ways: tuple[str, ...], inbox_pk: int) -> dict[str, Any]:
    fields, name = stored_columns(model), model._meta.db_table  # noqa: SLF001 - documented
    about = Q()
    for way in ways:
        about |= Q(**{way: inbox_pk})
    kinds = [stored_column_kind(field) if is_column_shown(name, str(field.column)) else "set" for field in fields]
    columns = [{"name": str(field.column), "as": kind} for field, kind in zip(fields, kinds, strict=True)]
    if is_table_kept_back(name):
        return {"table": name, "columns": columns, "rows": []}
    # Not the model's own manager, which might leave rows out.
    everything = model._base_manager  # noqa: SLF001 - documented
    rows = everything.filter(about).order_by("pk").values_list(*(field.attname for field in fields))
    return {
        "table": name,
        "columns": columns,
        "rows": [[_told(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows],
    }


def stored_column_kind(field: "Field[Any, Any]") -> str:
    """How the value of a column that is shown stands in the answer; a kind that the protocol has no form for is only told as set."""
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    kinds = {
        models.BinaryField: "bytes",
        models.DateTimeField: "instant",
        models.DateField: "date",
        models.IntegerField: "number",
        models.CharField: "text",
        models.TextField: "text",
    }
    return next((name for kind, name in kinds.items() if isinstance(field, kind)), "set")


def _told(value: Any, kind: str) -> Any:
    if kind == "set":
        return bool(value) if isinstance(value, bool | str) else value is not None
    if isinstance(value, bytes):
        return encode(value)
    if isinstance(value, datetime):
        # Whole, with every digit that is kept: this is the very row.
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
