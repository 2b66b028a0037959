"""The page never shows "open" when nobody would answer."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from helpline.calendar import Calendar, Interval, compute_availability
from helpline.calendar.staffing import Duty, staffed_intervals
from tests.helpline.calendar.by_the_minute import MINUTE, open_minutes
from tests.helpline.calendar.strategies import situations

times = st.lists(st.tuples(st.integers(1, 3), st.integers(-300, 300), st.integers(1, 360)), max_size=5)


def _duties(at: datetime, drawn: list[tuple[int, int, int]]) -> list[Duty]:
    return [Duty(person, Interval(at + start * MINUTE, at + (start + length) * MINUTE)) for person, start, length in drawn]


@given(situations(), times, times)
def test_open_means_within_hours_and_somebody_has_a_shift_and_is_not_away(
    situation: tuple[Calendar, datetime], shifts: list[tuple[int, int, int]], absences: list[tuple[int, int, int]]
) -> None:
    calendar, at = situation
    working, away = _duties(at, shifts), _duties(at, absences)
    answer = compute_availability(calendar, channel="messages", at=at, promise=timedelta(hours=8), duty=staffed_intervals(working, away))
    present = {duty.counsellor_id for duty in working if at in duty.interval} - {duty.counsellor_id for duty in away if at in duty.interval}
    in_hours = at in set(open_minutes(calendar, at, at + MINUTE))
    assert (answer.state in {"open", "closing_soon"}) == (in_hours and bool(present))
    assert (answer.state == "unstaffed") == (in_hours and not present)


@given(situations(), times)
def test_nothing_changes_before_the_answer_says_to_ask_again(
    situation: tuple[Calendar, datetime], shifts: list[tuple[int, int, int]]
) -> None:
    calendar, at = situation
    duty = staffed_intervals(_duties(at, shifts), [])

    def answer_at(moment: datetime) -> tuple[object, ...]:
        found = compute_availability(calendar, channel="phone", at=moment, promise=timedelta(hours=8), duty=duty)
        return found.state, found.opens_at, found.closes_at, found.reason

    first = compute_availability(calendar, channel="phone", at=at, promise=timedelta(hours=8), duty=duty)
    assert first.changes_at is not None
    assert first.changes_at > at
    span = (first.changes_at - at) // MINUTE
    for minutes in {*range(0, span, max(1, span // 25)), span - 1} - {-1}:
        assert answer_at(at + minutes * MINUTE) == answer_at(at)
