"""Weekly patterns make drafts by the clock on the wall, once, and say what they leave out."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.calendar import Hours, Interval
from helpline.calendar.rest import short_rests
from helpline.hours.set_week import set_opening_week
from helpline.models import Absence, Closure, Counsellor, Organisation, Shift, WeeklyPattern
from helpline.rota.consequences import AllConsequences
from helpline.rota.patterns import PatternOverlaps, add_pattern, end_pattern, patterns_meet
from helpline.rota.shifts import add_shift
from helpline.rota.weeks import make_shifts, publish_week
from tests.world.instants import utc

MONDAY = date(2026, 11, 2)


@pytest.fixture
def monday_mornings(organisation: Organisation, anna: Counsellor) -> WeeklyPattern:
    return add_pattern(counsellor=anna, channel="messages", weekday=0, starts=540, ends=780, starts_on=date(2026, 1, 1), ends_on=None)


@pytest.fixture
def always_open(organisation: Organisation) -> Organisation:
    set_opening_week(channel="messages", week={weekday: [Hours(0, 1440)] for weekday in range(7)})
    return organisation


def test_each_week_gets_a_draft_and_a_second_time_nothing(monday_mornings: WeeklyPattern) -> None:
    assert len(make_shifts(MONDAY, 14).shifts) == 2
    assert make_shifts(MONDAY, 14).shifts == []
    assert list(Shift.objects.values_list("state", "starts_at", "ends_at")) == [
        ("draft", utc(f"2026-11-{day} 09:00"), utc(f"2026-11-{day} 13:00")) for day in ("02", "09")
    ]


def test_a_shift_that_was_moved_or_swapped_is_not_made_again(monday_mornings: WeeklyPattern, ben: Counsellor) -> None:
    make_shifts(MONDAY, 7)
    Shift.objects.update(counsellor=ben, state="published")
    assert make_shifts(MONDAY, 7).shifts == []


@pytest.mark.parametrize(
    ("first", "starts_at", "ends_at"),
    [
        (date(2026, 3, 23), "2026-03-29 08:00", "2026-03-29 12:00"),  # BST since one o'clock that night
        (date(2026, 10, 19), "2026-10-25 09:00", "2026-10-25 13:00"),  # back in GMT since two
        (date(2026, 7, 6), "2026-07-12 08:00", "2026-07-12 12:00"),
    ],
)
def test_nine_is_nine_on_the_wall_whatever_the_clocks_do(
    always_open: Organisation, anna: Counsellor, first: date, starts_at: str, ends_at: str
) -> None:
    add_pattern(counsellor=anna, channel="messages", weekday=6, starts=540, ends=780, starts_on=date(2026, 1, 1), ends_on=None)
    make_shifts(first, 7)
    assert Shift.objects.values_list("starts_at", "ends_at").get() == (utc(starts_at), utc(ends_at))


def test_a_night_into_the_change_of_clock(always_open: Organisation, anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    """22:00 to 02:00 is three hours in spring and five in autumn; six become seven, as two; an hour that is skipped is no shift."""
    for counsellor, weekday, starts, ends in ((anna, 5, 1320, 1560), (ben, 6, 0, 360), (stella, 6, 60, 120)):
        add_pattern(
            counsellor=counsellor, channel="messages", weekday=weekday, starts=starts, ends=ends, starts_on=date(2026, 1, 1), ends_on=None
        )
    spring, autumn = make_shifts(date(2026, 3, 23), 7), make_shifts(date(2026, 10, 19), 7)
    lengths = [sorted((shift.counsellor_id, shift.ends_at - shift.starts_at) for shift in made.shifts) for made in (spring, autumn)]
    hour = timedelta(hours=1)
    assert lengths == [
        sorted([(anna.pk, 3 * hour), (ben.pk, 5 * hour)]),
        sorted([(anna.pk, 5 * hour), (ben.pk, 6 * hour), (ben.pk, hour), (stella.pk, 2 * hour)]),
    ]
    assert [len(made.left_out) for made in (spring, autumn)] == [1, 0]
    assert "skip this whole shift" in spring.left_out[0]
    first, second = Shift.objects.filter(counsellor=ben, starts_at__gte=utc("2026-10-24 00:00")).order_by("starts_at")
    assert first.ends_at == second.starts_at
    assert make_shifts(date(2026, 10, 19), 7).shifts == [], "made once"
    rests = short_rests([Interval(first.starts_at, first.ends_at), Interval(second.starts_at, second.ends_at)], ZoneInfo("Europe/London"))
    assert rests == [], "one night's work, cut in two"
    assert publish_week(date(2026, 10, 19), at=utc("2026-10-01 12:00"), known=AllConsequences()) == 4


def test_what_cannot_be_is_left_out_in_words(monday_mornings: WeeklyPattern, anna: Counsellor) -> None:
    add_shift(counsellor=anna, channel="phone", starts_at=utc("2026-11-02 12:00"), ends_at=utc("2026-11-02 14:00"))
    Absence.objects.create(counsellor=anna, starts_at=utc("2026-11-09 00:00"), ends_at=utc("2026-11-10 00:00"))
    Closure.objects.create(channel="messages", starts_at=utc("2026-11-16 00:00"), ends_at=utc("2026-11-17 00:00"), reason="Moving house")
    made = make_shifts(MONDAY, 28)
    assert [shift.starts_at for shift in made.shifts] == [utc("2026-11-23 09:00")]
    assert made.left_out == [
        "Anna, Monday 2 November, 09:00 to 13:00: has a shift at 12:00–14:00 already.",
        "Anna, Monday 9 November, 09:00 to 13:00: is away.",
        "Anna, Monday 16 November, 09:00 to 13:00: messages closed (Moving house).",
    ]


def test_dates_are_kept_to(organisation: Organisation, anna: Counsellor) -> None:
    add_pattern(
        counsellor=anna, channel="messages", weekday=0, starts=540, ends=600, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 16)
    )
    assert [shift.pattern_on for shift in make_shifts(MONDAY, 28).shifts] == [date(2026, 11, 9), date(2026, 11, 16)]


def test_whoever_is_switched_off_gets_none(monday_mornings: WeeklyPattern, anna: Counsellor) -> None:
    Counsellor.objects.filter(pk=anna.pk).update(active=False)
    assert make_shifts(MONDAY, 7).shifts == []


@pytest.mark.parametrize(("weekday", "starts", "ends"), [(0, 600, 660), (0, 480, 541), (6, 1380, 1440 + 600)])
def test_two_patterns_of_one_person_cannot_overlap(
    monday_mornings: WeeklyPattern, anna: Counsellor, weekday: int, starts: int, ends: int
) -> None:
    with pytest.raises(PatternOverlaps, match="Anna already has a pattern"):
        add_pattern(counsellor=anna, channel="phone", weekday=weekday, starts=starts, ends=ends, starts_on=date(2026, 6, 1), ends_on=None)


def test_an_ended_pattern_makes_no_more_and_its_shifts_stand(monday_mornings: WeeklyPattern) -> None:
    make_shifts(MONDAY, 14)
    end_pattern(monday_mornings, today=date(2026, 11, 10))
    assert make_shifts(date(2026, 11, 16), 28).shifts == []
    assert Shift.objects.count() == 2


@pytest.mark.parametrize(("every", "days"), [(1, [2, 9, 16, 23]), (2, [9, 23]), (4, [9]), (6, [23])])
def test_a_pattern_of_several_weeks_counts_from_its_first_weekday(
    organisation: Organisation, anna: Counsellor, every: int, days: list[int]
) -> None:
    # The first Monday is 12 October.
    first = date(2026, 10, 12) if every != 4 else date(2026, 10, 6)
    add_pattern(
        counsellor=anna, channel="messages", weekday=0, starts=540, ends=780, every=every, starts_on=first, ends_on=date(2026, 11, 30)
    )
    made = make_shifts(MONDAY, 35).shifts
    assert [shift.starts_at.day for shift in made] == days
    # Asked for week by week, the same.
    assert make_shifts(MONDAY, 7).shifts == make_shifts(MONDAY + timedelta(days=7), 28).shifts == []


@given(
    one=st.tuples(st.integers(0, 6), st.integers(0, 1439), st.sampled_from([1, 2, 4, 6]), st.integers(0, 60), st.integers(0, 90)),
    other=st.tuples(st.integers(0, 6), st.integers(0, 1439), st.sampled_from([1, 2, 4, 6]), st.integers(0, 60), st.integers(0, 90)),
    length=st.integers(1, 360),
)
def test_two_patterns_are_refused_exactly_when_some_day_has_both(
    one: tuple[int, int, int, int, int], other: tuple[int, int, int, int, int], length: int
) -> None:
    def pattern(weekday: int, starts: int, every: int, after: int, lasts: int) -> WeeklyPattern:
        first = date(2026, 1, 1) + timedelta(days=after)
        last = None if lasts > 80 else first + timedelta(days=lasts)
        return WeeklyPattern(weekday=weekday, starts=starts, ends=starts + length, every=every, starts_on=first, ends_on=last)

    def minutes(of: WeeklyPattern) -> set[int]:
        """Each begin, in minutes, found by asking every day of two years."""
        found, begun = set(), None
        for number in range(730):
            day = date(2026, 1, 1) + timedelta(days=number)
            if day < of.starts_on or (of.ends_on and day > of.ends_on) or day.weekday() != of.weekday:
                continue
            begun = begun or day
            if (day - begun).days % (7 * of.every) == 0:
                found.add(number * 1440 + of.starts)
        return found

    first, second = pattern(*one), pattern(*other)
    begins, others = minutes(first), minutes(second)
    expected = any(abs(begin - beside) < length for begin in begins for beside in others if abs(begin - beside) < 1440)
    assert patterns_meet(first, second) == expected
