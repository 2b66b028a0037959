"""To whoever would propose a disclosure: whether there is a second person, a lead who can read today's key and sign under it."""

import pytest

from helpline.models import Account
from messaging.models import Certificate, Epoch
from messaging.protocol.encoding import encode
from tests.world.desk import Desk
from tests.world.person import AtDesk

pytestmark = pytest.mark.django_db


def decider(who: AtDesk, conversation: bytes) -> bool:
    return bool(who.call("GET", f"conversations/{encode(conversation)}/disclosures").json()["decider"])


def test_a_lead_is_one_to_others_and_not_to_themselves(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    assert decider(moira, conversation)
    assert not decider(lead, conversation)


def test_without_a_certificate_that_counts_there_is_none(desk: Desk, moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    Certificate.objects.filter(member=desk.members["Callum"]).update(withdrawn=True)
    assert not decider(moira, conversation)


def test_whoever_was_certified_after_the_epoch_began_is_none(desk: Desk, moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    Certificate.objects.filter(member=desk.members["Callum"]).update(certificate_id=bytes(16))
    assert not decider(moira, conversation)


def test_without_a_key_of_today_there_is_none(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    Epoch.objects.update(first_day=0, last_day=0)
    assert not decider(moira, conversation)


def test_a_lead_whose_account_is_off_is_none(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    Account.objects.filter(role=Account.Role.LEAD).update(is_active=False)
    assert not decider(moira, conversation)
