"""Runs the same thing in several threads at the same moment, each with a database connection of its own."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def together[Given, Got](each: Callable[[Given], Got], given: Iterable[Given]) -> list[Got]:
    """What each call returned, in the order given; raises what one of them raised."""
    arguments = list(given)
    start = threading.Barrier(len(arguments))

    def run(argument: Given) -> Got:
        try:
            start.wait(timeout=30)
            return each(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))
