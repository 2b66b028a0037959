"""Rows that another version of the messaging protocol made: nothing here reads them, and no migration passes over them (PROTOCOL §1.2)."""

from typing import Any

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from messaging.protocol.encoding import VERSION

# One statement for each kind of bytes whose first byte is a version: wherever there is a key or a message, one of these has a row.
OF_ANOTHER_VERSION = {
    "messaging_certificaterequest": "SELECT 1 FROM messaging_certificaterequest WHERE substr(request, 1, 1) <> %s LIMIT 1",
    "messaging_certificate": "SELECT 1 FROM messaging_certificate WHERE substr(certificate, 1, 1) <> %s LIMIT 1",
    "messaging_epoch": "SELECT 1 FROM messaging_epoch WHERE substr(statement, 1, 1) <> %s LIMIT 1",
    "messaging_opening": "SELECT 1 FROM messaging_opening WHERE substr(opening, 1, 1) <> %s LIMIT 1",
    "messaging_envelope": "SELECT 1 FROM messaging_envelope WHERE substr(envelope, 1, 1) <> %s LIMIT 1",
    "messaging_desknote": "SELECT 1 FROM messaging_desknote WHERE substr(note, 1, 1) <> %s LIMIT 1",
}


class OlderProtocol(CommandError):
    """The database holds what another version of the messaging protocol made; nothing was changed."""


def refuse_rows_of_another_version(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Before the first migration: raises OlderProtocol, having changed nothing, where keys or messages of another version lie."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in OF_ANOTHER_VERSION.keys() & set(connection.introspection.table_names(cursor)):
            cursor.execute(OF_ANOTHER_VERSION[table], [VERSION])
            if cursor.fetchone() is not None:
                raise OlderProtocol(
                    f"This database holds keys or messages of another version of the messaging protocol than {VERSION[0]}, which this "
                    "program cannot read. Nothing was changed. Start the version that you had, and answer and delete those conversations. "
                    "Then begin with an empty database and new keys: docs/operate.md says how, under “From version 0.1”."
                )
