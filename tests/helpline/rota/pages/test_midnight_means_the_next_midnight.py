"""In every form of the rota an end at 00:00, or at 24:00, is the midnight that comes; a time that the clock skips is named as that."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from helpline.models import Counsellor
from helpline.rota.forms import AbsenceForm, MinimumCoverForm, PatternForm, ShiftForm
from tests.helpline.rota.pages.staff import Staff
from tests.world.instants import utc

LONDON = ZoneInfo("Europe/London")
MIDNIGHTS = pytest.mark.parametrize("midnight", ["00:00", "24:00"])


@pytest.fixture
def ailsa(staff: Staff) -> Counsellor:
    counsellor: Counsellor = staff.counsellor.counsellor
    return counsellor


def absence(ailsa: Counsellor, **given: str) -> AbsenceForm:
    return AbsenceForm(given, only=ailsa, zone=LONDON)


def cleaned(form: Any) -> dict[str, Any]:
    assert form.is_valid(), form.errors
    found: dict[str, Any] = form.cleaned_data
    return found


@MIDNIGHTS
def test_of_a_shift(ailsa: Counsellor, midnight: str) -> None:
    given = {"counsellor": ailsa.pk, "channel": "phone", "day": "2026-11-27", "starts": "18:00", "ends": midnight}
    interval = cleaned(ShiftForm(given, zone=LONDON))["interval"]
    assert (interval.start, interval.end) == (utc("2026-11-27 18:00"), utc("2026-11-28 00:00"))


@MIDNIGHTS
def test_of_a_pattern(ailsa: Counsellor, midnight: str) -> None:
    given = {"counsellor": ailsa.pk, "channel": "phone", "weekday": 4, "starts": "18:00", "ends": midnight, "starts_on": "2026-11-27"}
    assert cleaned(PatternForm(given, zone=LONDON))["ends"] == 1440


@MIDNIGHTS
def test_of_minimum_cover(staff: Staff, midnight: str) -> None:
    given = {"channel": "phone", "weekdays": [4], "opens": "18:00", "closes": midnight, "number": 1}
    hours = cleaned(MinimumCoverForm(given, zone=LONDON))["hours"]
    assert (hours.opens, hours.closes) == (1080, 1440)


@MIDNIGHTS
def test_of_an_absence(ailsa: Counsellor, midnight: str) -> None:
    interval = cleaned(absence(ailsa, first="2026-11-27", starts="18:00", last="2026-11-27", ends=midnight))["interval"]
    assert (interval.start, interval.end) == (utc("2026-11-27 18:00"), utc("2026-11-28 00:00"))


def test_an_absence_in_an_hour_that_is_skipped_is_named_as_that(ailsa: Counsellor) -> None:
    form = absence(ailsa, first="2027-03-28", starts="01:15", last="2027-03-28", ends="01:45")
    assert form.errors == {"starts": ["Enter another time: the clocks go forward on this day and skip all of it."]}
    assert date(2027, 3, 28).weekday() == 6


def test_an_end_before_the_start_is_still_one(ailsa: Counsellor) -> None:
    form = absence(ailsa, first="2026-11-27", starts="12:00", last="2026-11-27", ends="09:00")
    assert form.errors == {"ends": ["Enter an end that is after the start."]}
