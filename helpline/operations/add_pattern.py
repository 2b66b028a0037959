"""Gives a counsellor a weekly pattern."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from helpline.models import Counsellor, WeeklyPattern
from helpline.operations.take_turns import take_turns

DAY = 1440


class PatternOverlaps(Exception):
    """The counsellor has another pattern then, so one of the two could never be made."""


def add_pattern(
    *, counsellor: Counsellor, channel: str, weekday: int, starts: int, ends: int, starts_on: date, ends_on: date | None
) -> WeeklyPattern:
    """Adds it; shifts are made from it when somebody asks for them. `ends` beyond 1440 is on the next day.

    Raises:
        PatternOverlaps: in times and in dates.
    """
    with transaction.atomic():
        take_turns([counsellor.pk])
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
                    f"{counsellor} has a pattern at that time already: {other}. Choose other times, or end that one first."
                )
        return WeeklyPattern.objects.create(
            counsellor=counsellor, channel=channel, weekday=weekday, starts=starts, ends=ends, starts_on=starts_on, ends_on=ends_on
        )
