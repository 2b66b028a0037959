"""Gaps of the coming weeks, and who could fill one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Interval
from helpline.calendar.cover import CoverGap, slots_of_gap, worse_gaps
from helpline.calendar.rest import suggest_cover
from helpline.calendar.wall_clock import local_date, monday_of
from helpline.models import Organisation
from helpline.organisation import organisation
from helpline.rota.snapshot import RotaSnapshot, load_rota_snapshot, local_days
from helpline.rota.wording import rota_hours_words

DAYS_AHEAD = 28
COUNTED = timedelta(weeks=4)


@dataclass(frozen=True)
class GapAhead:
    """A gap on a channel, in slots that one person could take. `drafted`: drafts would close it, once they are published."""

    channel: str
    interval: Interval
    missing: int
    drafted: bool

    @property
    def slots(self) -> list[Interval]:
        return list(slots_of_gap(self.interval))


@dataclass(frozen=True)
class CoverCandidate:
    """Someone who could take a slot: free, not away, rested."""

    counsellor_id: int
    name: str
    worked: str


def gaps_ahead(picture: RotaSnapshot, *, at: datetime, drafts: bool = True) -> list[GapAhead]:
    """Every gap of the picture that is not over, in order; `drafts` tells apart what drafts would close and what they would not."""
    found: list[GapAhead] = []
    for channel in picture.calendars:
        now = picture.gaps(channel)
        then = picture.gaps(channel, drafts=True) if drafts else now
        found += [GapAhead(channel, _left(gap, at), gap.missing, drafted=False) for gap in then if gap.interval.end > at]
        found += [GapAhead(channel, _left(gap, at), gap.missing, drafted=True) for gap in worse_gaps(then, now) if gap.interval.end > at]
    return sorted(found, key=lambda gap: (gap.interval, gap.channel))


def open_slots(picture: RotaSnapshot, *, at: datetime) -> list[tuple[str, Interval, int]]:
    """Channel, time and how many are missing: of the gaps that no draft closes, cut as one person could take them, what has not begun.

    They are cut from whole gaps, so that they are the same a minute later.
    """
    found = [
        (channel, slot, gap.missing)
        for channel in picture.calendars
        for gap in picture.gaps(channel, drafts=True)
        for slot in slots_of_gap(gap.interval)
        if slot.start > at
    ]
    return sorted(found, key=lambda each: (each[1], each[0]))


def snapshot_ahead(*, at: datetime, own: Organisation | None = None) -> RotaSnapshot:
    """The four weeks from today on."""
    own = own or organisation()
    zone = ZoneInfo(own.time_zone)
    return load_rota_snapshot(local_days(local_date(at, zone), DAYS_AHEAD, zone), own=own)


def first_gap(*, at: datetime) -> GapAhead | None:
    """The next gap of the coming four weeks; drafts close none, for nobody is told of them yet."""
    return min(gaps_ahead(snapshot_ahead(at=at), at=at), key=lambda gap: gap.interval, default=None)


def cover_candidates(slot: Interval, *, own: Organisation | None = None) -> tuple[RotaSnapshot, list[CoverCandidate]]:
    """Who could take the slot, those with the fewest hours in the four weeks that end with its week first."""
    own = own or organisation()
    zone = ZoneInfo(own.time_zone)
    day = local_date(slot.start, zone)
    week = local_days(monday_of(day), 7, zone)
    counted = Interval(week.end - COUNTED, week.end)
    picture = load_rota_snapshot(week, own=own, since=counted.start)
    people = sorted(picture.active, key=lambda counsellor_id: picture.name(counsellor_id).casefold())
    duties = [work.duty for work in picture.shifts]
    found = suggest_cover(slot, people, duties, [absence.duty for absence in picture.absences], counted)
    return picture, [CoverCandidate(one.counsellor_id, picture.name(one.counsellor_id), rota_hours_words(one.worked)) for one in found]


def _left(gap: CoverGap, at: datetime) -> Interval:
    return gap.interval if gap.interval.start >= at else Interval(at.replace(second=0, microsecond=0), gap.interval.end)
