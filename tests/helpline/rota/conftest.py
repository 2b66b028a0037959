"""A small rota: Anna has Monday morning on messages; a lead; and no email unless a test asks for it."""

from datetime import timedelta

import pytest

from helpline.models import Account, Counsellor, Organisation, Shift
from helpline.rota.shifts import add_shift
from tests.helpline.calendar.parts import utc

# A Sunday evening; the Monday after it is an ordinary one.
AT = utc("2026-11-01 18:00")
NINE, ONE, FIVE = utc("2026-11-02 09:00"), utc("2026-11-02 13:00"), utc("2026-11-02 17:00")
DAY = timedelta(days=1)


@pytest.fixture
def morning(organisation: Organisation, anna: Counsellor) -> Shift:
    return add_shift(counsellor=anna, channel="messages", starts_at=NINE, ends_at=ONE)


@pytest.fixture
def lead(db: None) -> Account:
    return Account.objects.create(email="lena@helpline.example", name="Lena", role=Account.Role.LEAD)
