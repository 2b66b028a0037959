"""Two leads decide on one swap at the same moment: one decision stands, and the other lead reads that it was made already."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Account, AuditEntry, Counsellor, Organisation, Shift, ShiftOffer
from helpline.rota.swaps import accept_swap, ask_swap
from tests.helpline.admin.signed_in import sign_in
from tests.helpline.rota.pages.staff import at_noon, shift_of
from tests.world.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 4
Decision = tuple[Client, str]


@pytest.fixture
def leads(transactional_db: None) -> list[Client]:
    """Lena and Lev, each in a browser of their own."""
    Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000")
    accounts = [Account.objects.create(email=f"{name}@helpline.example", name=name, role=Account.Role.LEAD) for name in ("Lena", "Lev")]
    return [sign_in(account) for account in accounts]


@pytest.fixture
def agreed(leads: list[Client]) -> Callable[[int], ShiftOffer]:
    """agreed(3): Anna's shift in three days, which Ben has said that he takes."""
    accounts = [Account.objects.create(email=f"{name}@helpline.example", name=name) for name in ("Anna", "Ben")]
    anna, ben = (Counsellor.objects.create(account=account, display_name=account.name) for account in accounts)

    def make(days: int) -> ShiftOffer:
        at = at_noon(0) - timedelta(days=1)
        offer = ask_swap(shift_of(anna, days), asked_by=anna, offered_to=ben, at=at)
        accept_swap(offer, by=ben, at=at)
        return offer

    return make


def says(offer: ShiftOffer, decision: Decision) -> str:
    """What the lead reads after deciding so."""
    client, verb = decision
    answer = client.post(reverse(f"desk:rota-swap-{verb}", args=[offer.pk]), follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("verbs", [("approve", "refuse"), ("approve", "approve"), ("refuse", "refuse")], ids=" and ".join)
def test_one_wins_and_the_other_is_told(leads: list[Client], agreed: Callable[[int], ShiftOffer], verbs: tuple[str, str]) -> None:
    for days in range(3, 3 + ROUNDS):
        offer = agreed(days)
        before = AuditEntry.objects.count()
        read = together(partial(says, offer), zip(leads, verbs, strict=True))
        late = ["has already been decided or withdrawn. Load the page again" in text for text in read]
        done = ["Approved: Ben has the shift now." in text or "Refused: Anna keeps the shift." in text for text in read]
        assert sorted(late) == [False, True]
        assert done == [not each for each in late]
        winner = done.index(True)
        row = ShiftOffer.objects.select_related("decided_by", "shift__counsellor").get(pk=offer.pk)
        approved = verbs[winner] == "approve"
        assert row.decided_by is not None
        assert (row.state, row.decided_by.name) == ("approved" if approved else "refused", ("Lena", "Lev")[winner])
        assert row.shift.counsellor.display_name == ("Ben" if approved else "Anna")
        entry = AuditEntry.objects.select_related("account").latest("pk")
        assert (AuditEntry.objects.count() - before, entry.action) == (1, row.state)
        assert entry.account == row.decided_by
        Shift.objects.all().delete()
