"""Whoever holds a counsellor's session cannot fill the database with ways into their vault; one that is there may be renewed."""

import os

import pytest

from messaging.models import Vault
from messaging.protocol.encoding import encode
from tests.world.desk import Desk
from tests.world.person import AtDesk, Response, kind_of

pytestmark = pytest.mark.django_db


def add(moira: AtDesk, credential: int) -> Response:
    record = b"\2" + os.urandom(108)
    return moira.call("POST", "vault/passkeys", {"record": encode(record), "credential_id": encode(bytes([credential]))})


def test_the_eleventh_is_refused_and_the_first_may_be_renewed(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    assert {add(moira, place).status_code for place in range(10)} == {201}
    refused = add(moira, 10)
    assert (refused.status_code, kind_of(refused)) == (403, "not-allowed")
    assert add(moira, 0).status_code == 201
    assert Vault.objects.filter(member=desk.members["Moira"], kind=Vault.Kind.PASSKEY).count() == 10
