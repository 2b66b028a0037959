"""09:00 on the page, minutes in the row, and errors that say what to do."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import OpeningInterval, Organisation, SpecialDay

HOURS = reverse("admin:helpline_openinginterval_add")
SPECIAL = reverse("admin:helpline_specialday_add")
DESCRIBED = {
    "nation": "none",
    "time_zone": "Europe/London",
    "promise_minutes": "60",
    "seen_minutes": "10",
    "retention_days": "180",
    "open_shifts": "ask",
    "backup_days": "30",
    "brand_colour": "#112233",
    "phone_languages": ["en"],
    "writing_languages": ["en"],
}


def _hours(opens: str, closes: str) -> dict[str, str]:
    return {"channel": "phone", "weekday": "5", "opens": opens, "closes": closes}


@pytest.mark.parametrize(
    ("opens", "closes", "minutes"), [("09:00", "17:00", (540, 1020)), ("9.30", "24:00", (570, 1440)), ("0:00", "1:05", (0, 65))]
)
def test_times_of_day_become_minutes(desk: Client, organisation: Organisation, opens: str, closes: str, minutes: tuple[int, int]) -> None:
    assert desk.post(HOURS, _hours(opens, closes)).status_code == 302
    added = OpeningInterval.objects.get(weekday=5)
    assert (added.opens, added.closes) == minutes
    assert (
        'value="{:02}:{:02}"'.format(*divmod(minutes[1], 60))
        in desk.get(reverse("admin:helpline_openinginterval_change", args=[added.pk])).text
    )


@pytest.mark.parametrize("wrong", ["nine", "25:00", "24:01", "9", "09:60", "-1:00", ""])
def test_what_is_no_time_of_day_is_refused(desk: Client, organisation: Organisation, wrong: str) -> None:
    response = desk.post(HOURS, _hours(wrong, "17:00"))
    assert "opens" in response.context["adminform"].errors
    assert not OpeningInterval.objects.filter(weekday=5).exists()


def test_hours_run_forwards(desk: Client, organisation: Organisation) -> None:
    errors = desk.post(HOURS, _hours("17:00", "09:00")).context["adminform"].errors
    assert errors == {"__all__": ["Closing must come after opening, and at 24:00 at the latest."]}


def test_hours_are_not_entered_twice(desk: Client, organisation: Organisation) -> None:
    desk.post(HOURS, _hours("09:00", "17:00"))
    errors = desk.post(HOURS, _hours("09:00", "12:00")).context["adminform"].errors
    assert errors == {"__all__": ["There are hours that begin at this time on this day already."]}


@pytest.mark.parametrize(
    ("opens", "closes", "fine"), [("", "", True), ("10:00", "12:00", True), ("10:00", "", False), ("", "12:00", False)]
)
def test_a_special_day_has_both_times_or_none(desk: Client, organisation: Organisation, opens: str, closes: str, fine: bool) -> None:
    response = desk.post(SPECIAL, {"channel": "phone", "date": "2026-12-24", "name": "Christmas Eve", "opens": opens, "closes": closes})
    assert SpecialDay.objects.exists() == fine == (response.status_code == 302)
    if not fine:
        assert "both opening and closing" in str(response.context["adminform"].errors)


def test_a_zone_that_nobody_knows_is_refused(desk: Client, organisation: Organisation) -> None:
    form = {
        "name": "X",
        "phone": "1",
        "nation": "none",
        "time_zone": "Europe/Atlantis",
        "promise_minutes": "60",
        "seen_minutes": "10",
        "retention_days": "180",
        "open_shifts": "ask",
        "backup_days": "30",
        "brand_colour": "blue",
        "phone_languages": ["en"],
        "writing_languages": ["en"],
    }
    errors = desk.post(reverse("admin:helpline_organisation_change", args=[1]), form).context["adminform"].errors
    assert set(errors) == {"time_zone", "brand_colour"}


def test_a_helpline_may_have_no_phone(desk: Client, organisation: Organisation) -> None:
    form = {"name": "X", "phone": "", **DESCRIBED}
    assert desk.post(reverse("admin:helpline_organisation_change", args=[1]), form).status_code == 302
    assert Organisation.objects.get().phone == ""


def test_there_is_one_organisation(desk: Client) -> None:
    add = reverse("admin:helpline_organisation_add")
    form = {"name": "X", "phone": "1", **DESCRIBED}
    assert desk.post(add, form).status_code == 302
    assert Organisation.objects.get().pk == 1
    assert desk.post(add, form).status_code == 403
