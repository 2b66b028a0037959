"""Django's admin shows shifts and absences, by the clock on the wall, and changes neither: the rota's own pages warn and tell."""

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Absence, Counsellor, Organisation, Shift
from helpline.rota.shifts import add_shift
from tests.world.instants import utc


@pytest.fixture
def july(organisation: Organisation, anna: Counsellor) -> Shift:
    return add_shift(counsellor=anna, channel="phone", starts_at=utc("2027-07-01 08:00"), ends_at=utc("2027-07-01 12:00"))


@pytest.fixture
def away(organisation: Organisation, anna: Counsellor) -> Absence:
    return Absence.objects.create(counsellor=anna, starts_at=utc("2027-07-01 23:00"), ends_at=utc("2027-07-02 23:00"))


def test_nothing_is_added_changed_or_deleted_here(desk: Client, july: Shift, away: Absence, ben: Counsellor) -> None:
    for model, row in (("shift", july), ("absence", away)):
        change = reverse(f"admin:helpline_{model}_change", args=[row.pk])
        given = {"counsellor": ben.pk, "channel": "phone", "starts_at_0": "2027-07-05", "starts_at_1": "09:00"}
        assert desk.post(change, given).status_code == 403
        assert desk.post(reverse(f"admin:helpline_{model}_add"), given).status_code == 403
        assert desk.post(reverse(f"admin:helpline_{model}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        desk.post(reverse(f"admin:helpline_{model}_changelist"), chosen)
    july.refresh_from_db()
    assert july.counsellor.display_name == "Anna"
    assert Absence.objects.filter(pk=away.pk).exists()


@pytest.mark.parametrize(("model", "path"), [("shift", "/desk/rota/"), ("absence", "/desk/rota/absences/")])
def test_each_page_leads_to_where_it_is_changed(desk: Client, july: Shift, away: Absence, model: str, path: str) -> None:
    row = july if model == "shift" else away
    for page in (reverse(f"admin:helpline_{model}_changelist"), reverse(f"admin:helpline_{model}_change", args=[row.pk])):
        assert f'<a href="{path}">Change it on the rota</a>' in desk.get(page).content.decode()


def test_times_are_those_of_the_clock_on_the_wall_in_headings_too(desk: Client, july: Shift, away: Absence) -> None:
    shift = desk.get(reverse("admin:helpline_shift_change", args=[july.pk])).content.decode()
    assert "Anna, phone, 01 Jul 09:00–13:00" in shift
    assert "08:00" not in shift
    absence = desk.get(reverse("admin:helpline_absence_change", args=[away.pk])).content.decode()
    assert "Anna away, 02 Jul 00:00–03 Jul 00:00" in absence


def test_times_are_shown_by_the_organisations_clock(desk: Client, july: Shift, organisation: Organisation) -> None:
    organisation.time_zone = "Europe/Warsaw"
    organisation.save()
    assert "10 a.m." in desk.get(reverse("admin:helpline_shift_changelist")).text
