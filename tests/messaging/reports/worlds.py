"""Made-up sums of half a year and more, and for each such world another one that differs in every small number, and must look the same."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from helpline.statistics.suppression import LEAST
from messaging.models.desk_sums import BEYOND, DAY_HOURS, WEEK_DAYS
from messaging.reports.build import CODES, Kind, ReportData
from messaging.reports.cover import PLACES
from messaging.reports.periods import quarter_year, report_periods
from messaging.reports.tables import report_tables

FIRST, LAST = date(2026, 1, 1), date(2026, 9, 30)
MONDAYS = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(39)]
QUARTERS = sorted({quarter_year(monday) for monday in MONDAYS})
PARTS = {Kind.CLOSED_HOUR: DAY_HOURS, Kind.CLOSED_DAY: WEEK_DAYS, Kind.OPEN: PLACES}
PEOPLE = (1, 2, 3)
SIZES = (0, 0, 1, 2, 3, 4, 5, 5, 6, 9, 12, 40)
Sums = dict[tuple[str, date, int], int]


def world(random: Random) -> ReportData:
    """Numbers of which many are small, and many are just not."""
    sums: Sums = {}
    for monday in MONDAYS:
        whole = random.choice((*SIZES, 70))
        for _ in range(whole):
            step = random.randrange(random.randint(1, BEYOND + 1))
            sums[Kind.WAIT, monday, step] = sums.get((Kind.WAIT, monday, step), 0) + 1
        sums[Kind.LATE, monday, 0] = random.choice((0, whole, random.randint(0, whole), min(whole, random.choice(SIZES))))
    for first in QUARTERS:
        for kind, length in PARTS.items():
            # Often most are empty, as at night.
            share = random.choice((0.05, 0.3, 1.0))
            sums |= {(kind, first, place): random.choice(SIZES) for place in range(length) if random.random() < share}
    # In the last week that begins in the quarter, of which some days may be in the next one.
    week_of = {first: max(monday for monday in MONDAYS if quarter_year(monday) == first) for first in QUARTERS}
    hours = {(person, monday): timedelta(hours=random.randrange(0, 9)) for person in PEOPLE for monday in MONDAYS}
    return ReportData(
        promise=timedelta(hours=8),
        sums=sums,
        codes={(kind, code, week_of[first]): random.choice(SIZES) for first in QUARTERS for kind, codes in CODES.items() for code in codes},
        given={(person, monday): random.choice(SIZES) for person in PEOPLE for monday in MONDAYS},
        names={1: "Moira", 2: "Callum", 3: "Priya"},
        worked=hours,
        covered=[timedelta(hours=place % 3) for place in range(PLACES)],
        opened=[timedelta(hours=place % 2) for place in range(PLACES)],
    )


def small(number: int) -> bool:
    return 0 < number < LEAST


def another(number: int, random: Random) -> int:
    """A small number other than this one."""
    return random.choice([each for each in range(1, LEAST) if each != number])


def other_world(read: ReportData, random: Random) -> ReportData:
    """Every small number that a period has is another one; and so is every number that is told in fives."""
    sums = dict(read.sums)
    for monday in MONDAYS:
        _other_waits(sums, monday, random)
    for kind, length in PARTS.items():
        for first in QUARTERS:
            places = [(kind, first, place) for place in range(length)]
            sums |= dict(zip(places, _other_parts([sums.get(place, 0) for place in places], random), strict=True))
    codes = dict(read.codes)
    for told, names in CODES.items():
        for week in {week for _kind, _code, week in codes}:
            keys = [(str(told), str(code), week) for code in names]
            codes |= dict(zip(keys, _other_parts([codes[key] for key in keys], random), strict=True))
    given = {key: another(number, random) if small(number) else number for key, number in read.given.items()}
    return replace(read, sums=sums, codes=codes, given=given)


def _other_waits(sums: Sums, monday: date, random: Random) -> None:
    steps = [(Kind.WAIT.value, monday, step) for step in range(BEYOND + 1)]
    whole, late = sum(sums.get(key, 0) for key in steps), sums[Kind.LATE, monday, 0]
    if small(whole):
        whole = another(whole, random)
        sums |= dict.fromkeys(steps, 0) | {random.choice(steps): whole}
        sums[Kind.LATE, monday, 0] = random.randint(0, whole)
    elif small(late):
        sums[Kind.LATE, monday, 0] = another(late, random)
    elif small(whole - late):
        sums[Kind.LATE, monday, 0] = whole - another(whole - late, random)


def _other_parts(numbers: list[int], random: Random) -> list[int]:
    """Each of them another one of the same five."""
    return [number - number % LEAST + (number + random.randint(1, LEAST - 1)) % LEAST for number in numbers]


def shown(read: ReportData, first: date, last: date, today: date) -> list[object]:
    """Everything that a page and its files have, for these days, looked at on that day."""
    from messaging.reports import build_reports

    asked = report_periods(first, last, today=today)
    return [] if not asked else list(report_tables(build_reports(asked, read)))


def grown(read: ReportData, today: date, random: Random) -> ReportData:
    """A while later on that day: more in every week and every quarter that are not over."""

    def more(over_on: date, number: int) -> int:
        return number if over_on <= today else number + random.randint(0, 9)

    week, quarter = timedelta(days=7), timedelta(days=92)
    return replace(
        read,
        sums={
            (kind, since, place): more(since + week if kind in {Kind.WAIT, Kind.LATE} else quarter_year(since + quarter), number)
            for (kind, since, place), number in read.sums.items()
        },
        codes={(kind, code, monday): more(monday + week, number) for (kind, code, monday), number in read.codes.items()},
        given={(person, monday): more(monday + week, number) for (person, monday), number in read.given.items()},
    )
