"""Each report as a table and the plot beside it. The file of a report is its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from messaging.models import Action, Route, Signpost
from messaging.models.desk_sums import DAY_HOURS
from messaging.queries.reports import Everything
from messaging.queries.reports.everything import CoverHour
from messaging.queries.reports.told import Told
from messaging.queries.reports.waits import Waits
from messaging.views.reports import plots
from messaging.views.reports.words import (
    FEW,
    HOUR,
    NONE,
    NOT_SHOWN,
    WEEKDAYS,
    hour_words,
    place_words,
    share_words,
    time_words,
    told_words,
    wait_words,
    week_words,
)

NAMES = frozenset({"waits", "promise", "closed-hours", "closed-days", "cover", "load", "fairness", "routes", "actions", "signposts"})
Row = tuple[str, ...]
NOT_PLACED = "Not told apart"


@dataclass(frozen=True)
class Report:
    """A table, with its sums last, and its plot; `says` is the plot in a sentence, `about` what the numbers mean."""

    name: str
    heading: str
    about: str
    says: str
    columns: Row
    rows: Sequence[Row]
    plot: plots.Drawing
    last: Sequence[Row] = ()


def reports_of(found: Everything) -> list[tuple[str, str, list[Report]]]:
    """In the order of the page: a heading, over which time, and what stands below it."""
    return [
        ("Waiting for an answer", "weeks", [_waits(found), _promise(found)]),
        ("When people write", "quarters", [_closed_hours(found), _closed_days(found), _cover(found)]),
        ("Counsellors", "weeks", [_load(found), _fairness(found)]),
        ("What conversations were about", "quarters", _codes(found)),
    ]


def _waits(found: Everything) -> Report:
    def row(name: str, waits: Waits) -> Row:
        if not waits.known:
            return name, FEW if waits.answered.hides else "0", NONE, NONE
        return name, told_words(waits.answered), wait_words(waits.p50), wait_words(waits.p90)

    whole = found.all_waits
    says = f"Half were answered within {wait_words(whole.p50)} and nine of ten within {wait_words(whole.p90)}" if whole.known else "None"
    return Report(
        "waits",
        "Waiting times",
        "From when somebody writes until they are answered, counted in opening hours alone. P50: half were answered within this time; "
        "P90: nine of ten were. By the week of the answer.",
        f"Waiting times by week, in working hours. {says}. The table has every number.",
        ("Week from", "Answered", "P50: half within", "P90: nine of ten within"),
        [row(week_words(monday), waits) for monday, waits in found.waits],
        plots.waits(found.waits),
        [row("All weeks", whole)],
    )


def _promise(found: Everything) -> Report:
    def row(name: str, waits: Waits) -> Row:
        if not waits.known:
            return name, FEW if waits.answered.hides else "0", NONE
        return name, told_words(waits.answered), share_words(waits.kept)

    whole = share_words(found.all_waits.kept) if found.all_waits.known else NOT_SHOWN
    return Report(
        "promise",
        "Answered within the promise",
        f"The promise that people were given when they wrote; now it is {time_words(found.promise)} working hours. Where fewer than five "
        "were late, the share says only that it is at least so much.",
        f"Share answered within the promise, by week. All weeks together: {whole}. The table has every number.",
        ("Week from", "Answered", "Within the promise"),
        [row(week_words(monday), waits) for monday, waits in found.waits],
        plots.promise(found.waits),
        [row("All weeks", found.all_waits)],
    )


def _parts(name: str, heading: str, about: str, head: str, labels: Sequence[str], told: tuple[list[Told], int], short: Row) -> Report:
    numbers, unplaced = told
    highest = max(range(len(numbers)), key=lambda place: numbers[place].number, default=0)
    most = f"Most: {labels[highest]}, {told_words(numbers[highest])}" if numbers and numbers[highest].number else "No number is high enough"
    return Report(
        name,
        heading,
        about,
        f"{heading}. {most}. The table has every number.",
        (head, "Began to wait"),
        [(label, told_words(number)) for label, number in zip(labels, numbers, strict=True)],
        plots.columns(numbers, short),
        [(NOT_PLACED, str(unplaced))] if unplaced else [],
    )


def _closed_hours(found: Everything) -> Report:
    about = "How many people began to wait for an answer while messages were closed: at night, at weekends, on holidays."
    labels = [hour_words(hour) for hour in range(DAY_HOURS)]
    short = tuple(f"{hour:02}" if hour % 3 == 0 else "" for hour in range(DAY_HOURS))
    return _parts("closed-hours", "While we are closed, by hour", about, "Hour", labels, found.closed_hours, short)


def _closed_days(found: Everything) -> Report:
    about = "The same people by the day of the week on which they wrote."
    short = tuple(day[:3] for day in WEEKDAYS)
    return _parts("closed-days", "While we are closed, by weekday", about, "Day", WEEKDAYS, found.closed_days, short)


def _cover(found: Everything) -> Report:
    def row(hour: CoverHour) -> Row:
        on_duty = f"{hour.covered / hour.open:.1f}" if hour.open else NONE
        told = hour.came.exactly
        each = f"{told / (hour.covered / HOUR):.2f}" if told is not None and hour.covered else NONE
        return place_words(hour.place), told_words(hour.came), on_duty, each

    empty = sum(1 for hour in found.cover if hour.open and not hour.covered)
    gaps = f"{empty} of {len(found.cover)} open hours of the week had nobody on duty at all" if empty else "Every open hour had somebody"
    return Report(
        "cover",
        "Cover against demand, by open hour of the week",
        "How many people began to wait in an open hour, and how many counsellors the rota had on duty in it: published shifts without "
        "absences, on average while messages were open. Last, how many began to wait for each hour that a counsellor was on duty.",
        f"Demand above the line and counsellors on duty below it, by open hour of each weekday. {gaps}. The table has every number.",
        ("Hour", "Began to wait", "On duty", "For each hour on duty"),
        [row(hour) for hour in found.cover],
        plots.cover(found.cover),
        [(NOT_PLACED, str(found.cover_unplaced), "", "")] if found.cover_unplaced else [],
    )


def _load(found: Everything) -> Report:
    rows = [
        (load.name, time_words(load.worked), told_words(load.given), NONE if load.by_hour is None else f"{load.by_hour:.2f}")
        for load in found.loads
    ]
    return Report(
        "load",
        "Load per counsellor",
        "Hours on duty for messages, and how many conversations routing gave. Weeks with fewer than five are in neither the number nor "
        "the share by the hour.",
        "Conversations given to each counsellor for an hour on duty. The table has every number.",
        ("Counsellor", "Hours on duty", "Conversations given", "By the hour"),
        rows,
        plots.bars([(load.name, load.by_hour or 0.0, row[3]) for load, row in zip(found.loads, rows, strict=True)]),
    )


def _fairness(found: Everything) -> Report:
    def words(most: float | None, least: float | None, few: bool) -> Row:
        if few:
            return NOT_SHOWN, NOT_SHOWN, "too few to compare"
        if most is None or least is None:
            return NONE, NONE, NONE
        return f"{most:.2f}", f"{least:.2f}", f"{most / least:.1f} times" if least else "somebody had none"

    return Report(
        "fairness",
        "Fairness over the week",
        "The most and the least that anybody was given for an hour on duty, and how many times the least the most is. Routing keeps it at "
        "two where it has a choice; weeks in which somebody was given one to four are not compared.",
        "How many times the least share the largest was, by week; the line is at twice. The table has every number.",
        ("Week from", "On duty", "Most by the hour", "Least by the hour", "Most to least"),
        [(week_words(each.monday), str(each.people), *words(each.most, each.least, each.few)) for each in found.fairness],
        plots.fairness(found.fairness),
    )


def _codes(found: Everything) -> list[Report]:
    about = "From the codes that counsellors give when they close a conversation; they are kept as sums alone."
    several = f"{about} A conversation may have several, or none."
    kinds = (
        ("routes", "Who wrote", "route", Route.choices, about),
        ("actions", "Protective actions agreed", "action", Action.choices, several),
        ("signposts", "Signposted to", "signpost", Signpost.choices, several),
    )
    found_codes = []
    for name, heading, kind, choices, says in kinds:
        told = [(str(label), found.codes[kind][code]) for code, label in choices]
        rows = [(label, told_words(number)) for label, number in told]
        drawn = [(label, float(number.number), told_words(number)) for label, number in told]
        plot = plots.bars(drawn)
        found_codes.append(Report(name, heading, says, f"{heading}. The table has every number.", ("Code", "Conversations"), rows, plot))
    return found_codes
