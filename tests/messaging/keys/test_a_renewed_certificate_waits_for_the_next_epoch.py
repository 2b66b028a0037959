"""A renewed certificate takes nothing away: the old one opens the present epoch, and the next epoch moves everybody over."""

from datetime import datetime, timedelta

import pytest

from messaging.keys.own_keys import grant_candidates
from messaging.keys.registry import GrantIn, add_epoch
from messaging.protocol.encoding import decode
from messaging.protocol.peer import encode, open_desk_epoch
from messaging.protocol.wire import Statement
from tests.world.desk import NOON, TODAY, Desk, day

pytestmark = pytest.mark.django_db


NEXT_DAY = NOON + timedelta(days=1)


def next_epoch(desk: Desk, opener: str, at: datetime = NOON) -> None:
    """As the opener's browser does it, with everybody who is certified."""
    body = open_desk_epoch(desk.site, desk.unlocked(opener, at), [encode(raw) for raw in grant_candidates(at=at)], day(at), 35)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=at, by=desk.members[opener])
    desk.statements.append(Statement.parse(decode(body["statement"])))
    desk.confirm()


def test_until_the_next_epoch_the_old_one_counts(desk: Desk) -> None:
    old = desk.certificates["Callum"]
    desk.certify("Callum", first_day=TODAY, last_day=TODAY + 99)
    unlocked = desk.unlocked("Callum")
    assert unlocked.troubles == []
    assert unlocked.certificate == old


def test_the_next_epoch_moves_everybody_over_and_nobody_loses_an_epoch(desk: Desk) -> None:
    """The only key-holder too, whose old grants the new certificate could not open."""
    days = {"first_day": TODAY + 1, "last_day": TODAY + 99}
    renewed = {name: desk.certify(name, key_holder=name == "Moira", **days) for name in ("Moira", "Callum")}
    next_epoch(desk, "Moira", NEXT_DAY)
    for name, certificate in renewed.items():
        unlocked = desk.unlocked(name, NEXT_DAY)
        assert (unlocked.troubles, unlocked.certificate) == ([], certificate)
        assert sorted(unlocked.seeds) == [1, 2]


def test_who_is_renewed_on_the_day_of_an_epoch_opens_the_next_under_the_old_certificate(desk: Desk) -> None:
    """A certificate of that day may not sign: whoever was left off an epoch must not sign their way back."""
    old = desk.certificates["Moira"]
    desk.certify("Moira", key_holder=True, first_day=TODAY, last_day=TODAY + 99)
    next_epoch(desk, "Moira")
    unlocked = desk.unlocked("Moira")
    assert (unlocked.troubles, unlocked.certificate, sorted(unlocked.seeds)) == ([], old, [1, 2])


def test_who_was_a_key_holder_is_none_after_a_renewal_without_it(desk: Desk) -> None:
    desk.join("Isla", key_holder=True)
    next_epoch(desk, "Moira")
    plain = desk.certify("Isla", first_day=TODAY, last_day=TODAY + 99)
    next_epoch(desk, "Moira")
    assert desk.unlocked("Isla").certificate == plain


def test_somebody_without_any_grant_has_the_newest(desk: Desk) -> None:
    desk.join("Isla")
    renewed = desk.certify("Isla", first_day=TODAY, last_day=TODAY + 99)
    assert desk.unlocked("Isla").certificate == renewed
