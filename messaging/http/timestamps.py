"""Instants as the interfaces write them."""

from datetime import UTC, datetime


def rfc3339_or_null(instant: datetime | None) -> str | None:
    """To the second, in UTC."""
    return None if instant is None else instant.astimezone(UTC).replace(microsecond=0).isoformat()
