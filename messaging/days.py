"""Protocol days (PROTOCOL §1.5)."""

from datetime import UTC, date, datetime

EPOCH = date(1970, 1, 1)


def day_of(at: datetime) -> int:
    """Whole days since 1970-01-01 in UTC."""
    return (at.astimezone(UTC).date() - EPOCH).days


def day_on(at: datetime) -> date:
    """The date of an instant in UTC: all that is kept of when a person wrote."""
    return at.astimezone(UTC).date()
