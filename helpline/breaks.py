"""Breaks in the middle of a shift: whoever knows of them says here where their ends stand, for this room knows nothing of desks.

They are told as a table and not asked as a question: so they are read in the query that reads absences, and cost none of their own.
"""

from collections.abc import Container
from dataclasses import dataclass


@dataclass(frozen=True)
class Breaks:
    """On which channel breaks are taken, and a table whose rows name a counsellor and the instant at which a break ends, or none."""

    channel: str
    table: str
    counsellor: str
    ends_at: str


_known: list[Breaks] = []


def know(breaks: Breaks) -> None:
    """From now on these count; they take the place of those that were known before."""
    _known[:] = [breaks]


def breaks_of(channels: Container[str]) -> Breaks | None:
    """Where the breaks of one of these channels stand; None where nobody takes any on them."""
    return next((breaks for breaks in _known if breaks.channel in channels), None)
