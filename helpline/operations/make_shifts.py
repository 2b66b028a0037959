"""Makes draft shifts from the weekly patterns."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from helpline.models import Counsellor, Shift, WeeklyPattern
from helpline.operations.add_shift import explained
from helpline.operations.take_turns import everybody_takes_turns
from helpline.queries import organisation
from helpline.rotas.drafts import Drafted, Wanted, draft
from helpline.rotas.picture import load, local_days

ONE_DAY = timedelta(days=1)


def make_shifts(first_day: date, days: int) -> Drafted:
    """Drafts for `days` local days from `first_day` on, in one transaction. Doing it again changes nothing.

    A shift that a pattern made stays the pattern's when it is moved or swapped, so it is not made twice; one that was taken off is made
    again. No draft is made while the channel is closed, or for somebody who is away or works then: `left_out` says so.

    Raises:
        helpline.operations.add_shift.ShiftOverlaps: somebody changed the rota at this very moment; nothing was added.
    """
    own = organisation()
    with explained():
        everybody_takes_turns()
        last_day = first_day + (days - 1) * ONE_DAY
        patterns = list(
            WeeklyPattern.objects.filter(Counsellor.answering("counsellor__"), starts_on__lte=last_day)
            .exclude(ends_on__lt=first_day)
            .order_by("starts", "counsellor__display_name", "pk")
        )
        made = set(
            Shift.objects.filter(pattern__in=patterns, pattern_on__gte=first_day, pattern_on__lte=last_day).values_list(
                "pattern_id", "pattern_on"
            )
        )
        wanted = [one for one in _wanted(patterns, first_day, days) if (one.pattern, one.day) not in made]
        drafted = draft(load(local_days(first_day, days, ZoneInfo(own.time_zone)), own=own), wanted)
        Shift.objects.bulk_create(drafted.shifts)
    return drafted


def _wanted(patterns: list[WeeklyPattern], first_day: date, days: int) -> Iterator[Wanted]:
    for day in (first_day + number * ONE_DAY for number in range(days)):
        for pattern in patterns:
            if pattern.weekday == day.weekday() and pattern.starts_on <= day and (pattern.ends_on is None or day <= pattern.ends_on):
                yield Wanted(pattern.counsellor_id, pattern.channel, day, pattern.starts, pattern.ends, pattern.pk)
