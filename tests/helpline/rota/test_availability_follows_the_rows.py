"""A change of hours, rota or people is seen by the next question: there is nothing to invalidate."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from helpline.calendar import Availability, Hours
from helpline.calendar.intervals import NotAnInstant
from helpline.calendar.public_holidays import UnknownNation
from helpline.hours.calendars import UnknownChannel
from helpline.hours.channels import channel_availability
from helpline.hours.set_week import set_opening_week
from helpline.hours.wording import phone_words
from helpline.models import Absence, Closure, Counsellor, HolidayChange, Organisation, Shift, SpecialDay
from tests.world.instants import utc

MONDAY = date(2026, 1, 12)
TEN, ELEVEN, NOON = utc("2026-01-12 10:00"), utc("2026-01-12 11:00"), utc("2026-01-12 12:00")


@pytest.fixture
def shift(organisation: Organisation, anna: Counsellor) -> Shift:
    return Shift.objects.create(counsellor=anna, channel="phone", starts_at=TEN, ends_at=NOON)


def _at(hour: str, channel: str = "phone") -> Availability:
    return channel_availability(channel=channel, at=utc(f"2026-01-12 {hour}"))


@pytest.mark.parametrize(
    ("hour", "state", "changes"),
    [
        ("08:00", "closed", "09:00"),
        ("09:30", "unstaffed", "10:00"),
        ("10:00", "open", "12:00"),
        ("12:00", "unstaffed", "16:45"),
        ("16:50", "unstaffed", "17:00"),
    ],
)
def test_open_only_while_somebody_is_on_duty(shift: Shift, hour: str, state: str, changes: str) -> None:
    answer = _at(hour)
    assert (answer.state, answer.changes_at) == (state, utc(f"2026-01-12 {changes}"))
    assert answer.closes_at == (None if state == "closed" else utc("2026-01-12 17:00"))


def test_the_other_channel_has_its_own_rota(shift: Shift) -> None:
    assert (_at("10:30").state, _at("10:30", "messages").state) == ("open", "unstaffed")


def test_an_absence_leaves_the_line_unstaffed(shift: Shift, ben: Counsellor) -> None:
    Absence.objects.create(counsellor=shift.counsellor, starts_at=ELEVEN, ends_at=NOON)
    assert (_at("10:30").changes_at, _at("11:00").state) == (ELEVEN, "unstaffed")
    Shift.objects.create(counsellor=ben, channel="phone", starts_at=ELEVEN, ends_at=NOON)
    assert (_at("10:30").changes_at, _at("11:00").state) == (NOON, "open")


@pytest.mark.parametrize("off", ["counsellor", "account"])
def test_somebody_switched_off_staffs_nothing(shift: Shift, off: str) -> None:
    row = shift.counsellor if off == "counsellor" else shift.counsellor.account
    setattr(row, "active" if off == "counsellor" else "is_active", False)
    row.save()
    assert _at("10:30").state == "unstaffed"


def test_without_the_rota_the_calendar_alone_speaks(shift: Shift) -> None:
    assert channel_availability(channel="messages", at=TEN, calendar_only=True).state == "open"


def test_a_closure_of_one_channel_leaves_the_other(shift: Shift) -> None:
    Closure.objects.create(channel="messages", starts_at=TEN, ends_at=NOON, reason="Fault")
    assert (_at("10:30").state, _at("10:30", "messages").reason) == ("open", "Fault")


def test_a_closure_of_no_channel_closes_all(shift: Shift) -> None:
    Closure.objects.create(starts_at=TEN, ends_at=NOON, reason="Flood")
    assert (_at("10:30").reason, _at("10:30", "messages").reason) == ("Flood", "Flood")


def test_special_days_and_changed_holidays_count(shift: Shift) -> None:
    HolidayChange.objects.create(date=MONDAY, name="Local fair")
    assert _at("10:30").reason == "Local fair"
    SpecialDay.objects.create(channel="phone", date=MONDAY, name="Fair line", opens=600, closes=660)
    assert (_at("10:30").state, _at("10:30").closes_at) == ("open", ELEVEN)
    assert _at("10:30", "messages").reason == "Local fair"


def test_another_nation_can_be_asked_for(organisation: Organisation) -> None:
    easter_monday = utc("2026-04-06 10:00")
    assert channel_availability(channel="phone", at=easter_monday, calendar_only=True).state == "open"
    assert channel_availability(channel="phone", at=easter_monday, nation="england-and-wales", calendar_only=True).reason == "Easter Monday"


def test_the_promise_is_the_organisations(organisation: Organisation) -> None:
    organisation.promise_minutes = 60
    organisation.save()
    assert _at("10:00").reply_by == ELEVEN


def test_the_zone_is_the_organisations(organisation: Organisation) -> None:
    organisation.time_zone = "Europe/Warsaw"
    organisation.save()
    assert channel_availability(channel="phone", at=utc("2026-01-12 08:00"), calendar_only=True).state == "open"


def test_a_new_week_takes_the_place_of_the_old(organisation: Organisation) -> None:
    set_opening_week(channel="phone", week={0: [Hours(0, 60), Hours(600, 660)]})
    assert [
        channel_availability(channel="phone", at=utc(f"2026-01-12 {hour}"), calendar_only=True).state
        for hour in ("00:30", "09:30", "10:30")
    ] == [
        "open",
        "closed",
        "open",
    ]
    assert channel_availability(channel="messages", at=utc("2026-01-12 09:30"), calendar_only=True).state == "open"


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ({"channel": "smoke signals", "at": TEN}, UnknownChannel),
        ({"channel": "phone", "at": TEN.replace(tzinfo=None)}, NotAnInstant),
        ({"channel": "phone", "at": TEN, "nation": "atlantis"}, UnknownNation),
    ],
)
def test_what_makes_no_sense_is_refused(organisation: Organisation, named: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        channel_availability(**named)  # type: ignore[arg-type]


def test_a_last_shift_that_ends_just_before_closing_is_said_from_the_beginning(organisation: Organisation, anna: Counsellor) -> None:
    """Within the last quarter of an hour too, which is a change of its own."""
    Shift.objects.create(counsellor=anna, channel="phone", starts_at=ELEVEN, ends_at=utc("2026-01-12 16:50"))
    for hour in ("12:00", "16:44", "16:46"):
        answer = _at(hour)
        assert answer.staffed_until == utc("2026-01-12 16:50"), hour
        assert "4:50pm" in phone_words(answer, ZoneInfo("Europe/London")).headline, hour
    assert _at("16:55").state == "unstaffed"
