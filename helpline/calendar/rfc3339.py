"""Instants as text: RFC 3339."""

import re
from datetime import datetime

from helpline.calendar.intervals import calendar_instant, in_utc

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class NotRfc3339(ValueError):
    """Text that names no instant."""


def parse_rfc3339(text: str) -> datetime:
    """The instant, in UTC.

    Raises:
        NotRfc3339: another form, no offset, a date or time that does not exist, or outside the years 1970 to 2199.
    """
    if RFC_3339.fullmatch(text):
        try:
            return calendar_instant(datetime.fromisoformat(text.upper()))
        except (ValueError, OverflowError):
            pass
    raise NotRfc3339(f"Write the instant with its date, time and offset, such as 2026-12-24T16:50:00+00:00, not {text!r}.")


def render_rfc3339(at: datetime) -> str:
    """The instant in UTC, ending in Z; a fraction only when there is one."""
    return in_utc(at).isoformat().replace("+00:00", "Z")
