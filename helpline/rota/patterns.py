"""Weekly patterns, from which shifts are made, and how many counsellors each opening hour needs."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from helpline.calendar import Hours
from helpline.models import Counsellor, MinimumCover, Shift, WeeklyPattern
from helpline.rota.locking import lock_counsellors

DAY = 1440
# Of one, two, four and six weeks: all of them together, with a week before and after.
TOGETHER = timedelta(weeks=14)


class PatternOverlaps(Exception):
    """The counsellor has another pattern then, so one of the two could never be made."""


def add_pattern(
    *, counsellor: Counsellor, channel: str, weekday: int, starts: int, ends: int, starts_on: date, ends_on: date | None, every: int = 1
) -> WeeklyPattern:
    """Adds it; shifts are made from it when someone asks for them. `ends` beyond 1440 is on the next day; `every` is in weeks.

    Raises:
        PatternOverlaps: on some day both would be at the same time.
    """
    pattern = WeeklyPattern(
        counsellor=counsellor,
        channel=channel,
        weekday=weekday,
        starts=starts,
        ends=ends,
        every=every,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with transaction.atomic():
        lock_counsellors([counsellor.pk])
        for other in WeeklyPattern.objects.filter(counsellor=counsellor):
            if patterns_meet(pattern, other):
                raise PatternOverlaps(
                    f"{counsellor} already has a pattern at that time: {other}. Choose other times, or end that pattern first."
                )
        pattern.save(force_insert=True)
    return pattern


def patterns_meet(one: WeeklyPattern, other: WeeklyPattern) -> bool:
    """Whether two shifts of theirs overlap on the wall's clock. How they lie repeats within twelve weeks, from the later's begin on."""
    begin = max(one.starts_on, other.starts_on) - timedelta(days=1)
    end = begin + TOGETHER
    return any(
        _minute(day, one.starts) < _minute(beside, other.ends) and _minute(beside, other.starts) < _minute(day, one.ends)
        for day in one.dates(begin, end)
        for beside in other.dates(begin, end)
    )


def _minute(day: date, minute: int) -> int:
    return day.toordinal() * DAY + minute


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
