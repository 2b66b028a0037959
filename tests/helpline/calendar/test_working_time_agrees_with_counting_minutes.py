"""The promised time is over when so many open minutes have gone by, and not a minute later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from helpline.calendar import Calendar, Hours, add_working_time, working_time
from tests.helpline.calendar.by_the_minute import MINUTE, open_minutes
from tests.helpline.calendar.strategies import situations

WATCHED = timedelta(days=6)


@given(situations(), st.integers(1, 1500))
def test_adding_working_time_counts_open_minutes(situation: tuple[Calendar, datetime], amount: int) -> None:
    calendar, at = situation
    reached = add_working_time(calendar, at, amount * MINUTE)
    counted = list(open_minutes(calendar, at, at + WATCHED))[:amount]
    if len(counted) == amount:
        assert reached == counted[-1] + MINUTE
    else:
        assert reached is None or reached > at + WATCHED


@given(situations(), st.integers(0, 3000), st.integers(0, 3000))
def test_working_time_between_two_instants_is_never_negative(situation: tuple[Calendar, datetime], later: int, earlier: int) -> None:
    calendar, at = situation
    start, end = at + later * MINUTE, at + earlier * MINUTE
    between = working_time(calendar, start, end)
    assert timedelta() <= between <= max(end - start, timedelta())


def test_it_is_none_where_the_end_comes_first_within_one_opening() -> None:
    calendar = Calendar(week={weekday: [Hours(540, 1020)] for weekday in range(7)}, zone=ZoneInfo("Europe/London"))
    ten = datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert working_time(calendar, ten, ten - 10 * MINUTE) == timedelta()
    assert working_time(calendar, ten, ten + 10 * MINUTE) == 10 * MINUTE
