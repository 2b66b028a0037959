"""Who signs an epoch's statement has drawn its key: they are on its roster, and nobody is on it twice (PROTOCOL §2.6)."""

import pytest

from messaging.keys.registry import GrantIn, add_epoch
from messaging.models import Certificate as CertificateRow
from messaging.models import Epoch
from messaging.protocol.encoding import VERSION, BadStatement, u32
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.peer.primitives import kem_public, random_bytes, sign
from messaging.protocol.wire import Certificate
from tests.parts.environment import ROOT_SEED
from tests.vectors.making import forge
from tests.world.desk import NOON, TODAY, Desk
from tests.world.peers import Member

pytestmark = pytest.mark.django_db


def forged(desk: Desk, roster: list[Certificate], signer: str = "Moira") -> tuple[bytes, list[GrantIn]]:
    """What a key-holder can make who does not keep to the peer's rules: a statement that is signed, and a grant for everybody on it."""
    seed, before = random_bytes(32), desk.statements[-1]
    roster_ids = sorted(each.certificate_id for each in roster)
    draft = forge.Draft(before.number + 1, kem_public(seed), before.raw, (TODAY, TODAY + 20), roster_ids)
    raw = forge.statement(desk.site, Member(desk.keys[signer], desk.certificates[signer].raw), draft)
    return raw, [GrantIn(each.certificate_id, before.number + 1, make_grant(desk.site, before.number + 1, each, seed)) for each in roster]


def refused(desk: Desk, roster: list[Certificate], why: str) -> None:
    raw, grants = forged(desk, roster)
    with pytest.raises(BadStatement, match=why):
        add_epoch(statement=raw, grants=grants, at=NOON, by=desk.members["Moira"])
    assert Epoch.objects.count() == 1


def test_whoever_signs_is_on_the_roster(desk: Desk) -> None:
    refused(desk, [desk.certificates["Callum"]], "its signer is not on its roster")
    raw, grants = forged(desk, [desk.certificates["Callum"], desk.certificates["Moira"]])
    assert add_epoch(statement=raw, grants=grants, at=NOON, by=desk.members["Moira"]).number == 2


def test_nobody_is_on_it_twice(desk: Desk) -> None:
    before = desk.certificates["Moira"]
    after = desk.certify("Moira", key_holder=True, first_day=TODAY - 1, last_day=TODAY + 90)
    desk.certificates["Moira"] = before
    refused(desk, [before, after], "twice")


def test_nor_with_a_key_of_somebody_else(desk: Desk) -> None:
    """The root was made to sign Callum's key to wrap to, or his signing key, under another counsellor's name."""
    desk.join("Isla")
    isla, callum = desk.keys["Isla"], desk.keys["Callum"]
    for kem, signing in ((callum.kem_public, isla.sign_public), (isla.kem_public, callum.sign_public)):
        body = VERSION + isla.counsellor_id + kem + signing + isla.tag_public + b"\0" + u32(TODAY - 9) + u32(TODAY + 90) + b"\4Isla"
        parsed = Certificate.parse(body + sign(ROOT_SEED, "certificate", desk.site.site + body))
        CertificateRow.objects.create(
            certificate_id=parsed.certificate_id,
            member=desk.members["Isla"],
            certificate=parsed.raw,
            key_holder=False,
            first_day=parsed.first_day,
            last_day=parsed.last_day,
        )
        refused(desk, [desk.certificates["Moira"], desk.certificates["Callum"], parsed], "twice")


def test_whoever_was_certified_anew_signs_under_the_certificate_that_is_on_it(desk: Desk) -> None:
    old = desk.certificates["Moira"]
    new = desk.certify("Moira", key_holder=True, first_day=TODAY + 1, last_day=TODAY + 90)
    desk.certificates["Moira"] = old
    refused(desk, [new, desk.certificates["Callum"]], "its signer is not on its roster")


def test_a_certificate_opens_no_day_that_it_does_not_have(desk: Desk) -> None:
    """N5: the first day alone had to lie in the signer's days."""
    desk.certify("Moira", key_holder=True, first_day=TODAY + 1, last_day=TODAY + 19)
    refused(desk, [desk.certificates["Moira"], desk.certificates["Callum"]], "does not last through it")
