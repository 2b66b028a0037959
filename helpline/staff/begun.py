"""Whether the service has begun: before that one admin sets it up alone, and afterwards what matters most takes two people."""

from collections.abc import Callable

_questions: list[Callable[[], bool]] = []


def register_beginning(question: Callable[[], bool]) -> None:
    """From now on this is asked; messaging registers whether its desk ever had a key, because this room knows of none."""
    _questions[:] = [question]


def service_has_begun() -> bool:
    """It has once people could write, and then for ever: nothing that an admin can do makes it untrue again."""
    return any(question() for question in _questions)
