"""Nine to five begins at 09:00:00 and is over at 17:00:00 by the clock on the wall, on the days around each change of clock too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from helpline.calendar import Calendar, Hours
from tests.world.instants import LONDON, ask, utc

EVERY_DAY = {weekday: [Hours(540, 1020)] for weekday in range(7)}
DAYS = [
    (zone, day + timedelta(days=offset))
    for zone, days in {
        "Europe/London": [date(2026, 3, 29), date(2026, 10, 25)],
        "Europe/Warsaw": [date(2026, 3, 29), date(2026, 10, 25)],
        "America/St_Johns": [date(2026, 3, 8), date(2026, 11, 1)],
        "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    }.items()
    for day in days
    for offset in (-1, 0, 1)
]


@pytest.mark.parametrize(("zone", "day"), DAYS)
@pytest.mark.parametrize(
    ("wall", "state"),
    [
        ("08:59:59", "closed"),
        ("09:00:00", "open"),
        ("16:44:59", "open"),
        ("16:45:00", "closing_soon"),
        ("16:59:59", "closing_soon"),
        ("17:00:00", "closed"),
    ],
)
def test_nine_to_five_by_the_clock_on_the_wall(zone: str, day: date, wall: str, state: str) -> None:
    local = datetime.combine(day, time.fromisoformat(wall), tzinfo=ZoneInfo(zone))
    assert ask(Calendar(ZoneInfo(zone), EVERY_DAY), local.astimezone(UTC)).state == state


def test_the_same_wall_clock_time_is_another_instant_after_the_change() -> None:
    calendar = Calendar(LONDON, EVERY_DAY)
    assert ask(calendar, utc("2026-03-28 05:00")).opens_at == utc("2026-03-28 09:00")
    assert ask(calendar, utc("2026-03-29 05:00")).opens_at == utc("2026-03-29 08:00")
    assert ask(calendar, utc("2026-10-24 05:00")).opens_at == utc("2026-10-24 08:00")
    assert ask(calendar, utc("2026-10-25 05:00")).opens_at == utc("2026-10-25 09:00")


def test_a_microsecond_before_five_is_still_open() -> None:
    calendar = Calendar(LONDON, EVERY_DAY)
    assert ask(calendar, utc("2026-01-05 16:59:59.999999")).state == "closing_soon"
