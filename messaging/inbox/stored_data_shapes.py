"""How a table that refers to an inbox is explained, column by column, and columns that many of them have (PROTOCOL §7.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words
else:
    Words = Promise


@dataclass(frozen=True)
class StoredColumn:
    """What a column is for; one that is not shown is told as set or not set, and its sentence says why."""

    words: Words
    shown: bool = True


@dataclass(frozen=True)
class StoredTable:
    """A table's name for people, what it is for, and its columns by the names that they have in the database.

    Of one that is kept back no row is ever told, so that nobody can see from here whether there is one.
    """

    title: Words
    words: Words
    columns: Mapping[str, StoredColumn]
    kept_back: bool = False


# Rows are numbered across everyone's: two numbers, read a day apart, would tell how many others wrote in between.
NUMBER = StoredColumn(_("The row’s number. We do not show it: the numbers would show how many other people write to us."), shown=False)
OF_CONVERSATION = StoredColumn(_("Links this row to your conversation by its row number, so we do not show it."), shown=False)
OF_INBOX = StoredColumn(_("Links this row to your inbox by its row number, so we do not show it."), shown=False)
EPOCH = StoredColumn(_("Which of the helpline’s locks was used. The first lock has number 1. There is a new one every few weeks."))
