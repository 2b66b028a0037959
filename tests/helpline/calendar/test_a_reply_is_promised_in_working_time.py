"""reply_by adds the promised working time, counted in opening hours, across nights, weekends and holidays."""

from datetime import timedelta

import pytest

from helpline.calendar import Closure, Interval, SpecialDay, add_working_time
from helpline.calendar.opening import Hours
from helpline.calendar.working_time import NoWorkingTime
from tests.world.instants import ask, usual, utc


@pytest.mark.parametrize(
    ("nation", "at", "reply_by"),
    [
        # Christmas Eve is a Thursday; Friday and Monday are holidays.
        ("scotland", "2026-12-24 16:50", "2026-12-29 16:50"),
        ("scotland", "2026-12-24 17:00", "2026-12-29 17:00"),
        ("scotland", "2026-12-25 12:00", "2026-12-29 17:00"),
        ("none", "2026-12-24 16:50", "2026-12-25 16:50"),
        # Hogmanay: Scotland has the 2nd of January too, and in 2027 that is made up for on Monday the 4th.
        ("scotland", "2026-12-31 16:00", "2027-01-05 16:00"),
        ("england-and-wales", "2026-12-31 16:00", "2027-01-04 16:00"),
        ("scotland", "2026-01-09 16:00", "2026-01-12 16:00"),
        ("scotland", "2026-01-12 09:00", "2026-01-12 17:00"),
        ("scotland", "2026-01-12 08:00", "2026-01-12 17:00"),
        # Over the changes of clock the promise keeps to the wall: Friday 16:00 GMT to Monday 16:00 BST, and back.
        ("scotland", "2026-03-27 16:00", "2026-03-30 15:00"),
        ("scotland", "2026-10-23 15:00", "2026-10-26 16:00"),
    ],
)
def test_eight_working_hours(nation: str, at: str, reply_by: str) -> None:
    assert ask(usual(nation), utc(at)).reply_by == utc(reply_by)


def test_closures_and_short_days_are_not_working_time() -> None:
    calendar = usual(
        special_days=[SpecialDay(utc("2026-01-13 00:00").date(), "Short day", Hours(600, 720))],
        closures=[Closure(Interval(utc("2026-01-12 11:00"), utc("2026-01-12 15:00")), "Fault")],
    )
    # Monday has four hours left of eight, Tuesday two, and Wednesday the last two.
    assert ask(calendar, utc("2026-01-12 09:00")).reply_by == utc("2026-01-14 11:00")


def test_no_time_at_all_cannot_be_promised() -> None:
    with pytest.raises(NoWorkingTime):
        add_working_time(usual(), utc("2026-01-12 09:00"), timedelta())
