"""Protocol days (PROTOCOL §1.5)."""

from datetime import UTC, date, datetime, time, timedelta

EPOCH = date(1970, 1, 1)


def day_of(at: datetime) -> int:
    """Whole days since 1970-01-01 in UTC."""
    return (at.astimezone(UTC).date() - EPOCH).days


def first_instant_of_day(day: int) -> datetime:
    """The first instant of a day."""
    return datetime.combine(EPOCH + timedelta(days=day), time(), UTC)


def day_on(at: datetime) -> date:
    """The date of an instant in UTC: all that is kept of when a person wrote."""
    return at.astimezone(UTC).date()
