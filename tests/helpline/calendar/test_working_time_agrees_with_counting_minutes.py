"""The promised time is over when so many open minutes have gone by, and not a minute later."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from helpline.calendar import Calendar, add_working_time
from tests.helpline.calendar.by_the_minute import MINUTE, open_minutes
from tests.helpline.calendar.strategies import situations

WATCHED = timedelta(days=6)


@given(situations(), st.integers(1, 1500))
@settings(max_examples=80, deadline=None)
def test_adding_working_time_counts_open_minutes(situation: tuple[Calendar, datetime], amount: int) -> None:
    calendar, at = situation
    reached = add_working_time(calendar, at, amount * MINUTE)
    counted = list(open_minutes(calendar, at, at + WATCHED))[:amount]
    if len(counted) == amount:
        assert reached == counted[-1] + MINUTE
    else:
        assert reached is None or reached > at + WATCHED
