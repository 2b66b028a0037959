"""Some days of the rota, loaded in a constant number of queries and then asked without any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from helpline.calendar import Calendar, Hours, Interval
from helpline.calendar.cover import CoverGap, RequiredCover, cover_gaps
from helpline.calendar.intervals import subtract_intervals
from helpline.calendar.rest import REST, ShortRest, short_rests
from helpline.calendar.staffing import Duty
from helpline.calendar.wall_clock import DAY_MINUTES, at_minute, local_date
from helpline.hours.calendars import channel_calendars
from helpline.models import Absence, Account, Counsellor, MinimumCover, Organisation, Shift
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from helpline.organisation import organisation

ONE_DAY = timedelta(days=1)
# Shifts beside the days are loaded too, as far as rest and a shift's own length reach.
MARGIN = REST + LONGEST_SHIFT


@dataclass(frozen=True)
class PlannedShift:
    """A shift as the picture has it; `pk` is None for one that is only thought of."""

    pk: int | None
    counsellor_id: int
    channel: str
    interval: Interval
    published: bool = True

    @property
    def duty(self) -> Duty:
        return Duty(self.counsellor_id, self.interval)


@dataclass(frozen=True)
class PlannedAbsence:
    """An absence as the picture has it."""

    pk: int | None
    counsellor_id: int
    interval: Interval

    @property
    def duty(self) -> Duty:
        return Duty(self.counsellor_id, self.interval)


@dataclass(frozen=True)
class RotaSnapshot:
    """Who works and is away when, in the days of `within`, and what the hours need. `names` has everyone, `active` who counts."""

    zone: ZoneInfo
    within: Interval
    calendars: dict[str, Calendar]
    minimum: dict[str, list[RequiredCover]]
    names: dict[int, str]
    active: frozenset[int]
    shifts: Sequence[PlannedShift]
    absences: Sequence[PlannedAbsence]

    def name(self, counsellor_id: int) -> str:
        return self.names.get(counsellor_id, "Somebody")

    def days(self) -> list[date]:
        """The local dates of the picture."""
        first = local_date(self.within.start, self.zone)
        last = local_date(self.within.end - timedelta(microseconds=1), self.zone)
        return [first + number * ONE_DAY for number in range((last - first).days + 1)]

    def openings(self, channel: str) -> list[Interval]:
        """When the channel is open, day by day."""
        return [opening for day in self.days() for opening in self.calendars[channel].on(day)]

    def gaps(
        self,
        channel: str,
        shifts: Iterable[PlannedShift] | None = None,
        absences: Iterable[PlannedAbsence] | None = None,
        *,
        drafts: bool = False,
    ) -> list[CoverGap]:
        """Where too few are on duty. Drafts count only when asked for; other shifts and absences can be put in their place."""
        counted = [
            work.duty
            for work in (self.shifts if shifts is None else shifts)
            if work.channel in Channel.served_by(channel) and work.counsellor_id in self.active and (work.published or drafts)
        ]
        away = [absence.duty for absence in (self.absences if absences is None else absences)]
        return cover_gaps(self.openings(channel), counted, away, self.minimum.get(channel, []), self.within, self.zone)

    def short_rests(self, counsellor_id: int, shifts: Iterable[PlannedShift] | None = None) -> list[ShortRest]:
        """Where the person's rest is too short; drafts count, for they are to become work."""
        own = [work.interval for work in (self.shifts if shifts is None else shifts) if work.counsellor_id == counsellor_id]
        return short_rests(own, self.zone)

    def is_closed(self, channel: str, interval: Interval) -> bool:
        """The channel is closed for all of it."""
        day, last = local_date(interval.start, self.zone), local_date(interval.end, self.zone)
        while day <= last:
            if any(opening.overlaps(interval) for opening in self.calendars[channel].on(day)):
                return False
            day += ONE_DAY
        return True

    def is_away(self, counsellor_id: int, interval: Interval) -> bool:
        """The person is away for all of it."""
        own = [absence.interval for absence in self.absences if absence.counsellor_id == counsellor_id]
        return not subtract_intervals([interval], own)


def local_days(first: date, number: int, zone: ZoneInfo) -> Interval:
    """So many local days from the first one's midnight on."""
    return Interval(at_minute(first, 0, zone), at_minute(first + (number - 1) * ONE_DAY, DAY_MINUTES, zone))


def days_around(intervals: Sequence[Interval], own: Organisation) -> Interval:
    """The local days that the intervals touch, and one more on either side: what a change there could bring about."""
    zone = ZoneInfo(own.time_zone)
    first = local_date(min(interval.start for interval in intervals), zone) - ONE_DAY
    last = local_date(max(interval.end for interval in intervals), zone) + ONE_DAY
    return local_days(first, (last - first).days + 1, zone)


def load_rota_snapshot(within: Interval, *, own: Organisation | None = None, since: datetime | None = None) -> RotaSnapshot:
    """The picture of these days, in nine queries (eight when the organisation is given). `since` takes older shifts in, to count hours."""
    own = own or organisation()
    calendars = channel_calendars(own, Channel.values, at=within.start)
    minimum: dict[str, list[RequiredCover]] = {}
    for channel, weekday, opens, closes, number in MinimumCover.objects.values_list("channel", "weekday", "opens", "closes", "number"):
        minimum.setdefault(channel, []).append(RequiredCover(weekday, Hours(opens, closes), number))
    people = Counsellor.objects.values_list("pk", "display_name", "active", "account__is_active", "account__role")
    names, active = {}, set()
    for pk, name, is_active, account_is_active, role in people:
        names[pk] = name
        if is_active and account_is_active and role in Account.ANSWERING:
            active.add(pk)
    from_, until = min(since or within.start, within.start) - MARGIN, within.end + MARGIN
    inside = Q(starts_at__lt=until, ends_at__gt=from_)
    shifts = [
        PlannedShift(pk, counsellor_id, channel, Interval(starts_at, ends_at), state == Shift.State.PUBLISHED)
        for pk, counsellor_id, channel, starts_at, ends_at, state in Shift.objects.filter(inside)
        .order_by("starts_at", "counsellor__display_name", "pk")
        .values_list("pk", "counsellor_id", "channel", "starts_at", "ends_at", "state")
    ]
    absences = [
        PlannedAbsence(pk, counsellor_id, Interval(starts_at, ends_at))
        for pk, counsellor_id, starts_at, ends_at in Absence.objects.filter(inside).values_list(
            "pk", "counsellor_id", "starts_at", "ends_at"
        )
    ]
    return RotaSnapshot(ZoneInfo(own.time_zone), within, calendars, minimum, names, frozenset(active), shifts, absences)
