"""Planning fills each open hour, on both channels, with nobody in two places and the work shared."""

from collections import Counter
from datetime import date, timedelta

import pytest

from helpline.calendar import Hours
from helpline.calendar.able_to_answer import BY_THE_ROTA
from helpline.hours.calendars import UnknownChannel
from helpline.hours.channels import channel_availability
from helpline.hours.set_week import set_opening_week
from helpline.models import Absence, Counsellor, Organisation, Shift
from helpline.rota.planner import plan_rota
from tests.world.instants import utc

# A fortnight with a change of clock in the middle and Good Friday at its end.
FIRST, DAYS = date(2026, 3, 23), 14


@pytest.fixture
def team(organisation: Organisation, anna: Counsellor, ben: Counsellor) -> list[Counsellor]:
    return [anna, ben]


@pytest.mark.parametrize("people", [2, pytest.param(3, marks=pytest.mark.night("by day with two"))])
def test_a_fortnight_on_both_channels_is_staffed_whenever_it_is_open(team: list[Counsellor], stella: Counsellor, people: int) -> None:
    counsellors = [*team, stella][:people]
    for channel in ("phone", "messages"):
        assert plan_rota(counsellors, channel, FIRST, DAYS).gaps == []
    for channel in ("phone", "messages"):
        for half_hours in range(DAYS * 48):
            at = utc("2026-03-23 00:00") + timedelta(minutes=30 * half_hours)
            answer = channel_availability(channel=channel, at=at, besides=BY_THE_ROTA)
            assert answer.state != "unstaffed", at
            assert (answer.state == "closed") == (channel_availability(channel=channel, at=at, calendar_only=True).state == "closed")
    hours = Counter(shift.counsellor_id for shift in Shift.objects.all())
    assert max(hours.values()) - min(hours.values()) <= 2


def test_a_day_is_two_shifts_by_the_clock_on_the_wall(team: list[Counsellor]) -> None:
    plan_rota(team, "phone", date(2026, 3, 30), 1)
    assert [(shift.starts_at, shift.ends_at) for shift in Shift.objects.all()] == [
        (utc("2026-03-30 08:00"), utc("2026-03-30 12:00")),
        (utc("2026-03-30 12:00"), utc("2026-03-30 16:00")),
    ]


def test_no_shift_is_planned_on_a_holiday_or_a_weekend(team: list[Counsellor]) -> None:
    plan = plan_rota(team, "phone", date(2026, 4, 3), 3)
    assert (plan.shifts, plan.gaps) == ([], [])


def test_planning_again_changes_nothing(team: list[Counsellor]) -> None:
    made = plan_rota(team, "phone", FIRST, DAYS)
    assert len(made.shifts) == Shift.objects.count() == 18
    assert plan_rota(team, "phone", FIRST, DAYS).shifts == []


def test_whoever_is_away_or_busy_is_left_alone_and_the_gap_is_told(team: list[Counsellor]) -> None:
    anna, ben = team
    Absence.objects.create(counsellor=anna, starts_at=utc("2026-03-23 10:00"), ends_at=utc("2026-03-23 11:00"))
    Shift.objects.create(counsellor=ben, channel="messages", starts_at=utc("2026-03-23 12:00"), ends_at=utc("2026-03-23 14:00"))
    plan = plan_rota(team, "phone", FIRST, 1)
    # The morning falls into Anna's absence and meets Ben's other shift; of the afternoon Ben has an hour already.
    assert [(gap.start, gap.end) for gap in plan.gaps] == [(utc("2026-03-23 09:00"), utc("2026-03-23 13:00"))]
    assert [(shift.counsellor, shift.starts_at) for shift in plan.shifts] == [(anna, utc("2026-03-23 13:00"))]


def test_two_at_a_time_where_two_are_wanted(team: list[Counsellor]) -> None:
    plan = plan_rota(team, "phone", FIRST, 1, minimum=2)
    assert [shift.counsellor for shift in plan.shifts] == [*team, *team]
    assert len(plan_rota(team, "phone", FIRST, 1, minimum=3).gaps) == 2


def test_a_long_night_is_cut_into_shifts_that_are_short_enough(team: list[Counsellor], stella: Counsellor) -> None:
    set_opening_week(channel="phone", week={weekday: [Hours(0, 1440)] for weekday in range(7)})
    assert plan_rota([*team, stella], "phone", FIRST, 7).gaps == []
    assert all(shift.ends_at - shift.starts_at <= timedelta(hours=4) for shift in Shift.objects.all())
    assert channel_availability(channel="phone", at=utc("2026-03-24 00:00")).state == "open"


def test_a_channel_that_is_not_there_is_refused(team: list[Counsellor]) -> None:
    with pytest.raises(UnknownChannel, match="carrier pigeon"):
        plan_rota(team, "carrier pigeon", FIRST, 1)
