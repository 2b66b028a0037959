"""First days never go back along the chain: an epoch that begins far ahead would leave the desk without a key until then."""

import pytest

from messaging.keys.registry import GrantIn, add_epoch
from messaging.models import Epoch
from messaging.protocol.encoding import BadStatement, encode
from tests.world.desk import NOON, TODAY, Desk
from tests.world.person import AtDesk, kind_of

pytestmark = pytest.mark.django_db


def test_tomorrow_is_early_enough_and_the_day_after_is_too_far(desk: Desk) -> None:
    raw, grants = desk.sealed_epoch(first_day=TODAY + 2)
    with pytest.raises(BadStatement):
        add_epoch(statement=raw, grants=grants, at=NOON)
    raw, grants = desk.sealed_epoch(first_day=TODAY + 1)
    assert add_epoch(statement=raw, grants=grants, at=NOON).number == 2


def test_a_key_holder_whose_clock_is_wrong_changes_nothing(desk: Desk) -> None:
    raw, grants = desk.sealed_epoch(first_day=TODAY + 30)
    refused = AtDesk(desk, "Moira").call("POST", "epochs", {"statement": encode(raw), "grants": [as_json(grant) for grant in grants]})
    assert (refused.status_code, kind_of(refused)) == (400, "malformed")
    assert Epoch.objects.count() == 1


def as_json(grant: GrantIn) -> dict[str, object]:
    return {"certificate_id": encode(grant.certificate_id), "epoch": grant.epoch, "wrapped": encode(grant.wrapped)}
