"""Copies a week's shifts to another week, as drafts."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar.wall_clock import local_date
from helpline.models import Shift
from helpline.operations.add_shift import explained
from helpline.operations.take_turns import everybody_takes_turns
from helpline.queries import organisation
from helpline.rotas.drafts import Drafted, Wanted, draft, minutes_of
from helpline.rotas.picture import load, local_days


def copy_week(source: date, target: date, *, channel: str | None = None) -> Drafted:
    """From the week of one Monday to the week of another, by the clock on the wall: 09:00 stays 09:00 when the clocks have changed.

    Drafts and published shifts both give drafts. What stands in the target week stays; copying twice adds nothing.

    Raises:
        helpline.operations.add_shift.ShiftOverlaps: somebody changed the rota at this very moment; nothing was added.
    """
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    with explained():
        everybody_takes_turns()
        wanted = []
        for work in load(local_days(source, 7, zone), own=own).shifts:
            day, starts, ends = minutes_of(work.interval, zone)
            if channel in {None, work.channel} and source <= local_date(work.interval.start, zone) < source + timedelta(days=7):
                wanted.append(Wanted(work.person, work.channel, target + (day - source), starts, ends))
        drafted = draft(load(local_days(target, 7, zone), own=own), wanted)
        Shift.objects.bulk_create(drafted.shifts)
    return drafted
