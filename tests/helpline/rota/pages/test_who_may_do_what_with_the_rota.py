"""Every address of the rota, for every role, read and written: a new address without its line here fails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Absence, Counsellor, MinimumCover, Shift, ShiftOffer, WeeklyPattern
from helpline.rota import urls as rota_urls
from tests.helpline.rota.pages.staff import Staff, at_noon, shift_of

ROLES = ("nobody", "counsellor", "lead", "admin")
# For each address what GET gets and what POST gets.
# What each gets, in the order of ROLES. A form that is sent empty is shown again: 200. 302 leads on; nobody is led to sign in.
SEEN, EDITED, OWN, LEADS = (302, 200, 200, 200), (302, 403, 200, 200), (302, 200, 200, 403), (302, 403, 302, 403)
DONE, DONE_OWN, NO = (302, 403, 302, 302), (302, 302, 302, 403), (405, 405, 405, 405)
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "rota-week": (SEEN, NO),
    "rota-copy": (NO, EDITED),
    "rota-make": (NO, EDITED),
    "rota-publish": (NO, DONE),
    "rota-shift-add": (EDITED, EDITED),
    "rota-shift": (SEEN, EDITED),
    "rota-shift-remove": (NO, EDITED),
    "rota-patterns": (EDITED, EDITED),
    "rota-pattern-end": (NO, DONE),
    "rota-minimum": (EDITED, EDITED),
    "rota-minimum-remove": (NO, DONE),
    "rota-gaps": (SEEN, NO),
    "rota-gap": (EDITED, NO),
    "rota-swaps": (SEEN, NO),
    "rota-swap-approve": (NO, LEADS),
    "rota-swap-refuse": (NO, LEADS),
    "rota-cover-end": (NO, LEADS),
    "rota-absences": (EDITED, NO),
    "rota-absence-add": (SEEN, SEEN),
    "rota-absence-remove": (NO, (302, 403, 302, 302)),
    "rota-mine": (OWN, NO),
    "rota-swap-ask": (OWN, DONE_OWN),
    "rota-cover-offer": (NO, DONE_OWN),
    "rota-offer-withdraw": (NO, DONE_OWN),
    "rota-swap-accept": (NO, DONE_OWN),
    "rota-swap-decline": (NO, DONE_OWN),
    "rota-swap-unaccept": (NO, DONE_OWN),
    "rota-cover-take": (NO, DONE_OWN),
    "rota-feed-reset": (NO, OWN),
    "rota-feed-end": (NO, DONE_OWN),
}


@dataclass(frozen=True)
class Rows:
    shifts: dict[str, int]
    others: dict[str, int]

    def arguments(self, name: str, role: str) -> dict[str, int]:
        """The row that an address needs: for one's own page, of one's own; the absence is the other counsellor's."""
        route = next(path for path in rota_urls.urlpatterns if path.name == name)
        own = self.shifts.get(role, self.shifts["counsellor"])
        known = {**self.others, "shift_id": own}
        return {argument: known[argument] for argument in route.pattern.converters}

    def query(self, name: str) -> dict[str, str]:
        start = at_noon(20)
        return (
            {"channel": "phone", "start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()} if name == "rota-gap" else {}
        )


@pytest.fixture
def rows(staff: Staff) -> Rows:
    absent: Counsellor = staff.other.counsellor
    shifts = {"counsellor": shift_of(staff.counsellor.counsellor, 3), "lead": shift_of(staff.lead.counsellor, 4)}
    offered = shift_of(absent, 5)
    now = at_noon(0)
    offer = ShiftOffer.objects.create(kind="swap", shift=offered, asked_by=absent, asked_at=now, changed_at=now)
    absence = Absence.objects.create(counsellor=absent, starts_at=at_noon(9), ends_at=at_noon(10))
    pattern = WeeklyPattern.objects.create(counsellor=absent, channel="phone", weekday=0, starts=540, ends=600, starts_on=date(2026, 1, 1))
    minimum = MinimumCover.objects.create(channel="phone", weekday=0, opens=0, closes=60, number=2)
    others = {"offer_id": offer.pk, "absence_id": absence.pk, "pattern_id": pattern.pk, "minimum_id": minimum.pk}
    return Rows({role: shift.pk for role, shift in shifts.items()}, others)


def test_the_table_has_every_address() -> None:
    assert set(TABLE) == {path.name for path in rota_urls.urlpatterns}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_role_gets_what_the_table_says(rows: Rows, signed_in: Callable[[str], Client], role: str, method: str) -> None:
    client = signed_in(role)
    got, expected = {}, {}
    for name, answers in TABLE.items():
        address = reverse(f"desk:{name}", kwargs=rows.arguments(name, role))
        answer = client.get(address, rows.query(name)) if method == "GET" else client.post(address)
        got[name] = answer.status_code
        expected[name] = answers[method == "POST"][ROLES.index(role)]
        if role == "nobody" and answer.status_code == 302:
            assert answer.headers["Location"].startswith(reverse("account_login")), name
        assert "no-store" in answer.headers["Cache-Control"], name
    assert got == expected


def test_a_forged_form_changes_nothing(rows: Rows, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("lead")
    client.handler.enforce_csrf_checks = True
    before = Shift.objects.count()
    assert client.post(reverse("desk:rota-shift-remove", args=[rows.shifts["lead"]])).status_code == 403
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
