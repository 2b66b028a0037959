"""A database that fails at whatever it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection


@contextmanager
def broken_database(said: str) -> Iterator[None]:
    """Every statement ends in an OperationalError that says so."""

    def fail(*_: object) -> None:
        raise OperationalError(said)

    with connection.execute_wrapper(fail):
        yield
