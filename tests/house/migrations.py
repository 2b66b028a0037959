"""Which operations of a migration the programme before it, or those who wait for a table, could not bear."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, ManyToManyField

# They have a row for each message, conversation or session: an index or a check of all of them is a wait that people notice.
BIG = {"inbox", "conversation", "opening", "envelope", "routingevent", "session", "desknote", "spentchallenge", "auditentry", "tally"}
AWAY = (
    operations.RemoveField, operations.RenameField, operations.DeleteModel, operations.RenameModel, operations.AlterModelTable,
)  # fmt: skip
HARMLESS = (
    operations.CreateModel, operations.AlterModelOptions, operations.AlterModelManagers, operations.AlterModelTableComment,
    operations.RemoveIndex, operations.RenameIndex, operations.RemoveConstraint, AddIndexConcurrently, AddConstraintNotValid,
)  # fmt: skip
SIZES = ("max_length", "size", "max_digits", "decimal_places")


def faults(migration: Migration, state: ProjectState) -> list[str]:
    """A line for each operation that is unsafe; `state` is what stood before it, and is moved on."""
    found: list[str] = []
    new: set[str] = set()
    for operation in migration.operations:
        before = state.clone()
        operation.state_forwards(migration.app_label, state)
        if isinstance(operation, operations.CreateModel):
            new.add(operation.name_lower)
        elif _model(operation) not in new:
            if not (migration.atomic or _can_be_done_again(operation)):
                found.append(
                    f"{operation.describe()}: interrupted, it cannot be done again; let the migration be atomic, or use 0055's AddIndex"
                )
            found += [f"{operation.describe()}: {fault}" for fault in _of(operation, migration.app_label, before, state)]
    return found


def _can_be_done_again(operation: Operation) -> bool:
    """Django's own stops at the index that an interrupted one left behind."""
    return isinstance(operation, AddIndexConcurrently) and type(operation) is not AddIndexConcurrently


def _model(operation: Operation) -> str:
    return str(getattr(operation, "model_name_lower", "") or getattr(operation, "model_name", "")).lower()


def _of(operation: Operation, label: str, before: ProjectState, after: ProjectState) -> Iterator[str]:
    if isinstance(operation, AWAY):
        yield "the programme before it still asks for what is gone"
    elif isinstance(operation, operations.AddField):
        yield from _added(operation, operation.field)
    elif isinstance(operation, operations.AlterField):
        fields = [state.models[label, operation.model_name_lower].fields[operation.name] for state in (before, after)]
        yield from _altered(operation, *fields)
    elif isinstance(operation, HARMLESS):
        return
    elif isinstance(operation, operations.AddIndex):
        if _model(operation) in BIG:
            yield "nobody can write to a big table until the index is made; use AddIndexConcurrently"
    elif isinstance(operation, operations.AddConstraint):
        yield "the programme before it may write what is refused now, and all rows are read; use AddConstraintNotValid first"
    else:
        yield "nobody can tell what it does"


def _added(operation: FieldOperation, field: Any) -> Iterator[str]:
    if isinstance(field, ManyToManyField):
        return
    if not field.null and field.db_default is NOT_PROVIDED:
        yield "the programme before it writes rows without it; give it a db_default, or let it be null"
    if field.unique or (field.db_index and operation.model_name_lower in BIG):
        yield "its index is made while nobody can write; make it afterwards, concurrently"


def _altered(operation: FieldOperation, old: Any, new: Any) -> Iterator[str]:
    if old.null and not new.null:
        yield "the programme before it may leave it empty"
    if old.has_db_default() and not new.null and not new.has_db_default():
        yield "the programme before it may rely on the database's default"
    if type(old) is not type(new) or old.db_column != new.db_column or old.related_model != new.related_model:
        yield "it becomes a column of another kind or name"
    for size in SIZES:
        had, has = getattr(old, size, None), getattr(new, size, None)
        if has is not None and (had is None or has < had):
            yield f"{size} becomes smaller"
    if (new.unique and not old.unique) or (new.db_index and not old.db_index and operation.model_name_lower in BIG):
        yield "its index is made while nobody can write"
