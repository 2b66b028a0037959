"""Thirty counsellors and four weeks of shifts cost the grid and the gaps as many queries as three and a few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helpline.models import Absence, Account, Counsellor, Shift, ShiftOffer
from tests.helpline.rota.pages.staff import Staff, at_noon, shift_of

COUNSELLORS, DAYS = 30, 28


def _fill(staff: Staff) -> None:
    accounts = Account.objects.bulk_create(Account(email=f"c{number}@helpline.example", name=f"C{number}") for number in range(COUNSELLORS))
    people = Counsellor.objects.bulk_create(Counsellor(account=account, display_name=account.name) for account in accounts)
    start, hour = at_noon(-7), timedelta(hours=1)
    Shift.objects.bulk_create(
        Shift(
            counsellor=person,
            channel=("phone", "messages")[number % 2],
            starts_at=start + timedelta(days=day) + (number + day) % 6 * hour,
            ends_at=start + timedelta(days=day) + ((number + day) % 6 + 4) * hour,
            state=("published", "draft")[day > 14],
        )
        for number, person in enumerate(people)
        for day in range(DAYS + 7)
        if (number + day) % 5
    )
    Absence.objects.bulk_create(Absence(counsellor=person, starts_at=at_noon(2), ends_at=at_noon(4)) for person in people[::3])
    now = at_noon(0)
    for shift in Shift.objects.filter(starts_at__gt=now, state="published")[:40]:
        ShiftOffer.objects.create(kind="cover", shift=shift, asked_by=shift.counsellor, asked_at=now, changed_at=now)


@pytest.mark.parametrize(
    ("name", "most"), [("rota-week", 21), ("rota-gaps", 20), ("rota-swaps", 13), ("rota-mine", 17), ("rota-absences", 13), ("rota-gap", 20)]
)
def test_as_many_as_for_few(staff: Staff, signed_in: Callable[[str], Client], name: str, most: int) -> None:
    shift_of(staff.counsellor.counsellor, 1)
    client, address = signed_in("lead"), reverse(f"desk:{name}")
    if name == "rota-week":
        address += f"?week={at_noon(3).date()}"
    if name == "rota-gap":
        start = at_noon(6)
        address += f"?channel=phone&start={start:%Y-%m-%dT%H:%M:%SZ}&end={start + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    queries()
    few = queries()
    _fill(staff)
    assert queries() == few <= most
