"""Whoever comes when it is closed out of turn reads why; ordinary closed hours need no reason."""

from datetime import date

import pytest

from helpline.calendar import Availability, Calendar, Closure, HolidayCorrection, Hours, Interval, PublicHolidays, SpecialDay
from tests.world.instants import LONDON, NINE_TO_FIVE, ask, usual, utc

SHORT_DAY = SpecialDay(date(2026, 12, 31), "Hogmanay", Hours(540, 780))
STAFF_DAY = SpecialDay(date(2026, 1, 14), "Staff day")
FAULT = Closure(Interval(utc("2026-01-13 10:00"), utc("2026-01-13 12:00")), "Fault on the line")


def _ask(at: str) -> Availability:
    return ask(usual(special_days=[SHORT_DAY, STAFF_DAY], closures=[FAULT]), utc(at))


@pytest.mark.parametrize(
    ("at", "state", "reason"),
    [
        ("2026-01-12 20:00", "closed", None),
        ("2026-01-11 12:00", "closed", None),
        ("2026-12-25 12:00", "closed", "Christmas Day"),
        ("2026-12-28 12:00", "closed", "Boxing Day (substitute day)"),
        ("2026-01-13 09:59:59", "closing_soon", None),
        ("2026-01-13 10:00", "closed", "Fault on the line"),
        ("2026-01-13 11:59:59", "closed", "Fault on the line"),
        ("2026-01-13 12:00", "open", None),
        ("2026-01-14 12:00", "closed", "Staff day"),
        ("2026-12-31 12:00", "open", None),
        ("2026-12-31 13:00", "closed", "Hogmanay"),
        ("2026-12-31 20:00", "closed", None),
    ],
)
def test_reasons(at: str, state: str, reason: str | None) -> None:
    answer = _ask(at)
    assert (answer.state, answer.reason) == (state, reason)


def test_the_next_opening_is_after_the_closure() -> None:
    assert _ask("2026-01-13 10:30").opens_at == utc("2026-01-13 12:00")


def test_a_closure_ends_the_opening_before_it() -> None:
    assert _ask("2026-01-13 09:30").closes_at == utc("2026-01-13 10:00")


def test_the_reason_of_a_short_day_ends_with_the_usual_hours() -> None:
    assert _ask("2026-12-31 13:00").changes_at == utc("2026-12-31 17:00")
    assert _ask("2026-12-31 17:00").changes_at == utc("2027-01-01 00:00")


def test_a_special_day_goes_before_a_holiday() -> None:
    calendar = usual(special_days=[SpecialDay(date(2026, 12, 25), "Christmas line", Hours(600, 720))])
    assert ask(calendar, utc("2026-12-25 10:00")).state == "open"
    assert ask(calendar, utc("2026-12-25 13:00")).reason == "Christmas line"


def test_two_rows_of_a_special_day_are_its_two_openings() -> None:
    morning, evening = (SpecialDay(date(2026, 1, 14), "Split day", Hours(*pair)) for pair in ((540, 600), (1080, 1140)))
    calendar = usual(special_days=[morning, evening])
    assert [ask(calendar, utc(f"2026-01-14 {hour}:30")).state for hour in ("09", "12", "18")] == ["open", "closed", "open"]


def test_an_installation_adds_renames_and_takes_away_holidays() -> None:
    changes = [
        HolidayCorrection(date(2026, 4, 6), "Easter Monday here"),
        HolidayCorrection(date(2026, 5, 4), "Early May holiday"),
        HolidayCorrection(date(2026, 11, 30), "", observed=False),
    ]
    calendar = Calendar(LONDON, NINE_TO_FIVE, holidays=PublicHolidays("scotland", changes))
    answers = [ask(calendar, utc(f"{day} 12:00")) for day in ("2026-04-06", "2026-05-04", "2026-11-30")]
    assert [(answer.state, answer.reason) for answer in answers] == [
        ("closed", "Easter Monday here"),
        ("closed", "Early May holiday"),
        ("open", None),
    ]
