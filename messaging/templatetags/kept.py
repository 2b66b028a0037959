"""The tables that refer to an inbox, for the pages that show them."""

from collections.abc import Iterator

from django import template

from messaging.inbox.stored_data import tables_about_person
from messaging.inbox.stored_data_shapes import StoredTable
from messaging.inbox.stored_data_words import TABLES

register = template.Library()


@register.simple_tag
def kept_tables() -> Iterator[tuple[str, StoredTable]]:
    """Name and description of each table, in the order in which they are shown, which is that of the interface."""
    for model in tables_about_person():
        name = model._meta.db_table  # noqa: SLF001 - documented
        if name in TABLES:
            yield name, TABLES[name]
