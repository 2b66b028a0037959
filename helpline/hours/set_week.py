"""Sets a channel's weekly hours."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from helpline.calendar import Hours
from helpline.models import OpeningInterval


def set_opening_week(*, channel: str, week: Mapping[int, Iterable[Hours]]) -> None:
    """Replaces the channel's whole week (Monday is 0) in one transaction: no question in between sees half of it."""
    rows = [
        OpeningInterval(channel=channel, weekday=weekday, opens=hours.opens, closes=hours.closes)
        for weekday, day in week.items()
        for hours in day
    ]
    with transaction.atomic():
        OpeningInterval.objects.filter(channel=channel).delete()
        OpeningInterval.objects.bulk_create(rows)
