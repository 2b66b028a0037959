"""A plan for some weeks: gaps go to people who named these times, rested and within their hours, evenly, and liked times first."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.calendar import Hours, Interval
from helpline.calendar.rest import short_rests
from helpline.hours.set_week import set_opening_week
from helpline.models import Absence, Account, Availability, Counsellor, MinimumCover, Organisation, Shift
from helpline.rota.month_plan import MonthPlan, draft_plan, plan_month
from helpline.rota.plan_solver import PlanPerson, PlanSlot, solve_plan
from helpline.rota.shifts import add_shift
from tests.helpline.rota.times import AT, DAY, FIVE, NINE, ONE
from tests.parts.examples import examples

MONDAY, LONDON = date(2026, 11, 2), ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def weekdays(organisation: Organisation) -> None:
    """Open from nine to five on weekdays, for messages alone."""
    set_opening_week(channel="phone", week={})
    set_opening_week(channel="messages", week={weekday: [Hours(540, 1020)] for weekday in range(5)})


def _can(who: Counsellor, weekdays: str, starts: int = 540, ends: int = 1020, wish: str = "can") -> None:
    for weekday in weekdays:
        Availability.objects.create(counsellor=who, weekday=int(weekday), starts=starts, ends=ends, wish=wish)


def _plan(weeks: int = 1, usual_hours: int = 40) -> MonthPlan:
    plan = plan_month(MONDAY, weeks, usual_hours=usual_hours, at=AT)
    draft_plan(plan)
    return plan


def test_gaps_become_drafts_in_the_times_that_people_named(anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    _can(anna, "01234", 540, 780)
    _can(ben, "01234", 780, 1020)
    plan = _plan()
    assert plan.best
    assert (len(plan.shifts), plan.unfilled, plan.silent) == (10, [], ["Stella"])
    assert {(shift.counsellor, shift.starts_at.hour, shift.state) for shift in Shift.objects.select_related("counsellor")} == {
        (anna, 9, "draft"),
        (ben, 13, "draft"),
    }
    assert _plan().shifts == [], "what is drafted is a gap no longer"


def test_nobody_works_beside_a_shift_of_theirs_while_away_or_beyond_their_hours(anna: Counsellor, ben: Counsellor) -> None:
    _can(anna, "01")
    Counsellor.objects.filter(pk=anna.pk).update(most_hours=12)
    add_shift(counsellor=anna, channel="messages", starts_at=NINE, ends_at=ONE)
    _can(ben, "0123")
    Absence.objects.create(counsellor=ben, starts_at=NINE + DAY, ends_at=NINE + 3 * DAY)
    plan = _plan()
    own = {who: [(shift.starts_at, shift.ends_at) for shift in plan.shifts if shift.counsellor_id == who.pk] for who in (anna, ben)}
    assert sorted(own[anna] + own[ben]) == [
        (ONE, FIVE),
        (NINE + DAY, ONE + DAY),
        (ONE + DAY, FIVE + DAY),
        (NINE + 3 * DAY, ONE + 3 * DAY),
        (ONE + 3 * DAY, FIVE + 3 * DAY),
    ]
    assert len(own[anna]) == 2, "four hours stand already"
    assert [slot.start for _, slot, _ in plan.unfilled] == [NINE + 2 * DAY, ONE + 2 * DAY, NINE + 4 * DAY, ONE + 4 * DAY]


def test_a_liked_time_goes_to_whoever_likes_it_and_hours_stay_even(anna: Counsellor, ben: Counsellor) -> None:
    for who, liked in ((anna, "024"), (ben, "13")):
        _can(who, "01234")
        _can(who, liked, wish="like")
    plan = _plan()
    assert {share.name: (share.worked, share.liked) for share in plan.shares} == {
        "Anna": (timedelta(hours=20), 5),
        "Ben": (timedelta(hours=20), 4),
    } or sum(share.liked for share in plan.shares) == 9
    assert [share.worked for share in plan.shares] == [timedelta(hours=20)] * 2


def test_what_stands_in_a_week_without_gaps_counts_in_the_share(anna: Counsellor) -> None:
    _can(anna, "0", 540, 780)
    for days in range(5):
        add_shift(counsellor=anna, channel="messages", starts_at=NINE + (7 + days) * DAY, ends_at=ONE + (7 + days) * DAY)
        add_shift(counsellor=anna, channel="messages", starts_at=ONE + (7 + days) * DAY, ends_at=FIVE + (7 + days) * DAY)
    (share,) = _plan(weeks=2).shares
    assert (share.worked, share.most, share.planned) == (timedelta(hours=44), timedelta(hours=80), 1)


def test_two_pieces_that_touch_are_one_time(anna: Counsellor) -> None:
    _can(anna, "0", 540, 660)
    _can(anna, "0", 660, 780, wish="like")
    assert [(shift.starts_at, shift.ends_at) for shift in _plan().shifts] == [(NINE, ONE)]
    assert _plan().shares[0].liked == 0


def test_forty_volunteers_get_a_fair_month(organisation: Organisation) -> None:
    for number in range(40):
        account = Account.objects.create(email=f"v{number}@helpline.example", name=f"V{number:02}")
        who = Counsellor.objects.create(account=account, display_name=account.name, most_hours=8)
        _can(who, "".join(str((number + step) % 5) for step in (0, 1)), 540, 1020)
        _can(who, str(number % 5), 540 if number % 2 else 780, 780 if number % 2 else 1020, wish="like")
    for weekday in range(5):
        MinimumCover.objects.create(channel="messages", weekday=weekday, opens=540, closes=1020, number=3)
    plan = _plan(weeks=4)
    assert plan.best
    assert (len(plan.shifts), plan.unfilled) == (4 * 5 * 2 * 3, [])
    # 480 hours for forty people: twelve each.
    assert {share.worked for share in plan.shares} == {timedelta(hours=12)}


numbers = st.integers(0, 5)


@examples(day=6)
@given(
    slots=st.lists(st.tuples(st.integers(0, 3), st.sampled_from([60, 120, 240]), st.integers(1, 2)), min_size=1, max_size=6),
    people=st.lists(
        st.tuples(st.sets(numbers), st.sets(numbers), st.sets(st.tuples(numbers, numbers)), st.sampled_from([0, 240, 600])), max_size=4
    ),
)
def test_no_plan_breaks_a_rule_or_leaves_a_place_that_someone_could_take(
    slots: list[tuple[int, int, int]], people: list[tuple[set[int], set[int], set[tuple[int, int]], int]]
) -> None:
    asked = [PlanSlot(day, 0, minutes, missing) for day, minutes, missing in slots]
    those = [
        PlanPerson(
            sorted(number for number in fits if number < len(asked)),
            sorted(number for number in fits & likes if number < len(asked)),
            sorted((one, other) for one, other in apart if one != other and {one, other} <= fits and max(one, other) < len(asked)),
            [0],
            most,
        )
        for fits, likes, apart, most in people
    ]
    found = solve_plan(asked, those, most_a_day=480, seconds=10)
    given = list(found.given)
    assert len(set(given)) == len(given)

    def allowed(pairs: list[tuple[int, int]]) -> bool:
        own = {each: [slot for person, slot in pairs if person == each] for each in range(len(those))}
        return (
            all(set(own[each]) <= set(person.fits) for each, person in enumerate(those))
            and all(not {one, other} <= set(own[each]) for each, person in enumerate(those) for one, other in person.apart)
            and all(sum(asked[slot].minutes for slot in own[each]) <= person.most for each, person in enumerate(those))
            and all(sum(asked[slot].minutes for slot in own[each] if asked[slot].day == day) <= 480 for each in own for day in range(4))
            and all(sum(slot == number for _, slot in pairs) <= each.missing for number, each in enumerate(asked))
        )

    assert allowed(given)
    more = [(person, slot) for person in range(len(those)) for slot in range(len(asked)) if (person, slot) not in given]
    assert [pair for pair in more if allowed([*given, pair])] == []


def test_everyone_rests(anna: Counsellor, ben: Counsellor) -> None:
    set_opening_week(channel="messages", week={weekday: [Hours(0, 1440)] for weekday in range(7)})
    for who in (anna, ben):
        _can(who, "0123456", 0, 1440)
    plan = _plan(usual_hours=60)
    assert len(plan.shifts) > 10
    for who in (anna, ben):
        own = sorted((shift.starts_at, shift.ends_at) for shift in plan.shifts if shift.counsellor_id == who.pk)
        assert short_rests([Interval(*ends) for ends in own], LONDON) == []
