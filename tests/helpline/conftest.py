"""An organisation in Scotland, open nine to five on working days, and its people: Anna and Ben answer, Stella is a stranger to the rota."""

import pytest

from helpline.calendar import Hours
from helpline.hours.set_week import set_opening_week
from helpline.models import Account, Counsellor, Organisation


@pytest.fixture
def organisation(db: None) -> Organisation:
    own = Organisation.objects.create(pk=1, name="Helpline under test", phone="0800 000 0000", nation="scotland")
    for channel in ("phone", "messages"):
        set_opening_week(channel=channel, week={weekday: [Hours(540, 1020)] for weekday in range(5)})
    return own


def _counsellor(name: str) -> Counsellor:
    account = Account.objects.create(email=f"{name.lower()}@helpline.example", name=name)
    return Counsellor.objects.create(account=account, display_name=name)


@pytest.fixture
def anna(db: None) -> Counsellor:
    return _counsellor("Anna")


@pytest.fixture
def ben(db: None) -> Counsellor:
    return _counsellor("Ben")


@pytest.fixture
def stella(db: None) -> Counsellor:
    """A stranger: she has no shift, whatever a test does for the others."""
    return _counsellor("Stella")
