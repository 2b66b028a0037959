"""New keys that the old certificate's key asked for: nothing changes until an epoch has them, and then nothing is lost."""

from os import urandom
from typing import Any

import pytest

from helpline.models import AuditEntry
from messaging.keys.own_keys import grant_candidates
from messaging.keys.registry import GrantIn, add_certificate, add_epoch
from messaging.models import Certificate, CertificateRequest, Grant, Renewal, Vault
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Counsellor, open_desk, open_desk_epoch, sign_vault_change
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.vault import make_renewal, make_request
from messaging.protocol.wire import Certificate as Checked
from messaging.protocol.wire import Statement
from tests.parts.environment import ROOT_SEED
from tests.world.desk import NOON, RECORD, TODAY, Desk
from tests.world.person import AtDesk, Response, all_rows, kind_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW_RECORD = b"\1" + bytes(107) + b"\7"


def new_keys(desk: Desk, name: str) -> Counsellor:
    return derive_counsellor(desk.site, desk.keys[name].counsellor_id, urandom(32))


def ask(desk: Desk, name: str, new: Counsellor, *, by: str = "", certificate: Checked | None = None, at: AtDesk | None = None) -> Response:
    request = make_renewal(desk.site, new, desk.keys[by or name], (certificate or desk.certificates[name]).certificate_id)
    return (at or AtDesk(desk, name)).call("POST", "vault/renewal", {"record": encode(NEW_RECORD), "request": request})


def certify(desk: Desk, name: str, *, key_holder: bool = False) -> Checked:
    """What the root's keepers do with the renewal that the admin brings them."""
    asked = Renewal.objects.get(member=desk.members[name]).request
    signed = make_certificate(ROOT_SEED, desk.site, asked, name, key_holder=key_holder, first_day=TODAY, last_day=TODAY + 99)
    add_certificate(certificate=signed, at=NOON)
    return Checked.parse(signed)


def next_epoch(desk: Desk, opener: str) -> None:
    body = open_desk_epoch(desk.site, desk.unlocked(opener), [encode(raw) for raw in grant_candidates(at=NOON)], TODAY, 35)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=NOON, by=desk.members[opener])
    desk.statements.append(Statement.parse(decode(body["statement"])))
    desk.confirm()


def me(desk: Desk, name: str) -> dict[str, Any]:
    return dict(AtDesk(desk, name).call("GET", "me").json())


def as_json(desk: Desk, epoch: int, seed: bytes, certificate: Checked) -> dict[str, object]:
    wrapped = make_grant(desk.site, epoch, certificate, seed)
    return {"certificate_id": encode(certificate.certificate_id), "epoch": epoch, "wrapped": encode(wrapped)}


def done(desk: Desk, name: str, keys: Counsellor) -> Response:
    who = AtDesk(desk, name)
    challenge = str(who.call("POST", "vault/challenges", {}).json()["challenge"])
    return who.call("POST", "vault/renewal/done", sign_vault_change(desk.site, keys, challenge))


def test_until_an_epoch_has_them_the_old_keys_go_on(desk: Desk) -> None:
    new, old = new_keys(desk, "Callum"), desk.certificates["Callum"]
    assert ask(desk, "Callum", new).status_code == 201
    waiting = me(desk, "Callum")
    assert (waiting["certificate"], [each["record"] for each in waiting["vaults"]]) == (encode(old.raw), [encode(RECORD)])
    other = waiting["other"]
    assert (other["pending"], other["certificate"], [each["record"] for each in other["vaults"]]) == (True, None, [encode(NEW_RECORD)])
    assert other["request"] == make_request(desk.site, new)
    certified = certify(desk, "Callum")
    assert (me(desk, "Callum")["certificate"], me(desk, "Callum")["other"]["certificate"]) == (encode(old.raw), encode(certified.raw))
    assert desk.unlocked("Callum").troubles == []
    # Who has asked already has a certificate to wait for.
    assert kind_of(ask(desk, "Callum", new_keys(desk, "Callum"))) == "already-certified"
    refused = done(desk, "Callum", new)
    assert (refused.status_code, kind_of(refused)) == (403, "not-allowed")


def test_with_the_next_epoch_they_take_over_and_the_old_vault_goes(desk: Desk) -> None:
    new = new_keys(desk, "Callum")
    ask(desk, "Callum", new)
    certified = certify(desk, "Callum")
    old_vault = desk.unlocked("Callum")
    next_epoch(desk, "Moira")
    now_me = me(desk, "Callum")
    assert (now_me["certificate"], [each["record"] for each in now_me["vaults"]]) == (encode(certified.raw), [encode(NEW_RECORD)])
    assert (now_me["other"]["pending"], [each["record"] for each in now_me["other"]["vaults"]]) == (False, [encode(RECORD)])
    opened = open_desk(desk.site, new, now_me, TODAY)
    # Moira's browser handed on what she holds.
    assert (opened.troubles, sorted(opened.seeds)) == ([], [1, 2])
    assert kind_of(done(desk, "Callum", desk.keys["Callum"])) == "bad-proof"
    assert done(desk, "Callum", new).status_code == 200
    assert Vault.objects.filter(member=desk.members["Callum"]).count() == 1
    after = me(desk, "Callum")
    assert ([each["record"] for each in after["vaults"]], after["other"]) == ([encode(NEW_RECORD)], None)
    assert encode(CertificateRequest.objects.get(member=desk.members["Callum"]).request) == make_request(desk.site, new)
    assert not Renewal.objects.exists()
    assert old_vault.seeds[1] == opened.seeds[1]
    told = list(AuditEntry.objects.filter(what__startswith="vault").order_by("pk").values_list("what", flat=True))
    assert told == ["vault renewal", "vault keys"]


def test_what_nobody_else_holds_is_handed_on_before_the_old_vault_may_go(desk: Desk) -> None:
    """Callum alone has the first epoch's key: Isla opens the next one without it."""
    desk.join("Isla", key_holder=True)
    new, seed = new_keys(desk, "Callum"), desk.unlocked("Callum").seeds[1]
    ask(desk, "Callum", new)
    certified = certify(desk, "Callum")
    desk.certificates["Callum"] = certified
    raw, grants = desk.sealed_epoch(names=["Moira", "Callum"])
    add_epoch(statement=raw, grants=[grant for grant in grants if grant.epoch == 2], at=NOON)
    desk.statements.append(Statement.parse(raw))
    desk.confirm("Moira" if desk.statements[-1].signer != desk.certificates["Moira"].certificate_id else None)
    assert sorted(open_desk(desk.site, new, me(desk, "Callum"), TODAY).seeds) == [2]
    refused = done(desk, "Callum", new)
    assert (refused.status_code, kind_of(refused)) == (403, "not-allowed")
    assert "handed on" in refused.json()["detail"]
    body = {"grants": [as_json(desk, 1, seed, certified)]}
    callum = AtDesk(desk, "Callum")
    assert callum.call("POST", "vault/grants", body).status_code == 201
    assert callum.call("POST", "vault/grants", body).status_code == 201
    assert Grant.objects.filter(certificate__certificate_id=certified.certificate_id, epoch=1).count() == 1
    assert sorted(open_desk(desk.site, new, me(desk, "Callum"), TODAY).seeds) == [1, 2]
    assert done(desk, "Callum", new).status_code == 200


def test_nobody_grants_anybody_else_or_what_they_were_not_granted(desk: Desk) -> None:
    desk.join("Isla")
    seed, callum, isla = desk.unlocked("Callum").seeds[1], AtDesk(desk, "Callum"), AtDesk(desk, "Isla")
    before = all_rows()
    for body in (
        {"grants": [as_json(desk, 1, seed, desk.certificates["Moira"])]},
        {"grants": [as_json(desk, 7, seed, desk.certificates["Callum"])]},
    ):
        assert kind_of(callum.call("POST", "vault/grants", body)) == "not-allowed"
    never = {"grants": [as_json(desk, 1, urandom(32), desk.certificates["Isla"])]}
    assert kind_of(isla.call("POST", "vault/grants", never)) == "not-allowed"
    twice = [as_json(desk, 1, seed, desk.certificates["Callum"])] * 2
    assert kind_of(callum.call("POST", "vault/grants", {"grants": twice})) == "malformed"
    assert all_rows() == before


def test_a_renewal_is_of_ones_own_certificate_in_force_and_signed_by_its_key(desk: Desk) -> None:
    new, callum = new_keys(desk, "Callum"), AtDesk(desk, "Callum")
    before = all_rows()
    assert kind_of(ask(desk, "Callum", new, by="Moira", at=callum)) == "malformed"
    assert kind_of(ask(desk, "Callum", new, certificate=desk.certificates["Moira"], at=callum)) == "malformed"
    plain = {"record": encode(NEW_RECORD), "request": make_request(desk.site, new)}
    assert kind_of(callum.call("POST", "vault/renewal", plain)) == "malformed"
    assert all_rows() == before
    Certificate.objects.filter(member=desk.members["Callum"]).update(withdrawn=True)
    assert kind_of(ask(desk, "Callum", new)) == "malformed"


def test_a_new_passphrase_ends_a_renewal_that_waits_and_not_one_with_a_certificate(desk: Desk) -> None:
    """The new vault opens with the words of before, which somebody may have seen."""
    new = new_keys(desk, "Callum")
    ask(desk, "Callum", new)
    callum = AtDesk(desk, "Callum")

    def change() -> Response:
        challenge = str(callum.call("POST", "vault/challenges", {}).json()["challenge"])
        proof = sign_vault_change(desk.site, desk.keys["Callum"], challenge, record=encode(RECORD))
        return callum.call("POST", "vault/records", {"record": encode(RECORD), **proof})

    assert change().status_code == 201
    assert (Renewal.objects.count(), me(desk, "Callum")["other"]) == (0, None)
    ask(desk, "Callum", new)
    certify(desk, "Callum")
    assert kind_of(change()) == "not-allowed"
    assert Renewal.objects.count() == 1


def test_the_sheet_of_the_new_keys_is_one_of_its_own(desk: Desk) -> None:
    callum = AtDesk(desk, "Callum")
    assert kind_of(callum.call("POST", "vault/renewal/sheet", {})) == "not-found"
    callum.call("POST", "vault/sheet", {})
    ask(desk, "Callum", new_keys(desk, "Callum"))
    assert (me(desk, "Callum")["sheet_made_on"], me(desk, "Callum")["other"]["sheet_made_on"]) == (NOON.date().isoformat(), None)
    assert callum.call("POST", "vault/renewal/sheet", {}).status_code == 200
    assert me(desk, "Callum")["other"]["sheet_made_on"] == NOON.date().isoformat()
