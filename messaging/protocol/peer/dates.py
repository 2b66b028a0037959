"""Dates as a server writes them beside envelopes (PROTOCOL §5.1): its word, but at least a date."""

import re
from datetime import date

WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_day(value: object) -> bool:
    """Whether it is a date of the calendar, written YYYY-MM-DD and nothing else."""
    if not isinstance(value, str) or WRITTEN.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
