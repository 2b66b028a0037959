"""The admin who puts somebody in two places at once reads why in the form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Counsellor, Organisation, Shift
from helpline.operations.add_shift import add_shift
from tests.helpline.calendar.parts import utc

ADD = reverse("admin:helpline_shift_add")


@pytest.fixture
def taken(organisation: Organisation, anna: Counsellor) -> Shift:
    return add_shift(counsellor=anna, channel="phone", starts_at=utc("2026-06-15 08:00"), ends_at=utc("2026-06-15 12:00"))


def _form(counsellor: Counsellor, starts: str, ends: str, day: str = "2026-06-15") -> dict[str, str]:
    times = {"starts_at_0": day, "starts_at_1": starts, "ends_at_0": day, "ends_at_1": ends}
    return {"counsellor": str(counsellor.pk), "channel": "messages", **times}


def _errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    errors: dict[str, list[str]] = response.context["adminform"].errors
    return errors


def test_a_shift_is_entered_by_the_clock_on_the_wall(desk: Client, taken: Shift, anna: Counsellor) -> None:
    assert desk.post(ADD, _form(anna, "13:00", "17:00")).status_code == 302
    added = Shift.objects.exclude(pk=taken.pk).get()
    assert (added.starts_at, added.ends_at) == (utc("2026-06-15 12:00"), utc("2026-06-15 16:00"))


def test_the_shift_in_the_way_is_named(desk: Client, taken: Shift, anna: Counsellor) -> None:
    errors = _errors(desk.post(ADD, _form(anna, "12:00", "16:00")))
    assert errors == {"starts_at": ["Anna has a shift on phone from 15 June, 09:00 to 13:00. Choose other times, or somebody else."]}
    assert Shift.objects.get() == taken


@pytest.mark.parametrize("ends", ["13:00", "12:59", "19:01"])
def test_backwards_or_more_than_six_hours_is_told(desk: Client, taken: Shift, ben: Counsellor, ends: str) -> None:
    errors = _errors(desk.post(ADD, _form(ben, "13:00", ends)))
    assert errors == {"__all__": ["A shift must end after it starts, and within six hours."]}


def test_a_time_that_the_clock_skips_is_told(desk: Client, taken: Shift, ben: Counsellor) -> None:
    assert "starts_at" in _errors(desk.post(ADD, _form(ben, "01:30", "04:00", day="2026-03-29")))


def test_a_shift_saved_meanwhile_is_told_too(desk: Client, taken: Shift, anna: Counsellor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the form's look and the save another admin was quicker: the form then sees nothing in the way."""
    monkeypatch.setattr("helpline.admin.rota.ShiftForm.clean", lambda form: form.cleaned_data)
    response = desk.post(ADD, _form(anna, "12:00", "16:00"), follow=True)
    assert response.redirect_chain == [(ADD, 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "Anna has another shift at that time. Choose other times, or another counsellor."
    ]
    assert Shift.objects.get() == taken


def test_moving_a_shift_over_another_is_told(desk: Client, taken: Shift, anna: Counsellor) -> None:
    later = add_shift(counsellor=anna, channel="phone", starts_at=utc("2026-06-15 12:00"), ends_at=utc("2026-06-15 16:00"))
    change = reverse("admin:helpline_shift_change", args=[later.pk])
    assert "starts_at" in _errors(desk.post(change, _form(anna, "12:00", "16:00")))
    assert desk.post(change, _form(anna, "14:00", "18:00")).status_code == 302
    later.refresh_from_db()
    assert later.starts_at == utc("2026-06-15 13:00")


def test_times_are_shown_by_the_organisations_clock(desk: Client, taken: Shift, organisation: Organisation) -> None:
    organisation.time_zone = "Europe/Warsaw"
    organisation.save()
    assert "10:00" in desk.get(reverse("admin:helpline_shift_change", args=[taken.pk])).text
    assert "10 a.m." in desk.get(reverse("admin:helpline_shift_changelist")).text
