"""No counsellor has two shifts at once: an exclusion constraint on Postgres, the same promise by triggers on SQLite.

Django remakes an SQLite table for some changes of a model, and a remade table has lost its triggers: a later migration that
alters `Shift` must run `forwards` again (tests/helpline/test_nobody_has_two_shifts_at_once.py fails if it does not).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRES = [
    # Trusted since Postgres 13: the owner of the database may add it.
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """
    ALTER TABLE helpline_shift ADD CONSTRAINT shift_overlap
    EXCLUDE USING gist (counsellor_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
    """,
]

# Django keeps instants in SQLite as text in UTC that sorts as the instants do.
CLASH = """
    SELECT 1 FROM helpline_shift AS other
    WHERE other.counsellor_id = NEW.counsellor_id AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
"""
SQLITE = [
    f"""
    CREATE TRIGGER shift_overlap_insert BEFORE INSERT ON helpline_shift WHEN EXISTS ({CLASH})
    BEGIN SELECT RAISE(ABORT, 'shift_overlap'); END
    """,
    f"""
    CREATE TRIGGER shift_overlap_update BEFORE UPDATE OF counsellor_id, starts_at, ends_at ON helpline_shift
    WHEN EXISTS ({CLASH} AND other.id <> OLD.id)
    BEGIN SELECT RAISE(ABORT, 'shift_overlap'); END
    """,
]

UNDO = {
    "postgresql": ["ALTER TABLE helpline_shift DROP CONSTRAINT shift_overlap"],
    "sqlite": ["DROP TRIGGER IF EXISTS shift_overlap_insert", "DROP TRIGGER IF EXISTS shift_overlap_update"],
}


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"postgresql": POSTGRES, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("helpline", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
