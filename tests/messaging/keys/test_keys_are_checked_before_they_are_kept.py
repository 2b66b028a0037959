"""Vaults, requests, certificates and epochs: what PROTOCOL §2 and §8 demand of each before the server keeps it."""

from os import urandom
from typing import Any

import pytest

from helpline.models import Account, Counsellor
from messaging.keys.registry import GrantIn, add_certificate, add_epoch, make_desk_member
from messaging.keys.vaults import store_vault
from messaging.models import Certificate, Epoch, Grant, Vault
from messaging.protocol.encoding import BadCertificate, BadRequest, BadStatement, Malformed, decode, encode
from messaging.protocol.peer import open_desk, open_desk_epoch
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Statement
from tests.parts.environment import ROOT_SEED
from tests.world.desk import NOON, RECORD, TODAY, Desk, site
from tests.world.person import AtDesk, all_rows, kind_of

pytestmark = pytest.mark.django_db
PASSKEY_RECORD = b"\2" + RECORD[1:]


def request_of(counsellor_id: bytes) -> bytes:
    return decode(make_request(site(), derive_counsellor(site(), counsellor_id, urandom(32))))


def newcomer(desk: Desk, name: str = "Isla") -> AtDesk:
    """Somebody who was invited, and has no vault yet."""
    account = Account.objects.create_user(f"{name.lower()}@example.org", None, name=name)
    desk.members[name] = make_desk_member(Counsellor.objects.create(account=account, display_name=name))
    return AtDesk(desk, name)


def test_a_vault_is_kept_with_its_request_and_can_be_made_anew_until_certified(desk: Desk) -> None:
    isla = newcomer(desk)
    earlier, request = (request_of(desk.members["Isla"].public_id) for _ in range(2))
    body = {"record": encode(RECORD), "request": encode(request)}
    assert isla.call("POST", "vault", body | {"request": encode(earlier)}).status_code == 201
    assert isla.call("POST", "vault", body).status_code == 201
    me = isla.call("GET", "me").json()
    assert [vault["kind"] for vault in me["vaults"]] == [1]
    assert (me["request"], me["certificate"], me["grants"], me["current"]) == (encode(request), None, [], 1)
    signed = make_certificate(ROOT_SEED, site(), request, "Isla", key_holder=False, first_day=TODAY, last_day=TODAY + 9)
    add_certificate(certificate=signed, at=NOON)
    before = all_rows()
    refused = isla.call("POST", "vault", body)
    assert (refused.status_code, kind_of(refused)) == (409, "already-certified")
    assert all_rows() == before


def test_a_vault_that_is_not_ones_own_is_refused(desk: Desk) -> None:
    member = newcomer(desk).desk.members["Isla"]
    good = request_of(member.public_id)
    spoilt = bytearray(good)
    spoilt[-1] ^= 1
    for record, request, error in (
        (RECORD, request_of(urandom(16)), BadRequest),
        (RECORD, bytes(spoilt), BadRequest),
        (RECORD, b"\1" + good[1:], Malformed),
        (b"\3" + RECORD[1:], good, Malformed),
        (PASSKEY_RECORD, good, Malformed),
        (RECORD[:-1], good, Malformed),
    ):
        with pytest.raises(error):
            store_vault(member, record=record, request=request, at=NOON)
    assert not Vault.objects.filter(member=member).exists()


def certificate_of(desk: Desk, name: str = "Moira", root: bytes = ROOT_SEED, **changes: Any) -> bytes:
    request = decode(make_request(site(), desk.keys[name]))
    values = {"key_holder": False, "first_day": TODAY, "last_day": TODAY + 9}
    return make_certificate(root, site(), request, name, **{**values, **changes})


def test_a_certificate_is_the_roots_for_the_keys_that_were_asked_for(desk: Desk) -> None:
    stranger = derive_counsellor(site(), urandom(16), urandom(32))
    other_keys = derive_counsellor(site(), desk.members["Moira"].public_id, urandom(32))
    good = certificate_of(desk)
    before = all_rows()
    for spoilt, error in (
        (good[:-1] + bytes([good[-1] ^ 1]), BadCertificate),
        (good[:1298] + b"\0\0\0\0" + good[1302:], BadCertificate),
        (good[:-1], Malformed),
        (signed(decode(make_request(site(), stranger)), "Moira"), BadCertificate),
        (signed(decode(make_request(site(), other_keys)), "Moira"), BadCertificate),
    ):
        with pytest.raises(error):
            add_certificate(certificate=spoilt, at=NOON)
    assert all_rows() == before
    assert add_certificate(certificate=good, at=NOON).pk == add_certificate(certificate=good, at=NOON).pk
    assert Certificate.objects.count() == 3


def signed(request: bytes, name: str) -> bytes:
    return make_certificate(ROOT_SEED, site(), request, name, key_holder=True, first_day=TODAY, last_day=TODAY + 9)


def test_a_key_holder_opens_the_next_epoch_in_the_browser(desk: Desk) -> None:
    moira = AtDesk(desk, "Moira")
    candidates = moira.call("GET", "epochs").json()["candidates"]
    assert len(candidates) == 2
    body = open_desk_epoch(site(), desk.unlocked("Moira"), candidates, TODAY, 14)
    assert moira.call("POST", "epochs", body).status_code == 201
    assert (moira.call("GET", "me").json()["current"], desk.unlocked("Moira").troubles) == (1, [])
    desk.statements.append(Statement.parse(decode(body["statement"])))
    desk.confirm("Callum")
    me = moira.call("GET", "me").json()
    opened = open_desk(site(), desk.keys["Moira"], me, TODAY)
    assert (me["current"], opened.troubles, sorted(opened.seeds)) == (2, [], [1, 2])
    before = all_rows()
    assert moira.call("POST", "epochs", body).status_code == 201
    assert all_rows() == before


def test_two_key_holders_at_once(desk: Desk) -> None:
    moira, callum = AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    desk.certify("Callum", key_holder=True)
    desk.open_epoch()
    candidates = moira.call("GET", "epochs").json()["candidates"]
    one = open_desk_epoch(site(), desk.unlocked("Moira"), candidates, TODAY, 14)
    other = open_desk_epoch(site(), desk.unlocked("Callum"), candidates, TODAY, 14)
    assert moira.call("POST", "epochs", one).status_code == 201
    before = all_rows()
    refused = callum.call("POST", "epochs", other)
    assert (refused.status_code, kind_of(refused)) == (409, "taken")
    assert all_rows() == before


def test_only_the_key_holder_who_signed_it_may_send_it(desk: Desk) -> None:
    moira, callum = AtDesk(desk, "Moira"), AtDesk(desk, "Callum")
    body = open_desk_epoch(site(), desk.unlocked("Moira"), moira.call("GET", "epochs").json()["candidates"], TODAY, 14)
    before = all_rows()
    refused = callum.call("POST", "epochs", body)
    assert (refused.status_code, kind_of(refused)) == (403, "not-allowed")
    assert all_rows() == before


def test_an_epoch_that_does_not_follow_is_refused(desk: Desk) -> None:
    raw, grants = desk.sealed_epoch()
    stranger = GrantIn(urandom(16), 2, grants[0].wrapped)
    before = all_rows()
    attempts: list[tuple[bytes, list[GrantIn], type[Exception]]] = [
        (raw[:-1] + bytes([raw[-1] ^ 1]), grants, BadStatement),
        (raw[:4] + b"\3" + raw[5:], grants, BadStatement),
        (raw[:1221] + bytes(32) + raw[1253:], grants, BadStatement),
        (raw, grants[:1], BadStatement),
        (raw, [], BadStatement),
        (raw, [*grants, stranger], BadStatement),
        (raw, [*grants, grants[0]], Malformed),
        (raw, [*grants, GrantIn(grants[0].certificate_id, 3, grants[0].wrapped)], Malformed),
        (raw, [GrantIn(grant.certificate_id, grant.epoch, grant.wrapped[:-1]) for grant in grants], Malformed),
        (raw[:-1], grants, Malformed),
    ]
    for statement, given, error in attempts:
        with pytest.raises(error):
            add_epoch(statement=statement, grants=given, at=NOON)
    assert all_rows() == before
    assert add_epoch(statement=raw, grants=grants, at=NOON).number == 2


def test_a_key_holder_who_was_left_off_the_roster_cannot_sign_the_next(desk: Desk) -> None:
    desk.certify("Callum", key_holder=True, first_day=TODAY - 30)
    desk.open_epoch()
    desk.open_epoch(names=["Callum"], signer="Callum")
    # The peer refuses to make such a statement, so it is made as if the epoch before had had everybody.
    desk.standing = None
    raw, grants = desk.sealed_epoch(signer="Moira")
    with pytest.raises(BadStatement, match="left off the roster before"):
        add_epoch(statement=raw, grants=grants, at=NOON)
    assert Epoch.objects.count() == 3


def test_somebody_who_joins_is_granted_earlier_epochs_too(desk: Desk) -> None:
    desk.join("Isla")
    moira = AtDesk(desk, "Moira")
    body = open_desk_epoch(site(), desk.unlocked("Moira"), moira.call("GET", "epochs").json()["candidates"], TODAY, 14)
    assert moira.call("POST", "epochs", body).status_code == 201
    assert sorted(Grant.objects.filter(certificate__member=desk.members["Isla"]).values_list("epoch_id", flat=True)) == [1, 2]
    desk.statements.append(Statement.parse(decode(body["statement"])))
    desk.confirm()
    assert sorted(desk.unlocked("Isla").seeds) == [1, 2]


def test_an_epoch_of_many_counsellors_fits_in_a_request(desk: Desk) -> None:
    for number in range(28):
        desk.join(f"Counsellor {number}", on_duty=False)
    moira = AtDesk(desk, "Moira")
    body = open_desk_epoch(site(), desk.unlocked("Moira"), moira.call("GET", "epochs").json()["candidates"], TODAY, 14)
    assert moira.call("POST", "epochs", body).status_code == 201


def test_a_counsellor_who_left_is_no_candidate(desk: Desk) -> None:
    counsellor = desk.members["Callum"].counsellor
    counsellor.active = False
    counsellor.save()
    assert AtDesk(desk, "Moira").call("GET", "epochs").json() == {"candidates": [encode(desk.certificates["Moira"].raw)]}
