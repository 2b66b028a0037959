"""Hours of work, eleven hours' rest between one day's work and the next, and who could fill a gap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import pairwise
from zoneinfo import ZoneInfo

from helpline.calendar.intervals import Interval
from helpline.calendar.staffing import Duty
from helpline.calendar.wall_clock import local_date

REST = timedelta(hours=11)
# What is left of 24 hours: longer than this from the first start to the last end leaves no such rest.
LONGEST_DAY = timedelta(hours=24) - REST


@dataclass(frozen=True)
class ShortRest:
    """Two shifts of one person with less than eleven hours' rest between them."""

    earlier: Interval
    later: Interval

    @property
    def length(self) -> timedelta:
        return self.later.start - self.earlier.end


def short_rests(shifts: Iterable[Interval], zone: ZoneInfo) -> list[ShortRest]:
    """Where one person's rest is too short.

    Shifts that begin on one date are one day's work, however it is cut, as long as it is over within thirteen hours: a break at noon is
    no night. Rest is what lies between one day's work and the next.
    """
    ordered = sorted(shifts)
    days: dict[object, list[Interval]] = {}
    day_of: dict[Interval, object] = {}
    for number, shift in enumerate(ordered):
        before = ordered[number - 1] if number else None
        # One that begins where another ends is the same work, cut at a midnight or at its sixth hour.
        day_of[shift] = day_of[before] if before and before.end == shift.start else local_date(shift.start, zone)
        days.setdefault(day_of[shift], []).append(shift)
    found = []
    for earlier, later in pairwise(ordered):
        if later.start - earlier.end >= REST:
            continue
        day = day_of[later]
        work = days[day]
        one_day = day_of[earlier] == day and work[-1].end - work[0].start <= LONGEST_DAY
        if not one_day:
            found.append(ShortRest(earlier, later))
    return found


class Hindrance(Enum):
    """What keeps someone from a slot."""

    SHIFT = "a shift at that time"
    AWAY = "an absence at that time"
    REST = "less than eleven hours' rest"


def hindrance(slot: Interval, shifts: Sequence[Interval], absences: Iterable[Interval], zone: ZoneInfo) -> Hindrance | None:
    """What keeps the person who has these shifts and absences from the slot; None where they could take it."""
    if any(shift.overlaps(slot) for shift in shifts):
        return Hindrance.SHIFT
    if any(absence.overlaps(slot) for absence in absences):
        return Hindrance.AWAY
    known = short_rests(shifts, zone)
    return Hindrance.REST if any(short not in known for short in short_rests([*shifts, slot], zone)) else None


@dataclass(frozen=True)
class CoverSuggestion:
    """Someone who could take a slot, and how long they work already."""

    counsellor_id: int
    worked: timedelta


def suggest_cover(
    slot: Interval, people: Iterable[int], shifts: Sequence[Duty], absences: Sequence[Duty], counted: Interval
) -> list[CoverSuggestion]:
    """Who could take the slot, those with the fewest hours in `counted` first.

    They are free for all of it, not away in any of it, and have eleven hours without a shift before and after. This is stricter than
    `short_rests`: a lead, and not this list, asks a counsellor who already works that day. Between equals the order of `people` decides.
    """
    around = Interval(slot.start - REST, slot.end + REST)
    busy = {shift.counsellor_id for shift in shifts if shift.interval.overlaps(around)}
    away = {absence.counsellor_id for absence in absences if absence.interval.overlaps(slot)}
    worked = hours_worked(shifts, counted)
    found = [
        CoverSuggestion(counsellor_id, worked.get(counsellor_id, timedelta()))
        for counsellor_id in people
        if counsellor_id not in busy | away
    ]
    return sorted(found, key=lambda suggestion: suggestion.worked)


def hours_worked(shifts: Iterable[Duty], within: Interval) -> Mapping[int, timedelta]:
    """How long each person works inside `within`."""
    worked: dict[int, timedelta] = {}
    for shift in shifts:
        if shift.interval.overlaps(within):
            length = min(shift.interval.end, within.end) - max(shift.interval.start, within.start)
            worked[shift.counsellor_id] = worked.get(shift.counsellor_id, timedelta()) + length
    return worked
