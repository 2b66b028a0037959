"""Numbers of what came of it, and their plot in letters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from helpline.calendar import Interval, working_time
from helpline.calendar.staffing import time_on_duty
from messaging.routing.simulation.run import SimulationOutcome
from messaging.routing.simulation.scenarios import ONE_DAY, PROMISE, simulated_monday

HOUR = timedelta(hours=1)
# Working hours up to which a bar of the plot counts; the last has all that waited longer.
BARS = (0.5, 1, 2, 4, 6, 8, 12, 16, 24, 40)
# Fewer in a week are too few to compare.
LEAST_GIVEN = 4
WIDTH = 40


@dataclass(frozen=True)
class SimulatedPerson:
    """A counsellor's part: hours on duty, and what routing gave."""

    name: str
    hours: float
    given: int


@dataclass(frozen=True)
class SimulationReport:
    """Waits are of what is not junk: in working hours, as the promise counts them, and as long as they are on the clock.

    `fairness` is the most that anyone was given for an hour on duty by the least, over all weeks. `worst_week` compares, in each week,
    those who worked the very same shifts, by what they were given, and is the worst of the weeks.
    """

    title: str
    seed: int
    messages: int
    answered: int
    p50: float
    p90: float
    clock_p50: float
    clock_p90: float
    kept: float
    reminded: int
    told: int
    handed_back: int
    fairness: float
    worst_week: float
    waits: tuple[int, ...]
    people: tuple[SimulatedPerson, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def simulation_report(outcome: SimulationOutcome) -> SimulationReport:
    """The numbers of a run."""
    real = [answer for answer in outcome.answers if not answer.message.junk]
    waits = sorted(working_time(outcome.calendar, answer.message.at, answer.at) / HOUR for answer in real)
    clock = sorted((answer.at - answer.message.at) / HOUR for answer in real)
    # What was never answered broke its promise too.
    left = outcome.came - len(outcome.answers)
    kept = sum(wait <= PROMISE / HOUR for wait in waits) / max(len(waits) + left, 1)
    people = _people(outcome)
    rates = sorted(person.given / person.hours for person in people)
    return SimulationReport(
        title=outcome.scenario.title,
        seed=outcome.seed,
        messages=outcome.came,
        answered=len(outcome.answers),
        p50=_part(waits, 0.5),
        p90=_part(waits, 0.9),
        clock_p50=_part(clock, 0.5),
        clock_p90=_part(clock, 0.9),
        kept=round(kept, 4),
        reminded=outcome.reminded,
        told=outcome.told,
        handed_back=outcome.handed_back,
        fairness=round(rates[-1] / rates[0], 2) if rates[0] else 0.0,
        worst_week=round(max((_worst(outcome, monday) for monday in _weeks(outcome)), default=1.0), 2),
        waits=tuple(sum(low < wait <= high for wait in waits) for low, high in zip((-1, *BARS), (*BARS, float("inf")), strict=True)),
        people=people,
    )


def _part(ordered: Sequence[float], part: float) -> float:
    """The value below which that part of them lies."""
    return round(ordered[min(int(part * len(ordered)), len(ordered) - 1)], 2) if ordered else 0.0


def _weeks(outcome: SimulationOutcome) -> list[datetime]:
    return sorted({monday for monday, _ in outcome.given})


def _hours(outcome: SimulationOutcome, monday: datetime) -> dict[int, float]:
    week = Interval(monday, simulated_monday(monday + 7.5 * ONE_DAY))
    return {who: worked / HOUR for who, worked in time_on_duty(outcome.shifts, outcome.absences, week).items()}


def _worst(outcome: SimulationOutcome, monday: datetime) -> float:
    """Most by least of those who worked the same shifts of the week; one more or less than few says nothing, and counts for nothing."""
    week = Interval(monday, simulated_monday(monday + 7.5 * ONE_DAY))
    away = {absence.counsellor_id for absence in outcome.absences if absence.interval.overlaps(week)}
    together: dict[tuple[Interval, ...], list[int]] = {}
    for person in sorted({shift.counsellor_id for shift in outcome.shifts} - away):
        spans = tuple(shift.interval for shift in outcome.shifts if shift.counsellor_id == person and shift.interval.overlaps(week))
        together.setdefault(spans, []).append(outcome.given.get((monday, person), 0))
    return max((max(given) / min(given) for given in together.values() if min(given) >= LEAST_GIVEN), default=1.0)


def _people(outcome: SimulationOutcome) -> tuple[SimulatedPerson, ...]:
    weeks = _weeks(outcome)
    hours = [_hours(outcome, monday) for monday in weeks]
    people = sorted({shift.counsellor_id for shift in outcome.shifts})
    return tuple(
        SimulatedPerson(
            f"Counsellor {who}", sum(week.get(who, 0) for week in hours), sum(outcome.given.get((monday, who), 0) for monday in weeks)
        )
        for who in people
    )


def simulated_wait_labels() -> list[str]:
    """What each bar of the waits counts."""
    return [f"up to {high:g} h" for high in BARS] + [f"over {BARS[-1]:g} h"]


def plot_simulation_report(found: SimulationReport) -> str:
    """The report for a terminal."""
    lines = [
        f"{found.title} (seed {found.seed}): {found.messages} messages in four weeks, {found.answered} answered.",
        f"Waiting, in working hours: half at most {found.p50:g}, nine of ten at most {found.p90:g};"
        f" on the clock {found.clock_p50:g} and {found.clock_p90:g} hours.",
        f"Answered within the promise of {PROMISE / HOUR:g} working hours: {found.kept:.1%}."
        f" Reminders at half of it: {found.reminded}; told to the lead: {found.told};"
        f" handed back at the end of a shift: {found.handed_back}.",
        f"The most that one was given for an hour on duty, by the least: {found.fairness:.2f};"
        f" of those with the same shifts, in the worst week: {found.worst_week:.2f}.",
        "",
        "Waiting, in working hours",
        *_bars(simulated_wait_labels(), found.waits),
        "",
        "Given to each",
        *_bars([f"{person.name}, {person.hours:g} h" for person in found.people], [person.given for person in found.people]),
    ]
    return "\n".join(lines)


def _bars(names: Sequence[str], values: Sequence[int]) -> list[str]:
    most, longest = max(*values, 1), max(map(len, names))
    return [
        f"  {name:<{longest}} {value:>5} {'█' * round(WIDTH * value / most)}".rstrip() for name, value in zip(names, values, strict=True)
    ]
