"""A small rota: Anna has Monday morning on messages; a lead; and no email unless a test asks for it."""

import pytest

from helpline.models import Account, Counsellor, Organisation, Shift
from helpline.rota.shifts import add_shift
from tests.helpline.rota.times import NINE, ONE


@pytest.fixture
def morning(organisation: Organisation, anna: Counsellor) -> Shift:
    return add_shift(counsellor=anna, channel="messages", starts_at=NINE, ends_at=ONE)


@pytest.fixture
def lead(db: None) -> Account:
    return Account.objects.create(email="lena@helpline.example", name="Lena", role=Account.Role.LEAD)
