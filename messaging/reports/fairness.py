"""What routing gave to whom, by the hour on duty, and how fairly over each week. PURE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from helpline.statistics import suppression
from messaging.reports.banding import Banded, banded_over_periods
from messaging.routing.policy import LEAST_MINUTES

HOUR = timedelta(hours=1)
# Over less time on duty a rate says nothing.
LEAST_TIME = timedelta(minutes=LEAST_MINUTES)
By = Mapping[tuple[int, date], int]  # Conversations given, by counsellor and Monday.
Worked = Mapping[tuple[int, date], timedelta]


@dataclass(frozen=True)
class PersonLoad:
    """A counsellor's part: time on duty, and what routing gave them. By the hour only over weeks that are told."""

    name: str
    worked: timedelta
    given: Banded
    by_hour: float | None


@dataclass(frozen=True)
class WeekFairness:
    """The most and the least that anyone was given for an hour on duty; None where it is not told (`few`) or nobody is to compare."""

    monday: date
    people: int
    most: float | None = None
    least: float | None = None
    few: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the least share the largest was; None too where someone had nothing at all."""
        return self.most / self.least if self.most is not None and self.least else None


def counsellor_loads(names: Mapping[int, str], given: By, worked: Worked, weeks: Sequence[date]) -> list[PersonLoad]:
    """Everyone who was on duty or was given something, by name."""
    people = {person for person, monday in [*given, *worked] if monday in weeks}
    return sorted((_load(person, names, given, worked, weeks) for person in people), key=lambda load: (load.name.casefold(), load.name))


def _load(person: int, names: Mapping[int, str], given: By, worked: Worked, weeks: Sequence[date]) -> PersonLoad:
    numbers = {monday: given.get((person, monday), 0) for monday in weeks}
    hours = {monday: worked.get((person, monday), timedelta()) for monday in weeks}
    told = banded_over_periods(numbers.values())
    # What is hidden is in neither the number nor the time.
    time = sum((hours[monday] for monday in weeks if suppression.suppressed(numbers[monday]) is not None), timedelta())
    by_hour = told.number / (time / HOUR) if time >= LEAST_TIME and (told.number or not told.hides) else None
    return PersonLoad(names.get(person, "Somebody"), sum(hours.values(), timedelta()), told, by_hour)


def fairness_of_week(given: By, worked: Worked, monday: date) -> WeekFairness:
    """Of those who were on duty for an hour or more in the week."""
    people = {person: time for (person, week), time in worked.items() if week == monday and time >= LEAST_TIME}
    numbers = {person: given.get((person, monday), 0) for person in people}
    if any(suppression.suppressed(number) is None for number in numbers.values()):
        return WeekFairness(monday, len(people), few=True)
    if len(people) < 2 or not any(numbers.values()):
        return WeekFairness(monday, len(people))
    rates = [numbers[person] / (time / HOUR) for person, time in people.items()]
    return WeekFairness(monday, len(people), max(rates), min(rates))
