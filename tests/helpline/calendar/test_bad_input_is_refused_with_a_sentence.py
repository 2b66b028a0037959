"""What names no instant, no interval and no hours is refused, with a sentence."""

from datetime import UTC, datetime

import pytest

from helpline.calendar import Hours, Interval
from helpline.calendar.intervals import IntervalBackwards, NotAnInstant
from helpline.calendar.opening import BadOpeningHours
from helpline.calendar.rfc3339 import NotRfc3339, parse_rfc3339, render_rfc3339
from tests.world.instants import ask, usual, utc


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(NotAnInstant, match="offset"):
        ask(usual(), datetime(2026, 1, 1, 12))  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_an_instant_beyond_any_calendar_is_refused(year: int) -> None:
    with pytest.raises(NotAnInstant, match="1970 to 2199"):
        ask(usual(), datetime(year, 6, 1, tzinfo=UTC))


def test_the_ends_of_the_years_are_answered() -> None:
    assert ask(usual(), utc("1970-01-01 00:00")).state == "closed"
    assert ask(usual(), utc("2199-12-31 23:59:59")).state == "closed"


def test_an_interval_runs_forwards() -> None:
    for end in ("2026-01-01 12:00", "2026-01-01 11:59"):
        with pytest.raises(IntervalBackwards):
            Interval(utc("2026-01-01 12:00"), utc(end))


@pytest.mark.parametrize(("opens", "closes"), [(540, 540), (600, 540), (-1, 60), (540, 1441)])
def test_hours_lie_within_a_day_and_run_forwards(opens: int, closes: int) -> None:
    with pytest.raises(BadOpeningHours):
        Hours(opens, closes)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-24T16:50:00+00:00", "2026-12-24T16:50:00Z"),
        ("2026-12-24t16:50:00z", "2026-12-24T16:50:00Z"),
        ("2026-06-24T17:50:00+01:00", "2026-06-24T16:50:00Z"),
        ("2026-12-31T23:30:00-03:30", "2027-01-01T03:00:00Z"),
        ("2026-12-24T16:50:00.25Z", "2026-12-24T16:50:00.250000Z"),
    ],
)
def test_an_instant_of_rfc_3339_is_read_and_written(text: str, instant: str) -> None:
    assert render_rfc3339(parse_rfc3339(text)) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-12-24",
        "2026-12-24T16:50:00",
        "2026-12-24T16:50Z",
        "20261224T165000Z",
        "2026-02-30T00:00:00Z",
        "2026-12-24T25:00:00Z",
        "2026-12-24T16:50:00+25:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "2026-12-24T16:50:00Z\n",
        "٢٠٢٦-12-24T16:50:00Z",
    ],
)
def test_anything_else_is_not_an_instant(text: str) -> None:
    with pytest.raises(NotRfc3339, match="such as 2026-12-24T16:50:00"):
        parse_rfc3339(text)
