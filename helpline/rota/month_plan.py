"""A plan for some weeks, found from what counsellors say of their time; it becomes drafts, which a lead edits and publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.calendar import Interval
from helpline.calendar.rest import REST, hindrance, hours_worked, short_rests
from helpline.calendar.wall_clock import local_date, monday_of
from helpline.models import Availability, Counsellor, Shift
from helpline.organisation import organisation
from helpline.rota.gaps import open_slots
from helpline.rota.locking import lock_everybody
from helpline.rota.plan_solver import FoundPlan, PlanPerson, PlanSlot, find_plan
from helpline.rota.shifts import explain_refused_shift
from helpline.rota.snapshot import RotaSnapshot, load_rota_snapshot, local_days

WEEK = timedelta(weeks=1)
MOST_A_DAY = 8 * 60
SECONDS = 20


@dataclass(frozen=True)
class PlanShare:
    """What one person has in the planned weeks: with the plan, of what they may work at most; and how many of the slots they like."""

    counsellor_id: int
    name: str
    worked: timedelta
    most: timedelta
    planned: int
    liked: int


@dataclass(frozen=True)
class MonthPlan:
    """The drafts, for whom, and what nobody could take. `silent` have said nothing of their time, so they are not in it."""

    shifts: list[Shift]
    shares: list[PlanShare]
    unfilled: list[tuple[str, Interval, int]]
    silent: list[str]
    best: bool


@dataclass(frozen=True)
class _Question:
    """What the solver is asked, and who and what its numbers mean."""

    slots: list[tuple[str, Interval, int]]
    people: list[int]
    asked_slots: list[PlanSlot]
    asked_people: list[PlanPerson]


def plan_month(first: date, weeks: int, *, usual_hours: int, at: datetime) -> MonthPlan:
    """A plan for the gaps of these weeks, from the Monday `first` on; nothing is saved. What stands already stays, drafts too.

    Someone is planned only in times that they named, rested by the rule of eleven hours, for at most eight hours a day and their own most
    in a week (`usual_hours` where they gave none).

    Raises:
        helpline.rota.plan_solver.NoPlanFound
    """
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    picture = load_rota_snapshot(local_days(first, 7 * weeks, zone), own=own)
    limits = dict(Counsellor.objects.filter(pk__in=picture.active).values_list("pk", "most_hours"))
    named: dict[int, list[Availability]] = {}
    for row in Availability.objects.filter(counsellor__in=picture.active):
        named.setdefault(row.counsellor_id, []).append(row)
    most = {pk: 60 * (usual_hours if hours is None else hours) for pk, hours in limits.items()}
    question = _question(picture, [first + number * WEEK for number in range(weeks)], named, most, at=at)
    found = find_plan(question.asked_slots, question.asked_people, most_a_day=MOST_A_DAY, seconds=SECONDS)
    shifts = [
        Shift(
            counsellor_id=question.people[person],
            channel=question.slots[slot][0],
            starts_at=question.slots[slot][1].start,
            ends_at=question.slots[slot][1].end,
            state=Shift.State.DRAFT,
        )
        for person, slot in found.given
    ]
    silent = sorted(picture.name(pk) for pk in picture.active if pk not in named)
    return MonthPlan(shifts, _shares(picture, question, found, most, weeks), _unfilled(question, found), silent, found.best)


def draft_plan(plan: MonthPlan) -> None:
    """Saves its shifts as drafts. Nobody is told: drafts count for nothing until they are published.

    Raises:
        helpline.rota.shifts.ShiftOverlaps: someone changed the rota since it was found; nothing was added.
    """
    with explain_refused_shift():
        lock_everybody()
        Shift.objects.bulk_create(plan.shifts)


def _question(
    picture: RotaSnapshot, mondays: list[date], named: Mapping[int, list[Availability]], most: Mapping[int, int], *, at: datetime
) -> _Question:
    slots = open_slots(picture, at=at)
    days = [local_date(slot.start, picture.zone) for _, slot, _ in slots]
    asked = [
        PlanSlot(day.toordinal(), mondays.index(monday_of(day)), slot.length // timedelta(minutes=1), missing)
        for (_, slot, missing), day in zip(slots, days, strict=True)
    ]
    people = sorted(named, key=lambda pk: (picture.name(pk).casefold(), pk))
    asked_people = []
    for pk in people:
        own = [work.interval for work in picture.shifts if work.counsellor_id == pk]
        away = [absence.interval for absence in picture.absences if absence.counsellor_id == pk]
        wishes = {number: wish for number, (_, slot, _) in enumerate(slots) if (wish := _wish(named[pk], slot, picture.zone))}
        fits = [number for number in wishes if hindrance(slots[number][1], own, away, picture.zone) is None]
        done = [_minutes_in(picture, pk, week) for week in mondays]
        likes = [number for number in fits if wishes[number] == Availability.Wish.LIKE]
        asked_people.append(PlanPerson(fits, likes, _apart(fits, slots, picture.zone), done, most[pk]))
    return _Question(slots, people, asked, asked_people)


def _wish(named: list[Availability], slot: Interval, zone: ZoneInfo) -> str:
    """Whether they named all of the slot, in one piece or in more; liked only where all of it is."""
    day = local_date(slot.start, zone)
    own = [(row.wish, hours) for row in named if row.weekday == day.weekday() and (hours := row.hours.on(day, zone))]
    for wishes in ({Availability.Wish.LIKE}, set(Availability.Wish)):
        reached = slot.start
        for _, hours in sorted((each for each in own if each[0] in wishes), key=lambda each: each[1]):
            if hours.start <= reached:
                reached = max(reached, hours.end)
        if reached >= slot.end:
            return str(Availability.Wish.LIKE if len(wishes) == 1 else Availability.Wish.CAN)
    return ""


def _apart(fits: list[int], slots: list[tuple[str, Interval, int]], zone: ZoneInfo) -> list[tuple[int, int]]:
    """Slots of which someone takes one at most: at the same time, or without a night between them."""
    ordered = sorted(fits, key=lambda number: slots[number][1])
    found = []
    for place, one in enumerate(ordered):
        earlier = slots[one][1]
        for other in ordered[place + 1 :]:
            later = slots[other][1]
            if later.start >= earlier.end + REST:
                break
            if earlier.overlaps(later) or short_rests([earlier, later], zone):
                found.append((one, other))
    return found


def _minutes_in(picture: RotaSnapshot, pk: int, monday: date) -> int:
    within = local_days(monday, 7, picture.zone)
    own = [work.duty for work in picture.shifts if work.counsellor_id == pk]
    return hours_worked(own, within).get(pk, timedelta()) // timedelta(minutes=1)


def _shares(picture: RotaSnapshot, question: _Question, found: FoundPlan, most: Mapping[int, int], weeks: int) -> list[PlanShare]:
    shares = []
    for number, (pk, person) in enumerate(zip(question.people, question.asked_people, strict=True)):
        own = [slot for given, slot in found.given if given == number]
        worked = sum(person.done) + sum(question.asked_slots[slot].minutes for slot in own)
        liked = sum(slot in person.likes for slot in own)
        allowed = timedelta(minutes=most[pk] * weeks)
        shares.append(PlanShare(pk, picture.name(pk), timedelta(minutes=worked), allowed, len(own), liked))
    return shares


def _unfilled(question: _Question, found: FoundPlan) -> list[tuple[str, Interval, int]]:
    given = [slot for _, slot in found.given]
    return [
        (channel, slot, missing - given.count(number))
        for number, (channel, slot, missing) in enumerate(question.slots)
        if given.count(number) < missing
    ]
