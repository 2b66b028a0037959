"""Nobody is left out of an epoch unseen: everybody whose grant opens makes all others anew, and is told who cannot read (PROTOCOL §8.4)."""

from os import urandom
from typing import Any

import pytest

from messaging.keys.own_keys import own_keys
from messaging.keys.registry import GrantIn, add_epoch
from messaging.protocol.encoding import encode
from messaging.protocol.peer import open_desk
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.wire import Statement
from tests.world.desk import NOON, Desk, day

pytestmark = pytest.mark.django_db


def opens(desk: Desk, useless_for: str, wrapped: bytes) -> None:
    """Moira opens the next epoch, and gives this to one colleague instead of a grant."""
    raw, grants = desk.sealed_epoch()
    theirs = desk.certificates[useless_for].certificate_id
    given = [GrantIn(each.certificate_id, each.epoch, wrapped if each.certificate_id == theirs else each.wrapped) for each in grants]
    add_epoch(statement=raw, grants=given, at=NOON, by=desk.members["Moira"])
    desk.statements.append(Statement.parse(raw))
    desk.confirm()


def told(desk: Desk, name: str) -> list[dict[str, Any]]:
    grants: list[dict[str, Any]] = own_keys(desk.members[name], at=NOON)["grants"]
    return grants


def test_the_current_epochs_grants_are_told_to_everybody_and_earlier_ones_to_their_owners(desk: Desk) -> None:
    desk.open_epoch()
    everybody = {encode(each.certificate_id) for each in desk.certificates.values()}
    for name, certificate in desk.certificates.items():
        own = encode(certificate.certificate_id)
        assert {each["certificate_id"] for each in told(desk, name) if each["epoch"] == 1} == {own}
        assert {each["certificate_id"] for each in told(desk, name) if each["epoch"] == 2} == everybody
        assert (desk.unlocked(name).troubles, desk.unlocked(name).cannot_read) == ([], [])


def test_whoever_was_not_granted_the_epoch_is_told_of_no_grant_of_it(desk: Desk) -> None:
    desk.open_epoch(names=["Moira"])
    assert [each["epoch"] for each in told(desk, "Callum")] == [1]


@pytest.mark.parametrize("kind", ["noise", "another seed"])
def test_whoever_can_read_is_told_who_cannot(desk: Desk, kind: str) -> None:
    wrong = urandom(1168) if kind == "noise" else make_grant(desk.site, 2, desk.certificates["Callum"], urandom(32))
    opens(desk, "Callum", wrong)
    moira, callum = desk.unlocked("Moira"), desk.unlocked("Callum")
    assert (moira.troubles, moira.cannot_read) == (["somebody-cannot-read"], ["Callum"])
    # Reading goes on: one key-holder must not silence everybody.
    assert sorted(moira.seeds) == [1, 2]
    assert (callum.troubles, callum.cannot_read, sorted(callum.seeds)) == (["no-grant", "bad-grant"], [], [1])


def test_a_server_that_holds_a_grant_back_is_noticed(desk: Desk) -> None:
    answer = own_keys(desk.members["Moira"], at=NOON)
    own = encode(desk.certificates["Moira"].certificate_id)
    answer["grants"] = [each for each in answer["grants"] if each["certificate_id"] == own]
    opened = open_desk(desk.site, desk.keys["Moira"], answer, day(NOON))
    assert (opened.troubles, opened.cannot_read) == (["somebody-cannot-read"], ["Callum"])
