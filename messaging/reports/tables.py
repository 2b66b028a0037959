"""Each report as a table and the plot beside it. The file of a report is its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpline.web.charts import ChartDrawing
from messaging.models import Action, Route, Signpost
from messaging.models.desk_sums import DAY_HOURS
from messaging.reports import DeskReports
from messaging.reports import charts as reports_charts
from messaging.reports.banding import Fives
from messaging.reports.build import CoverHour
from messaging.reports.waits import Waits
from messaging.reports.wording import (
    FEW,
    HOUR,
    NONE,
    NOT_SHOWN,
    WEEKDAYS,
    band_of_five_words,
    duty_hours_words,
    hour_of_day_words,
    hour_of_week_words,
    quarter_words,
    share_words,
    told_count_words,
    wait_words,
    week_words,
)

OF_CODES = {"routes", "actions", "signposts"}
NAMES = frozenset({"waits", "promise", "closed-hours", "closed-days", "cover", "load", "fairness", "talks"} | OF_CODES)
Row = tuple[str, ...]
NOBODY_ANSWERED = "Nobody was answered in this time."
NOT_FIVE = "No number has come to five."


@dataclass(frozen=True)
class ReportTable:
    """A table, with its sums last, and its plot; `says` is the plot in a sentence, `about` what the numbers mean.

    `nothing` stands for both where there is nothing to tell; the rows of a `wordy` one have long names.
    """

    name: str
    heading: str
    about: str
    says: str
    columns: Row
    rows: Sequence[Row]
    plot: ChartDrawing
    last: Sequence[Row] = ()
    nothing: str = ""
    wordy: bool = False


def report_tables(found: DeskReports) -> list[tuple[str, str, list[ReportTable]]]:
    """In the order of the page: a heading, over which time, and what stands below it; nothing where no such period is over."""
    told = {"weeks": bool(found.periods.weeks), "quarters": bool(found.periods.quarters)}
    groups = [
        ("Waiting for an answer", "weeks", [_waits(found), _promise(found)]),
        ("When people write", "quarters", [_closed_hours(found), _closed_days(found), _cover(found)]),
        ("Counsellors", "weeks", [_load(found), _fairness(found)]),
        *([("Live talk", "quarters", [_talks(found)])] if any(each.least for each in found.talks) else []),
        ("What conversations were about", "quarters", _codes(found)),
    ]
    return [(heading, over, reports if told[over] else []) for heading, over, reports in groups]


def _waits(found: DeskReports) -> ReportTable:
    def row(name: str, waits: Waits) -> Row:
        if not waits.known:
            return name, FEW if waits.answered.hides else "0", NONE, NONE
        return name, told_count_words(waits.answered), wait_words(waits.p50), wait_words(waits.p90)

    newest = found.quarter_waits[-1] if found.quarter_waits else None
    says = f"{quarter_words(newest[0])}: half were answered within {wait_words(newest[1].p50)}. " if newest and newest[1].p50 else ""
    return ReportTable(
        "waits",
        "Waiting times",
        "How long people waited for an answer, counted only in opening hours, by the week of the answer. P50: half were answered within "
        "this time; P90: nine out of ten were. Each is shown only if five or more took longer. That needs ten answers for P50, and fifty "
        "for P90, which a quarter may have when a week has not.",
        f"Waiting times by week, in working hours. {says}The table has every number.",
        ("Week from", "Answered", "P50: half", "P90: nine of ten"),
        [row(week_words(monday), waits) for monday, waits in found.waits],
        reports_charts.waits_chart(found.waits),
        [row(quarter_words(first), waits) for first, waits in found.quarter_waits],
        "" if _answered(found) else NOBODY_ANSWERED,
    )


def _answered(found: DeskReports) -> bool:
    return any(waits.known or waits.answered.hides for _, waits in [*found.waits, *found.quarter_waits])


def _promise(found: DeskReports) -> ReportTable:
    def row(name: str, waits: Waits) -> Row:
        if not waits.known:
            return name, FEW if waits.answered.hides else "0", NONE
        return name, told_count_words(waits.answered), share_words(waits.kept)

    whole = share_words(found.all_waits.kept) if found.all_waits.known else NOT_SHOWN
    return ReportTable(
        "promise",
        "Answered within the promise",
        f"The promise that people were given when they wrote. Now it is {duty_hours_words(found.promise).removesuffix('.0')} working "
        "hours. If fewer than five were late, the table says only “at least” a share.",
        f"Share answered within the promise, by week. All weeks together: {whole}. The table has every number.",
        ("Week from", "Answered", "Within the promise"),
        [row(week_words(monday), waits) for monday, waits in found.waits],
        reports_charts.promise_chart(found.waits),
        [row("All weeks", found.all_waits)],
        "" if _answered(found) else NOBODY_ANSWERED,
    )


def _parts(name: str, heading: str, about: str, head: str, labels: Sequence[str], told: Sequence[Fives], short: Row) -> ReportTable:
    highest = max(range(len(told)), key=lambda place: told[place].least)
    most = f"Most: {labels[highest]}, {band_of_five_words(told[highest])}" if told[highest].least else "No number is high enough to show"
    return ReportTable(
        name,
        heading,
        about,
        f"{heading}. {most}. The table has every number.",
        (head, "Began to wait"),
        [(label, band_of_five_words(each)) for label, each in zip(labels, told, strict=True)],
        reports_charts.column_chart(told, short),
        nothing="" if any(each.least for each in told) else NOT_FIVE,
    )


def _closed_hours(found: DeskReports) -> ReportTable:
    about = (
        "How often someone began to wait for an answer while messages were closed: at night, at weekends, on holidays. A person who writes "
        "again after an answer begins to wait again."
    )
    labels = [hour_of_day_words(hour) for hour in range(DAY_HOURS)]
    short = tuple(f"{hour:02}" if hour % 3 == 0 else "" for hour in range(DAY_HOURS))
    return _parts("closed-hours", "While we are closed, by hour", about, "Hour", labels, found.closed_hours, short)


def _closed_days(found: DeskReports) -> ReportTable:
    about = "The same by the day of the week."
    short = tuple(day[:3] for day in WEEKDAYS)
    return _parts("closed-days", "While we are closed, by weekday", about, "Day", WEEKDAYS, found.closed_days, short)


def _cover(found: DeskReports) -> ReportTable:
    def row(hour: CoverHour) -> Row:
        on_duty = f"{hour.covered / hour.open:.1f}" if hour.open else NONE
        hours = hour.covered / HOUR
        each = f"{hour.came.least / hours:.1f}–{hour.came.most / hours:.1f}" if hours else NONE
        return hour_of_week_words(hour.place), band_of_five_words(hour.came), on_duty, each

    empty = sum(1 for hour in found.cover if hour.open and not hour.covered)
    gaps = f"{empty} of {len(found.cover)} open hours of the week had nobody on duty at all" if empty else "Every open hour had someone"
    return ReportTable(
        "cover",
        "Cover against demand, by open hour of the week",
        "How often someone began to wait in an open hour, and how many counsellors were on duty in it: published shifts without absences, "
        "on average while messages were open. The last column is how often for each hour that a counsellor was on duty.",
        f"Demand above the line and counsellors on duty below it, by open hour of each weekday. {gaps}. The table has every number.",
        ("Hour", "Began to wait", "On duty", "For each hour on duty"),
        [row(hour) for hour in found.cover],
        reports_charts.cover_chart(found.cover),
        nothing=""
        if any(hour.came.least or hour.covered for hour in found.cover)
        else "Nobody was on duty, and five people never began to wait in one open hour.",
    )


def _load(found: DeskReports) -> ReportTable:
    rows = [
        (load.name, duty_hours_words(load.worked), told_count_words(load.given), NONE if load.by_hour is None else f"{load.by_hour:.2f}")
        for load in found.loads
    ]
    return ReportTable(
        "load",
        "Load per counsellor",
        "Hours on duty for messages, and how many conversations routing gave. Weeks with fewer than five count neither in that number nor "
        "in the number per hour.",
        "Conversations given to each counsellor per hour on duty. The table has every number.",
        ("Counsellor", "Hours on duty", "Conversations given", "Per hour"),
        rows,
        reports_charts.bar_chart(
            [(load.name, load.by_hour or 0.0, load.by_hour or 0.0, row[3]) for load, row in zip(found.loads, rows, strict=True)]
        ),
        nothing="" if rows else "Nobody was on duty for messages, and nobody was given a conversation.",
    )


def _fairness(found: DeskReports) -> ReportTable:
    def words(most: float | None, least: float | None, few: bool) -> Row:
        if few:
            return NOT_SHOWN, NOT_SHOWN, "too few to compare"
        if most is None or least is None:
            return NONE, NONE, NONE
        return f"{most:.2f}", f"{least:.2f}", f"{most / least:.1f} times" if least else "someone had none"

    return ReportTable(
        "fairness",
        "Fairness over the week",
        "The most and the least that anyone was given per hour on duty, and how many times the least the most is. Routing keeps this at "
        "two where it has a choice. Weeks in which someone was given one to four are not compared.",
        "How many times the smallest share the largest was, by week; the line is at twice. The table has every number.",
        ("Week from", "On duty", "Most per hour", "Least per hour", "Most to least"),
        [(week_words(each.monday), str(each.people), *words(each.most, each.least, each.few)) for each in found.fairness],
        reports_charts.fairness_chart(found.fairness),
        nothing="" if any(each.people for each in found.fairness) else "Nobody was on duty for messages for an hour or more.",
    )


def _talks(found: DeskReports) -> ReportTable:
    labels = ("Taken within 30 seconds", "Taken within a minute", "Taken later", "The person took the wish back", "Became a message")
    rows = [(label, band_of_five_words(each)) for label, each in zip(labels, found.talks, strict=True)]
    return ReportTable(
        "talks",
        "Requests for a live talk",
        "How long those who talked had waited for a counsellor, and what became of the others.",
        "Requests for a live talk, by what became of them. The table has every number.",
        ("What became of it", "Requests"),
        rows,
        reports_charts.bar_chart(
            [(label, each.least, each.most, row[1]) for label, each, row in zip(labels, found.talks, rows, strict=True)]
        ),
        wordy=True,
    )


def _codes(found: DeskReports) -> list[ReportTable]:
    about = "From the codes that counsellors give when they close a conversation. Only sums are kept."
    several = f"{about} A conversation may have several, or none."
    kinds = (
        ("routes", "Who wrote", "route", Route.choices, about),
        ("actions", "Protective actions agreed", "action", Action.choices, several),
        ("signposts", "Signposted to", "signpost", Signpost.choices, several),
    )
    found_codes = []
    for name, heading, kind, choices, says in kinds:
        told = [(str(label), found.codes[kind][code]) for code, label in choices]
        rows = [(label, band_of_five_words(each)) for label, each in told]
        plot = reports_charts.bar_chart([(label, each.least, each.most, band_of_five_words(each)) for label, each in told])
        plot.key = reports_charts.IN_FIVES
        told_in_words = f"{heading}. The table has every number."
        nothing = "" if any(each.least for _, each in told) else NOT_FIVE
        found_codes.append(
            ReportTable(name, heading, says, told_in_words, ("Code", "Conversations"), rows, plot, nothing=nothing, wordy=True)
        )
    return found_codes
