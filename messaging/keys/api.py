"""The desk's interface to keys: whose browser this is, vaults, and new epochs (PROTOCOL §8.1, §8.2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.http.desk_access import with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.installation import challenge_secret
from messaging.keys.confirmations import add_confirmation
from messaging.keys.own_keys import grant_candidates, own_keys
from messaging.keys.registry import GrantIn, add_epoch
from messaging.keys.renewals import finish_renewal, hand_on_grants, note_renewal_sheet, store_renewal
from messaging.keys.vaults import VaultProof, change_passphrase_record, note_sheet, store_passkey_record, store_vault, take_passkey_out
from messaging.models import DeskMember
from messaging.protocol.challenges import SIZE as CHALLENGE_SIZE
from messaging.protocol.challenges import make_challenge
from messaging.protocol.encoding import ID, SIGNATURE, WRAPPED, Malformed, decode, encode
from messaging.protocol.wire import Confirmation, Request, VaultRecord

# A grant for each of 64 on the roster, and of eighteen earlier epochs: 1,640 bytes each as JSON.
MOST_OF_AN_EPOCH = 2_000_000


@with_member
def get_own_keys(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(own_keys(member, at=now()))


@with_member
def post_vault(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "record", "request")
    store_vault(member, record=decode(body["record"], VaultRecord.SIZE), request=decode(body["request"], Request.SIZE), at=now())
    return json_answer({}, 201)


@with_member
def post_vault_challenge(request: HttpRequest, member: DeskMember) -> HttpResponse:
    read_json_body(request)
    return json_answer({"challenge": encode(make_challenge(challenge_secret(), now()))}, 201)


@with_member
def post_passphrase_record(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "record", "challenge", "signature")
    change_passphrase_record(member, record=decode(body["record"], VaultRecord.SIZE), proof=_proof(body), at=now())
    return json_answer({}, 201)


@with_member
def post_passkey_record(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "record", "credential_id", "challenge", "signature")
    record, credential_id = decode(body["record"], VaultRecord.SIZE), decode(body["credential_id"])
    kept = store_passkey_record(member, record=record, credential_id=credential_id, proof=_proof(body), at=now())
    return json_answer({"id": kept.pk}, 201)


@with_member
def post_passkey_out(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "credential_id", "challenge", "signature")
    take_passkey_out(member, credential_id=decode(body["credential_id"]), proof=_proof(body), at=now())
    return json_answer({})


def _proof(body: dict[str, Any]) -> VaultProof:
    return VaultProof(decode(body["challenge"], CHALLENGE_SIZE), decode(body["signature"], SIGNATURE))


@with_member
def post_renewal(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "record", "request")
    store_renewal(member, record=decode(body["record"], VaultRecord.SIZE), request=decode(body["request"], Request.RENEWAL), at=now())
    return json_answer({}, 201)


@with_member
def post_renewal_sheet(request: HttpRequest, member: DeskMember) -> HttpResponse:
    read_json_body(request)
    note_renewal_sheet(member, at=now())
    return json_answer({})


@with_member
def post_own_grants(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "grants", most=MOST_OF_AN_EPOCH)
    hand_on_grants(member, parse_grants(body["grants"]), at=now())
    return json_answer({}, 201)


@with_member
def post_renewal_done(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "challenge", "signature")
    finish_renewal(member, proof=_proof(body), at=now())
    return json_answer({})


@with_member
def post_vault_sheet(request: HttpRequest, member: DeskMember) -> HttpResponse:
    read_json_body(request)
    note_sheet(member, at=now())
    return json_answer({})


@with_member
def get_grant_candidates(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer({"candidates": [encode(raw) for raw in grant_candidates(at=now())]})


@with_member
def post_epoch(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "statement", "grants", most=MOST_OF_AN_EPOCH)
    statement, grants, at = decode(body["statement"]), parse_grants(body["grants"]), now()
    opened = add_epoch(statement=statement, grants=grants, at=at, by=member)
    return json_answer({"number": opened.number}, 201)


@with_member
def post_confirmation(request: HttpRequest, member: DeskMember, number: int) -> HttpResponse:
    body = read_json_body(request, "confirmation")
    raw = decode(body["confirmation"], Confirmation.SIZE)
    added = add_confirmation(number=number, confirmation=raw, at=now(), by=member.counsellor.account)
    return json_answer({"number": number}, 201 if added else 200)


def parse_grants(listed: Any) -> list[GrantIn]:
    """Raises Malformed unless it is a list of grants as §8.2 has them."""
    keys = {"certificate_id", "epoch", "wrapped"}
    if not isinstance(listed, list) or not all(isinstance(each, dict) and each.keys() == keys for each in listed):
        raise Malformed("the grants must be objects with certificate_id, epoch and wrapped")
    if not all(type(each["epoch"]) is int and 1 <= each["epoch"] < 2**31 for each in listed):
        raise Malformed("a grant's epoch")
    return [GrantIn(decode(each["certificate_id"], ID), each["epoch"], decode(each["wrapped"], WRAPPED)) for each in listed]
