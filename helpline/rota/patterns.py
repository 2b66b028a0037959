"""Weekly patterns, from which shifts are made, and how many counsellors each opening hour needs."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from helpline.calendar import Hours
from helpline.models import Counsellor, MinimumCover, Shift, WeeklyPattern
from helpline.rota.locking import lock_counsellors

DAY = 1440


class PatternOverlaps(Exception):
    """The counsellor has another pattern then, so one of the two could never be made."""


def add_pattern(
    *, counsellor: Counsellor, channel: str, weekday: int, starts: int, ends: int, starts_on: date, ends_on: date | None
) -> WeeklyPattern:
    """Adds it; shifts are made from it when someone asks for them. `ends` beyond 1440 is on the next day.

    Raises:
        PatternOverlaps: in times and in dates.
    """
    with transaction.atomic():
        lock_counsellors([counsellor.pk])
        others = WeeklyPattern.objects.filter(counsellor=counsellor).filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        if ends_on is not None:
            others = others.filter(starts_on__lte=ends_on)
        begins = weekday * DAY + starts
        for other in others:
            if any(
                begins < other.weekday * DAY + other.ends + week and other.weekday * DAY + other.starts + week < begins + ends - starts
                for week in (-7 * DAY, 0, 7 * DAY)
            ):
                raise PatternOverlaps(
                    f"{counsellor} already has a pattern at that time: {other}. Choose other times, or end that pattern first."
                )
        return WeeklyPattern.objects.create(
            counsellor=counsellor, channel=channel, weekday=weekday, starts=starts, ends=ends, starts_on=starts_on, ends_on=ends_on
        )


def end_pattern(pattern: WeeklyPattern, *, today: date) -> None:
    """Makes no shifts from today on; one that never made any is taken away. Shifts that stand stay: publish, move or remove them."""
    if pattern.starts_on >= today or not Shift.objects.filter(pattern=pattern).exists():
        pattern.delete()
        return
    pattern.ends_on = today - timedelta(days=1)
    pattern.save(update_fields=["ends_on"])


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
