"""More than one database on the run's Postgres: Django's connection turned to another one for a while, and rows as they come and go."""

import io
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager

import psycopg2
from django.db import connection
from django.db.migrations.state import StateApps
from psycopg2 import sql

from tests.parts.environment import Installation
from tests.parts.postgres import Postgres


@contextmanager
def on_database(name: str) -> Iterator[None]:
    """Whatever this process asks of the database, it asks of this one; its connection is new on either side."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@contextmanager
def a_database(server: Postgres, name: str, template: str = "template1") -> Generator[str]:
    """A new database with what the template has; gone at the end. Whoever is connected to the template, as copying forbids, loses that."""
    if template == connection.settings_dict["NAME"]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [template]
            )
        connection.close()
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def columns_of(state: StateApps, labels: set[str]) -> dict[str, list[str]]:
    """The tables of these rooms and their columns, as the migrations up to some point left them."""
    models = (model for model in state.get_models(include_auto_created=True) if model._meta.app_label in labels)
    return {model._meta.db_table: [str(field.column) for field in model._meta.local_concrete_fields] for model in models}


def copy_rows(installation: Installation, source: str, target: str, columns: dict[str, list[str]]) -> int:
    """Empties the target's tables and writes the source's rows there, these columns alone: how many. Foreign keys are not looked at.

    Raises:
        psycopg2.Error: a column is not there (any more), or the target's table demands one that is not among these.
    """
    written = 0
    with (
        closing(psycopg2.connect(installation.database_url(source))) as reading,
        closing(psycopg2.connect(installation.database_url(target))) as writing,
        writing,
    ):
        read, write = reading.cursor(), writing.cursor()
        write.execute("SET session_replication_role = replica")
        write.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, columns))))
        for table, names in columns.items():
            named = sql.SQL("{} ({})").format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)))
            rows = io.BytesIO()
            read.copy_expert(sql.SQL("COPY {} TO STDOUT").format(named), rows)
            rows.seek(0)
            write.copy_expert(sql.SQL("COPY {} FROM STDIN").format(named), rows)
            written += write.rowcount
            if "id" in names:
                # Numbers go on where the rows end.
                write.execute(
                    sql.SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(max(id), 1)) FROM {}").format(sql.Identifier(table)),
                    [table],
                )
    return written
