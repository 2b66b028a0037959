"""Ends a weekly pattern."""

from datetime import date, timedelta

from helpline.models import Shift, WeeklyPattern


def end_pattern(pattern: WeeklyPattern, *, today: date) -> None:
    """Makes no more shifts from today on; one that never made any is taken away. Shifts that stand stay: publish, move or remove them."""
    if pattern.starts_on >= today or not Shift.objects.filter(pattern=pattern).exists():
        pattern.delete()
        return
    pattern.ends_on = today - timedelta(days=1)
    pattern.save(update_fields=["ends_on"])
