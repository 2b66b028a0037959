"""The pure calendar at its boundaries, on both changes of clock, on holidays, and against a count of minutes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpline.calendar import Calendar, Holidays, Hours, Interval, add_working_time, availability

ZONES = ["Europe/London", "Europe/Warsaw", "America/St_Johns"]
NINE_TO_FIVE = {weekday: (Hours(540, 1020),) for weekday in range(5)}
PROMISE = timedelta(hours=8)
START = datetime(2024, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 7 * 365 * 24 * 60 - 1).map(lambda minutes: START + timedelta(minutes=minutes))


def office(zone: str = "Europe/London", nation: str = "none") -> Calendar:
    return Calendar(ZoneInfo(zone), NINE_TO_FIVE, holidays=Holidays(nation))


# The Friday before and the Monday after each change of clock in 2026.
@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)])
@pytest.mark.parametrize(
    ("clock", "state"),
    [
        ("08:59:59", "closed"),
        ("09:00:00", "open"),
        ("16:44:59", "open"),
        ("16:45:00", "closing_soon"),
        ("16:59:59", "closing_soon"),
        ("17:00:00", "closed"),
    ],
)
def test_the_state_changes_by_the_second(day: date, clock: str, state: str) -> None:
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Europe/London"))
    assert availability(office(), channel="phone", at=local.astimezone(UTC), promise=PROMISE).state == state


def test_a_promise_made_on_christmas_eve_is_kept_after_the_scottish_holidays() -> None:
    at = datetime(2026, 12, 24, 16, 50, tzinfo=UTC)
    found = availability(office(nation="scotland"), channel="messages", at=at, promise=PROMISE)
    assert found.state == "closing_soon"
    # Ten minutes are left on Thursday; Friday and Monday are holidays; the rest is on Tuesday.
    assert found.reply_by == datetime(2026, 12, 29, 16, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("nation", "day", "closed"),
    [
        ("scotland", date(2026, 6, 15), True),
        ("england-and-wales", date(2026, 6, 15), False),
        ("scotland", date(2026, 11, 30), True),
        ("england-and-wales", date(2026, 8, 31), True),
        ("scotland", date(2026, 8, 31), False),
        ("northern-ireland", date(2026, 3, 17), True),
    ],
)
def test_each_nation_keeps_its_own_holidays(nation: str, day: date, closed: bool) -> None:
    at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    found = availability(office(nation=nation), channel="phone", at=at, promise=PROMISE)
    assert (found.state == "closed", found.reason is not None) == (closed, closed)


@settings(max_examples=60, deadline=None)
@given(at=INSTANTS, zone=st.sampled_from(ZONES))
def test_the_next_opening_is_open_and_none_is_skipped(at: datetime, zone: str) -> None:
    found = availability(office(zone), channel="phone", at=at, promise=PROMISE)
    if found.state != "closed":
        return
    assert found.opens_at is not None
    assert availability(office(zone), channel="phone", at=found.opens_at, promise=PROMISE).state == "open"
    before = at
    while before < found.opens_at:
        assert availability(office(zone), channel="phone", at=before, promise=PROMISE).state == "closed"
        before += timedelta(minutes=47)


@settings(max_examples=40, deadline=None)
@given(at=INSTANTS, zone=st.sampled_from(ZONES), minutes=st.integers(1, 1_500))
def test_adding_working_time_agrees_with_counting_minutes(at: datetime, zone: str, minutes: int) -> None:
    by = add_working_time(office(zone), at, timedelta(minutes=minutes))
    assert by is not None
    counted, local = 0, at
    while local < by:
        wall = local.astimezone(ZoneInfo(zone))
        counted += wall.weekday() < 5 and 9 <= wall.hour < 17
        local += timedelta(minutes=1)
    assert counted == minutes


@settings(max_examples=60, deadline=None)
@given(at=INSTANTS, starts=st.integers(-600, 600), length=st.integers(1, 360))
def test_it_is_never_open_while_nobody_is_on_duty(at: datetime, starts: int, length: int) -> None:
    start = at + timedelta(minutes=starts)
    shift = Interval(start, start + timedelta(minutes=length))
    state = availability(office(), channel="phone", at=at, promise=PROMISE, duty=[shift]).state
    if at not in shift:
        assert state in {"unstaffed", "closed"}
