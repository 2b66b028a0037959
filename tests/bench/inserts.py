"""The rows that messages left, inserted again by psycopg2 with nothing around it: what the database itself can take."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name
from psycopg2.sql import SQL, Identifier, Placeholder

from tests.bench.apart import Act
from tests.bench.installation import Running

Row = tuple[Any, ...]
# A message's rows in the order in which they depend on each other, and the column that names what each depends on.
TABLES = (
    ("messaging_inbox", None),
    ("messaging_conversation", "inbox_id"),
    ("messaging_opening", "conversation_id"),
    ("messaging_envelope", "conversation_id"),
)


def taken(parts: Running) -> tuple[list[list[str]], list[list[Row]]]:
    """The columns of each table, and for each message its four rows; the tables are empty afterwards."""
    columns: list[list[str]] = []
    found: list[dict[int, Row]] = []
    with parts.connect() as connection, connection.cursor() as cursor:
        for table, depends_on in TABLES:
            cursor.execute(SQL("SELECT * FROM {} ORDER BY id").format(Identifier(table)))
            names = [column.name for column in cursor.description or ()]
            place = names.index(depends_on or "id")
            columns.append(names)
            found.append({row[place]: tuple(_plain(value) for value in row) for row in cursor.fetchall()})
        cursor.execute("TRUNCATE messaging_inbox CASCADE")
    connection.close()
    inboxes, conversations, openings, envelopes = found
    threads = [(inbox, conversations[key]) for key, inbox in inboxes.items()]
    return columns, [[inbox, thread, openings[thread[0]], envelopes[thread[0]]] for inbox, thread in threads]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def inserting(address: str, columns: Sequence[Sequence[str]], messages: Sequence[Sequence[Row]], connections: int) -> list[Act]:
    """What each connection inserts: a transaction a message."""
    lines = [psycopg2.connect(address) for _ in range(connections)]
    template = SQL("INSERT INTO {} ({}) VALUES ({})")
    statements = []
    for (table, _), names in zip(TABLES, columns, strict=True):
        marks = SQL(", ").join([Placeholder()] * len(names))
        statements.append(template.format(Identifier(table), SQL(", ").join(map(Identifier, names)), marks).as_string(lines[0]))
    return [partial(_insert, line, statements, messages[number::connections]) for number, line in enumerate(lines)]


def _insert(connection: Connection, statements: Sequence[str], messages: Sequence[Sequence[Row]]) -> None:
    cursor = connection.cursor()
    for message in messages:
        for statement, row in zip(statements, message, strict=True):
            cursor.execute(statement, row)
        connection.commit()
    connection.close()
