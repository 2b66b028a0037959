"""A time with too few people is an open shift: counsellors take it, or ask for it and a lead decides, as the organisation has it."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from helpline.calendar import Hours, Interval
from helpline.hours.set_week import set_opening_week
from helpline.models import Absence, Account, Counsellor, MinimumCover, Organisation, Shift, ShiftRequest
from helpline.rota.consequences import AllConsequences, Consequences
from helpline.rota.notices import send_rota_notices
from helpline.rota.open_shifts import (
    OpenShift,
    RequestNoLongerOpen,
    ShiftNotOpen,
    approve_shift_request,
    ask_all_who_are_free,
    open_shifts,
    refuse_shift_request,
    request_open_shift,
    take_open_shift,
    withdraw_shift_request,
)
from helpline.rota.shifts import add_shift
from helpline.rota.swaps import NotFreeForShift
from tests.helpline.rota.times import AT, DAY, FIVE, NINE, ONE

MORNING, AFTERNOON = Interval(NINE, ONE), Interval(ONE, FIVE)


@pytest.fixture(autouse=True)
def mondays(organisation: Organisation) -> None:
    """Open from nine to five on Mondays, for messages alone."""
    set_opening_week(channel="phone", week={})
    set_opening_week(channel="messages", week={0: [Hours(540, 1020)]})


@pytest.fixture
def by_taking(organisation: Organisation) -> None:
    Organisation.objects.update(open_shifts="take")


def _of_monday(who: Counsellor | None) -> dict[Interval, OpenShift]:
    return {each.interval: each for each in open_shifts(who, at=AT) if each.interval.start < NINE + DAY}


def test_what_lacks_someone_is_open_in_pieces_that_one_person_can_take(anna: Counsellor, morning: Shift) -> None:
    assert list(_of_monday(anna)) == [AFTERNOON]
    MinimumCover.objects.create(channel="messages", weekday=0, opens=540, closes=780, number=3)
    shown = _of_monday(anna)
    assert {interval: (each.missing, each.why_not) for interval, each in shown.items()} == {
        MORNING: (2, "You have a shift then."),
        AFTERNOON: (1, ""),
    }


def test_a_draft_that_will_fill_it_closes_it(anna: Counsellor, ben: Counsellor) -> None:
    Shift.objects.create(counsellor=anna, channel="messages", starts_at=NINE, ends_at=ONE, state="draft")
    assert list(_of_monday(ben)) == [AFTERNOON]


def test_each_sees_what_keeps_them_from_it(anna: Counsellor, ben: Counsellor, stella: Counsellor) -> None:
    Absence.objects.create(counsellor=anna, starts_at=NINE, ends_at=NINE + timedelta(minutes=30))
    add_shift(counsellor=ben, channel="phone", starts_at=NINE - timedelta(hours=14), ends_at=NINE - timedelta(hours=9))
    assert [_of_monday(who)[MORNING].why_not for who in (anna, ben, stella)] == [
        "You are away then.",
        "It would leave you less than eleven hours’ rest.",
        "",
    ]
    with pytest.raises(NotFreeForShift, match="is away at that time"):
        request_open_shift(anna, "messages", MORNING, at=AT)


def test_the_first_to_take_it_has_it(by_taking: None, anna: Counsellor, ben: Counsellor) -> None:
    take_open_shift(anna, "messages", MORNING, at=AT)
    assert Shift.objects.values_list("counsellor__display_name", "state").get() == ("Anna", "published")
    with pytest.raises(ShiftNotOpen, match="no longer open"):
        take_open_shift(ben, "messages", MORNING, at=AT)
    assert Shift.objects.count() == 1


def test_nobody_takes_what_breaks_their_rest_and_a_lead_may_give_it(by_taking: None, ben: Counsellor, lead: Account) -> None:
    add_shift(counsellor=ben, channel="phone", starts_at=NINE - timedelta(hours=14), ends_at=NINE - timedelta(hours=9))
    with pytest.raises(Consequences, match="less than eleven hours"):
        take_open_shift(ben, "messages", MORNING, at=AT)
    Organisation.objects.update(open_shifts="ask")
    asked = request_open_shift(ben, "messages", MORNING, at=AT)
    with pytest.raises(Consequences, match="less than eleven hours"):
        approve_shift_request(asked, by=lead, at=AT, known=())
    assert ShiftRequest.objects.get().state == "asked"
    approve_shift_request(asked, by=lead, at=AT, known=AllConsequences())
    assert Shift.objects.filter(counsellor=ben, starts_at=NINE).exists()


def test_no_time_but_an_open_one_can_be_taken(by_taking: None, anna: Counsellor, morning: Shift) -> None:
    for wrong in (MORNING, Interval(NINE - timedelta(hours=4), NINE), Interval(ONE, ONE + timedelta(hours=1))):
        with pytest.raises(ShiftNotOpen):
            take_open_shift(anna, "messages", wrong, at=AT)
    with pytest.raises(ShiftNotOpen, match="no longer open"):
        take_open_shift(anna, "messages", AFTERNOON, at=ONE)


@pytest.mark.parametrize("way", ["ask", "off"])
def test_nobody_takes_one_where_the_organisation_does_not_have_it_so(way: str, anna: Counsellor) -> None:
    Organisation.objects.update(open_shifts=way)
    with pytest.raises(ShiftNotOpen, match="has changed how"):
        take_open_shift(anna, "messages", MORNING, at=AT)


def test_a_request_waits_for_a_lead_and_ends_for_those_who_came_too_late(
    settings: Settings, anna: Counsellor, ben: Counsellor, stella: Counsellor, lead: Account
) -> None:
    settings.SENDS_EMAIL = True
    asked = [request_open_shift(who, "messages", MORNING, at=AT) for who in (anna, ben)]
    with pytest.raises(ShiftNotOpen, match="already"):
        request_open_shift(anna, "messages", MORNING, at=AT)
    kept = request_open_shift(stella, "messages", AFTERNOON, at=AT)
    assert Shift.objects.count() == 0
    approve_shift_request(asked[0], by=lead, at=AT, known=())
    assert [ShiftRequest.objects.get(pk=each.pk).state for each in (*asked, kept)] == ["approved", "refused", "asked"]
    with pytest.raises(RequestNoLongerOpen):
        approve_shift_request(asked[1], by=lead, at=AT, known=())
    assert Shift.objects.get().counsellor == anna
    send_rota_notices(at=AT)
    assert sorted((each.to[0].partition("@")[0], str(each.subject)) for each in mail.outbox) == [
        ("anna", "Rota: a new shift"),
        ("ben", "Rota: a shift you asked for is not yours"),
        *[("lena", "Rota: someone asks for an open shift")] * 3,
    ]


def test_a_request_can_be_refused_or_withdrawn_once(anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    refused, withdrawn = (request_open_shift(who, "messages", MORNING, at=AT) for who in (anna, ben))
    with pytest.raises(RequestNoLongerOpen):
        withdraw_shift_request(refused, by=ben, at=AT)
    refuse_shift_request(refused, by=lead, at=AT)
    withdraw_shift_request(withdrawn, by=ben, at=AT)
    for again in (refused, withdrawn):
        with pytest.raises(RequestNoLongerOpen):
            refuse_shift_request(again, by=lead, at=AT)
    assert Shift.objects.count() == 0
    shown = _of_monday(anna)[MORNING].request
    assert shown is not None
    assert shown.state == "refused"
    # Whoever withdrew may ask again.
    request_open_shift(ben, "messages", MORNING, at=AT)


def test_a_long_gap_is_cut_the_same_a_minute_later_and_what_was_asked_of_it_stays(anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    """Thirty-one hours in a row are eight pieces; once the first is filled, the rest would be seven of other lengths."""
    set_opening_week(channel="messages", week={0: [Hours(0, 1440)], 1: [Hours(0, 420)]})
    now = NINE + timedelta(hours=1)
    listed = [[each.interval for each in open_shifts(None, at=now + timedelta(minutes=minutes))] for minutes in (0, 7)]
    assert listed[0] == listed[1]
    first, second = listed[0][:2]
    asked = [request_open_shift(who, "messages", slot, at=now) for who, slot in ((anna, first), (ben, second))]
    approve_shift_request(asked[0], by=lead, at=now, known=AllConsequences())
    assert ShiftRequest.objects.get(pk=asked[1].pk).state == "asked"
    approve_shift_request(asked[1], by=lead, at=now, known=AllConsequences())
    assert Shift.objects.count() == 2


def test_all_who_are_free_are_asked_once_a_day(
    settings: Settings, anna: Counsellor, ben: Counsellor, stella: Counsellor, morning: Shift
) -> None:
    settings.SENDS_EMAIL = True
    Absence.objects.create(counsellor=ben, starts_at=ONE, ends_at=FIVE)
    assert ask_all_who_are_free("messages", AFTERNOON, at=AT) == ask_all_who_are_free("messages", AFTERNOON, at=AT) == 1
    send_rota_notices(at=AT)
    assert [(each.to, str(each.subject)) for each in mail.outbox] == [(["stella@helpline.example"], "Rota: can you take an open shift?")]
