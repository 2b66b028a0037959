"""What of the rota is whose, beyond the address: drafts are for those who make it, and a shift is its counsellor's."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from helpline.models import Shift, ShiftOffer
from tests.helpline.rota.pages.staff import Staff, at_noon, shift_of


def test_a_forged_form_changes_nothing(staff: Staff, signed_in: Callable[[str], Client]) -> None:
    shift, client = shift_of(staff.lead.counsellor, 4), signed_in("lead")
    client.handler.enforce_csrf_checks = True
    before = Shift.objects.count()
    assert client.post(reverse("desk:rota-shift-remove", args=[shift.pk])).status_code == 403
    assert Shift.objects.count() == before


def test_a_draft_is_seen_by_those_who_make_the_rota_alone(staff: Staff, signed_in: Callable[[str], Client]) -> None:
    draft = shift_of(staff.other.counsellor, 1, state="draft")
    week, page = f"{reverse('desk:rota-week')}?week={at_noon(1).date()}", reverse("desk:rota-shift", args=[draft.pk])
    assert [signed_in(role).get(page).status_code for role in ("counsellor", "other", "lead", "admin")] == [404, 404, 200, 200]
    assert page in signed_in("lead").get(week).content.decode()
    assert page not in signed_in("counsellor").get(week).content.decode()


def test_nobody_acts_for_somebody_else(staff: Staff, signed_in: Callable[[str], Client]) -> None:
    theirs = shift_of(staff.other.counsellor, 2)
    client = signed_in("counsellor")
    assert client.get(reverse("desk:rota-swap-ask", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("desk:rota-cover-offer", args=[theirs.pk])).status_code == 404
    assert not ShiftOffer.objects.exists()
