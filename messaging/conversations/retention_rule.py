"""How long a conversation is kept: the installation's rule, or the person's own shorter choice. PURE: days in, days out."""

from datetime import date, timedelta

# What a person may choose; the page asks for one of these.
CHOICES = (7, 14, 30, 90, 180)


def days_kept(rule: int, own: int | None) -> int:
    """The shorter of both: a person's choice never keeps anything longer than the rule does."""
    return rule if own is None else min(rule, own)


def expiry_day(newest: date, days: int) -> date:
    """The day on which a conversation whose newest message came on `newest` is deleted."""
    return newest + timedelta(days=days)


def newest_day_to_expire(today: date, days: int) -> date:
    """A conversation goes today when its newest message came on this day or before."""
    return today - timedelta(days=days)
