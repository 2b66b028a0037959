"""Empties the tables between tests on SQLite, the audit trail too, which the database otherwise refuses to let go of.

Postgres truncates, which a trigger on rows does not see.
"""

from importlib import import_module
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper


def let_the_trail_be_emptied() -> None:
    """From now on, for this run of the tests."""
    operations: Any = DatabaseWrapper.ops_class
    flush = operations.sql_flush

    def sql_flush(self: Any, *arguments: Any, **named: Any) -> list[str]:
        statements = list(flush(self, *arguments, **named))
        back = [
            statement
            for statement in import_module("helpline.migrations.0131_life_audit_trail").FORWARDS["sqlite"]
            if "DELETE" in statement
        ]
        return ["DROP TRIGGER IF EXISTS audit_kept_delete", *statements, *back] if statements else []

    operations.sql_flush = sql_flush
