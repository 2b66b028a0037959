"""What is simulated: how many messages come when, and how many counsellors there are for them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from helpline.calendar import Calendar, Hours, Interval, PublicHolidays
from helpline.calendar.staffing import Duty
from helpline.calendar.wall_clock import at_minute

ZONE = ZoneInfo("Europe/London")
# A Monday; the clocks go forward in the third week, and Good Friday is in the fourth.
FIRST_DAY = date(2026, 3, 9)
WEEKS = 4
MONTH_DAYS = 365 / 12
PROMISE = timedelta(minutes=480)
# How many each takes at a time: what a new counsellor's cap is.
TAKES = 3
ONE_DAY = timedelta(days=1)
# Of a hundred messages, how many come in each hour of the day, by the clock on the wall: most in the evening and at night.
BY_HOUR = (6, 5, 4, 3, 2, 1, 1, 2, 2, 3, 3, 3, 4, 4, 3, 3, 3, 4, 5, 6, 8, 9, 8, 8)
# Of what is not junk: how many belong to a conversation of the last fortnight, and how many of the answered ones are flagged then.
GOES_ON, FLAGGED = 0.35, 0.05
# A first reply takes half an hour in the middle, and an hour one time in twelve; junk is seen for what it is.
MEDIAN_MINUTES, SPREAD, JUNK_MINUTES = 30.0, 0.5, 3.0
# What one counsellor answers in eight hours, by these times.
A_DAY = 480 / (MEDIAN_MINUTES * math.exp(SPREAD**2 / 2))


@dataclass(frozen=True)
class Scenario:
    """`month` messages a month, by `desks` counsellors on duty at a time; on the second Monday `monday` more come."""

    title: str
    month: int
    desks: int = 2
    junk: float = 0.0
    monday: int = 0


SCENARIOS = {
    "baseline": Scenario("100 messages a month", 100),
    "campaign": Scenario("a campaign: twice as many, sustained", 200),
    "launch-day": Scenario("launch day: one day of twenty times as many", 100, monday=round(100 / MONTH_DAYS * 19)),
    "junk": Scenario("15% of what comes is junk", round(100 / 0.85), junk=0.15),
    "nationwide": Scenario("1,300 messages a month, nationwide", 1300, desks=6),
    "overload": Scenario("a day of five times what the desk can answer", 100, monday=round(5 * 2 * A_DAY)),
}


@dataclass(frozen=True)
class SimulatedMessage:
    """One that comes: what it will take to answer, whether it is junk, and whether an earlier conversation goes on (which: `draw`)."""

    at: datetime
    work: timedelta
    junk: bool
    goes_on: bool
    draw: float
    flagged: bool


def simulated_calendar() -> Calendar:
    """Nine to five from Monday to Friday, and Scotland's holidays."""
    return Calendar(zone=ZONE, week={weekday: [Hours(540, 1020)] for weekday in range(5)}, holidays=PublicHolidays("scotland"))


def simulated_messages(scenario: Scenario, chance: Random) -> list[SimulatedMessage]:
    """Everything that comes in four weeks, in order."""
    days = WEEKS * 7
    usual = round(scenario.month * days / MONTH_DAYS)
    when = [_instant(int(chance.random() * days), chance) for _ in range(usual)] + [_instant(7, chance) for _ in range(scenario.monday)]
    return [_message(at, scenario, chance) for at in sorted(when)]


def _instant(day: int, chance: Random) -> datetime:
    drawn, hour = chance.random() * sum(BY_HOUR), 0
    while drawn >= BY_HOUR[hour]:
        drawn -= BY_HOUR[hour]
        hour += 1
    minute = hour * 60 + int(chance.random() * 60)
    return at_minute(FIRST_DAY + day * ONE_DAY, minute, ZONE) + timedelta(seconds=int(chance.random() * 60))


def draw_duration(chance: Random, median: float, spread: float) -> float:
    """A duration whose logarithm is normal, in the unit of `median`. By Box and Muller's way: a seed gives the same in every version."""
    normal = math.sqrt(-2 * math.log(1 - chance.random())) * math.cos(2 * math.pi * chance.random())
    return median * math.exp(spread * normal)


def _message(at: datetime, scenario: Scenario, chance: Random) -> SimulatedMessage:
    junk, goes_on, draw, flagged = (chance.random() for _ in range(4))
    drawn = draw_duration(chance, MEDIAN_MINUTES, SPREAD)
    is_junk = junk < scenario.junk
    minutes = JUNK_MINUTES if is_junk else drawn
    return SimulatedMessage(at, timedelta(seconds=round(minutes * 60)), is_junk, not is_junk and goes_on < GOES_ON, draw, flagged < FLAGGED)


def simulated_rota(desks: int, weeks: int) -> tuple[list[Duty], list[Duty]]:
    """Shifts and absences: twice as many counsellors as desks, who work mornings and afternoons in turn, and one for half the week.

    The second counsellor is away on the second Wednesday.
    """
    return list(_shifts(desks, weeks)), [Duty(2, _hours(FIRST_DAY + 9 * ONE_DAY, 0, 1440))]


def _shifts(desks: int, weeks: int) -> Iterator[Duty]:
    for number in range(weeks * 7):
        day = FIRST_DAY + number * ONE_DAY
        if day.weekday() >= 5:
            continue
        for person in range(1, 2 * desks + 1):
            morning = (person + number) % 2 == 0
            yield Duty(person, _hours(day, 540, 780) if morning else _hours(day, 780, 1020))
        if day.weekday() < 3:
            yield Duty(2 * desks + 1, _hours(day, 660, 900))


def _hours(day: date, start: int, end: int) -> Interval:
    return Interval(at_minute(day, start, ZONE), at_minute(day, end, ZONE))


def simulated_monday(at: datetime) -> datetime:
    """When the week of `at` began by the clock on the wall, in UTC."""
    day = at.astimezone(ZONE).date()
    return at_minute(day - day.weekday() * ONE_DAY, 0, ZONE).astimezone(UTC)
