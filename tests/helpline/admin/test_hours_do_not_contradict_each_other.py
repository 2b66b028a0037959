"""Hours that overlap or contradict others are refused, saying which stand; a special day may be both channels', several days', yearly."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import AuditEntry, OpeningInterval, Organisation, SpecialDay

WEEKLY, SPECIAL = reverse("admin:helpline_openinginterval_add"), reverse("admin:helpline_specialday_add")


@pytest.fixture(autouse=True)
def own(organisation: Organisation) -> None:
    OpeningInterval.objects.all().delete()


def errors(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.context["adminform"].form.errors)


def weekly(opens: str, closes: str) -> dict[str, str]:
    return {"channel": "phone", "weekday": "5", "opens": opens, "closes": closes}


def special(opens: str = "", closes: str = "", **other: str) -> dict[str, str]:
    return {"channel": "phone", "date": "2026-12-31", "name": "Hogmanay", "opens": opens, "closes": closes, **other}


def test_weekly_hours_that_overlap_are_refused_and_named(desk: Client) -> None:
    assert desk.post(WEEKLY, weekly("09:00", "17:00")).status_code == 302
    assert "Phone, Saturday 09:00–17:00" in errors(desk.post(WEEKLY, weekly("09:05", "17:00")))
    assert desk.post(WEEKLY, weekly("17:00", "18:00")).status_code == 302, "hours that meet do not overlap"
    row = OpeningInterval.objects.get(opens=540)
    assert desk.post(reverse("admin:helpline_openinginterval_change", args=[row.pk]), weekly("09:00", "16:00")).status_code == 302


@pytest.mark.parametrize("closes", ["00:00", "24:00"])
def test_midnight_as_an_end_is_the_one_that_comes(desk: Client, closes: str) -> None:
    assert desk.post(WEEKLY, weekly("18:00", closes)).status_code == 302
    assert OpeningInterval.objects.get().closes == 1440


def test_no_error_speaks_of_minutes(desk: Client) -> None:
    said = errors(desk.post(WEEKLY, weekly("24:00", "25:00")))
    assert "such as 09:00" in said
    assert "1439" not in said


@pytest.mark.parametrize(("first", "second"), [(("", ""), ("", "")), (("", ""), ("09:00", "12:00")), (("09:00", "12:00"), ("", ""))])
def test_a_day_that_is_closed_has_no_hours_and_is_closed_once(desk: Client, first: tuple[str, str], second: tuple[str, str]) -> None:
    assert desk.post(SPECIAL, special(*first)).status_code == 302
    assert "Hogmanay, 31 December 2026" in errors(desk.post(SPECIAL, special(*second)))
    assert SpecialDay.objects.count() == 1


def test_special_hours_that_overlap_are_refused(desk: Client) -> None:
    assert desk.post(SPECIAL, special("09:00", "12:00")).status_code == 302
    assert "overlap these" in errors(desk.post(SPECIAL, special("10:00", "13:00")))
    assert desk.post(SPECIAL, special("13:00", "15:00")).status_code == 302
    assert desk.post(SPECIAL, special("13:00", "15:00", channel="messages")).status_code == 302


def test_one_form_makes_both_channels_several_days_and_years_to_come(desk: Client) -> None:
    given = special(channel="both", date="2026-12-24", until="2026-12-25", years="2")
    assert desk.post(SPECIAL, given).status_code == 302
    days = {date(year, 12, day) for year in (2026, 2027, 2028) for day in (24, 25)}
    assert set(SpecialDay.objects.values_list("channel", "date")) == {(channel, day) for channel in ("phone", "messages") for day in days}
    assert AuditEntry.objects.filter(what="special day", action="added").count() == 12


def test_where_one_of_them_is_in_the_way_none_is_made(desk: Client) -> None:
    assert desk.post(SPECIAL, special(channel="messages", date="2027-12-24")).status_code == 302
    assert "messages" in errors(desk.post(SPECIAL, special(channel="both", date="2026-12-24", years="3")))
    assert SpecialDay.objects.count() == 1


def test_all_of_them_are_seen_before_they_are_saved(desk: Client) -> None:
    page = desk.post(SPECIAL, special(channel="both", until="2027-01-01", _preview="1"))
    assert page.status_code == 200
    assert not SpecialDay.objects.exists()


@pytest.mark.parametrize("until", ["2026-12-30", "2027-12-31"])
def test_a_last_day_before_the_first_or_far_away_is_refused(desk: Client, until: str) -> None:
    assert "last day" in errors(desk.post(SPECIAL, special(until=until)))
    assert not SpecialDay.objects.exists()
