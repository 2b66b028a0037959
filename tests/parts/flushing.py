"""Empties the tables between tests: the audit trail and the log of disclosures too, which the database otherwise refuses to let go of."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.core.management.commands import flush as command
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.sqlite3.base import DatabaseWrapper

from tests.parts.costs import TALLY

# Where each trigger is made, by its name.
TRIGGERS = {
    "audit_kept_delete": "helpline.migrations.0131_life_audit_trail",
    "audit_link_kept_delete": "helpline.migrations.0162_the_trail_is_a_chain",
    "disclosure_kept_delete": "messaging.migrations.0051_disclosures",
}
# What Django writes after a flush, always the same: there is no need to write it anew.
STAYS = {"django_content_type", "auth_permission"}


def let_the_trail_be_emptied() -> None:
    """On SQLite, from now on, for this run of the tests."""
    operations: Any = DatabaseWrapper.ops_class
    flush = operations.sql_flush

    def sql_flush(self: Any, *arguments: Any, **named: Any) -> list[str]:
        TALLY["emptied"] += 1
        statements = list(flush(self, *arguments, **named))
        back = [
            statement
            for trigger, module in TRIGGERS.items()
            for statement in import_module(module).FORWARDS["sqlite"]
            if f"TRIGGER {trigger} " in statement
        ]
        return [*(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in TRIGGERS), *statements, *back] if statements else []

    operations.sql_flush = sql_flush


def delete_rather_than_truncate() -> None:
    """On Postgres, likewise. To truncate makes four hundred files anew, whatever the tables hold; a test leaves some dozen rows.

    The superuser's `replica` runs no trigger: neither a foreign key's nor the trail's, which truncating does not run either.
    What Django then writes stayed, so it is not asked to look for it: that took three quarters of each flush.
    """
    vars(command)["emit_post_migrate_signal"] = lambda *_arguments, **_named: None
    operations: Any = DatabaseOperations
    flush = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False) -> list[str]:
        TALLY["emptied"] += 1
        if reset_sequences or not tables:
            return list(flush(self, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade))
        deletes = (f"DELETE FROM {self.quote_name(table)}" for table in tables if table not in STAYS)  # noqa: S608 - Django names the tables
        return ["SET LOCAL session_replication_role = replica", *deletes]

    operations.sql_flush = sql_flush
