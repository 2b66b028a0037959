"""A night is two rows that meet at midnight, and one opening: nobody is told that it closes at midnight."""

from datetime import date

import pytest

from helpline.calendar import Calendar, Hours, PublicHolidays, SpecialDay
from tests.world.instants import LONDON, ask, utc

FRIDAY_NIGHT = Calendar(LONDON, {4: [Hours(1200, 1440)], 5: [Hours(0, 240)]})


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-01-09 19:59:59", "closed"),
        ("2026-01-09 20:00", "open"),
        ("2026-01-09 23:59:59", "open"),
        ("2026-01-10 00:00", "open"),
        ("2026-01-10 03:44:59", "open"),
        ("2026-01-10 03:45", "closing_soon"),
        ("2026-01-10 04:00", "closed"),
    ],
)
def test_a_night_does_not_close_at_midnight(at: str, state: str) -> None:
    assert ask(FRIDAY_NIGHT, utc(at)).state == state


@pytest.mark.parametrize("at", ["2026-01-09 20:00", "2026-01-09 23:50", "2026-01-10 00:00"])
def test_the_end_is_that_of_the_whole_night(at: str) -> None:
    assert ask(FRIDAY_NIGHT, utc(at)).closes_at == utc("2026-01-10 04:00")


def test_the_next_opening_begins_before_midnight() -> None:
    assert ask(FRIDAY_NIGHT, utc("2026-01-10 04:00")).opens_at == utc("2026-01-16 20:00")


def test_a_night_over_the_change_of_clock_is_one_opening() -> None:
    saturday_night = Calendar(LONDON, {5: [Hours(1200, 1440)], 6: [Hours(0, 240)]})
    assert ask(saturday_night, utc("2026-03-28 21:00")).closes_at == utc("2026-03-29 03:00")
    assert ask(saturday_night, utc("2026-10-24 21:00")).closes_at == utc("2026-10-25 04:00")


def test_a_line_that_never_closes_has_no_end_and_never_closes_soon() -> None:
    always = Calendar(LONDON, {weekday: [Hours(0, 1440)] for weekday in range(7)})
    answer = ask(always, utc("2026-01-10 23:59:59"))
    assert (answer.state, answer.closes_at, answer.changes_at) == ("open", None, None)
    assert answer.reply_by == utc("2026-01-11 07:59:59")


def test_a_line_that_never_opens_has_no_opening_and_promises_nothing() -> None:
    answer = ask(Calendar(LONDON), utc("2026-01-10 12:00"))
    assert (answer.state, answer.opens_at, answer.reply_by, answer.reason) == ("closed", None, None, None)


class Asked(PublicHolidays):
    """Public holidays that note for which days they were asked."""

    days: list[date] = []

    def name(self, day: date) -> str | None:
        self.days.append(day)
        return super().name(day)


def test_for_a_line_without_any_hours_no_year_is_searched() -> None:
    """Every public page asks: it took half of the page's time."""
    Asked.days.clear()
    without = Calendar(LONDON, {0: []}, special_days=[SpecialDay(date(2026, 1, 12), "A day off")], holidays=Asked())
    assert ask(without, utc("2026-01-10 12:00")).state == "closed"
    assert len(Asked.days) < 5
    one_day = Calendar(LONDON, special_days=[SpecialDay(date(2026, 12, 24), "The one day", Hours(540, 600))], holidays=Asked())
    assert ask(one_day, utc("2026-01-10 12:00")).opens_at == utc("2026-12-24 09:00")
