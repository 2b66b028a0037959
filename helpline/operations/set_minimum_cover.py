"""Sets how many must be on duty in some hours of some weekdays."""

from collections.abc import Iterable

from django.db import transaction

from helpline.calendar import Hours
from helpline.models import MinimumCover


def set_minimum_cover(*, channel: str, weekdays: Iterable[int], hours: Hours, number: int | None) -> None:
    """In these hours the number takes the place of whatever was set before; around them all stays. None sets nothing: one is needed then.

    Rows of one weekday never overlap, so that an hour has one number.
    """
    with transaction.atomic():
        for weekday in weekdays:
            day = MinimumCover.objects.select_for_update().filter(channel=channel, weekday=weekday)
            for row in day.filter(opens__lt=hours.closes, closes__gt=hours.opens):
                row.delete()
                for opens, closes in ((row.opens, hours.opens), (hours.closes, row.closes)):
                    if opens < closes:
                        MinimumCover.objects.create(channel=channel, weekday=weekday, opens=opens, closes=closes, number=row.number)
            if number is not None:
                MinimumCover.objects.create(channel=channel, weekday=weekday, opens=hours.opens, closes=hours.closes, number=number)
