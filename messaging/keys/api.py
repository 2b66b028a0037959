"""The desk's interface to keys: whose browser this is, vaults, and new epochs (PROTOCOL §8.1, §8.2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.http.desk_access import with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.fields import each, encoded, exactly, whole_number
from messaging.installation import challenge_secret
from messaging.keys.confirmations import add_confirmation
from messaging.keys.own_keys import grant_candidates, own_keys
from messaging.keys.registry import GrantIn, add_epoch
from messaging.keys.renewals import finish_renewal, hand_on_grants, note_renewal_sheet, store_renewal
from messaging.keys.vaults import VaultProof, change_passphrase_record, note_sheet, store_passkey_record, store_vault, take_passkey_out
from messaging.models import DeskMember
from messaging.protocol.challenges import SIZE as CHALLENGE_SIZE
from messaging.protocol.challenges import make_challenge
from messaging.protocol.encoding import ID, SIGNATURE, WRAPPED, encode
from messaging.protocol.wire import Confirmation, Request, VaultRecord

# A grant for each of 64 on the roster, and of eighteen earlier epochs: 1,640 bytes each as JSON.
MOST_OF_AN_EPOCH = 2_000_000
RECORD, CREDENTIAL = encoded(VaultRecord.SIZE), encoded()
PROOF = {"challenge": encoded(CHALLENGE_SIZE), "signature": encoded(SIGNATURE)}
# §8.2's; the number of an epoch is an integer of the database.
GRANTS = each(exactly(certificate_id=encoded(ID), epoch=whole_number(1, 2**31 - 1), wrapped=encoded(WRAPPED)))


@with_member
def get_own_keys(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(own_keys(member, at=now()))


@with_member
def post_vault(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, record=RECORD, request=encoded(Request.SIZE))
    store_vault(member, **body, at=now())
    return json_answer({}, 201)


@with_member
def post_vault_challenge(request: HttpRequest, member: DeskMember) -> HttpResponse:
    read_json_body(request)
    return json_answer({"challenge": encode(make_challenge(challenge_secret(), now()))}, 201)


@with_member
def post_passphrase_record(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, record=RECORD, **PROOF)
    change_passphrase_record(member, record=body["record"], proof=_proof(body), at=now())
    return json_answer({}, 201)


@with_member
def post_passkey_record(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, record=RECORD, credential_id=CREDENTIAL, **PROOF)
    kept = store_passkey_record(member, record=body["record"], credential_id=body["credential_id"], proof=_proof(body), at=now())
    return json_answer({"id": kept.pk}, 201)


@with_member
def post_passkey_out(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, credential_id=CREDENTIAL, **PROOF)
    take_passkey_out(member, credential_id=body["credential_id"], proof=_proof(body), at=now())
    return json_answer({})


def _proof(body: dict[str, Any]) -> VaultProof:
    return VaultProof(body["challenge"], body["signature"])


@with_member
def post_renewal(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, record=RECORD, request=encoded(Request.RENEWAL))
    store_renewal(member, **body, at=now())
    return json_answer({}, 201)


@with_member
def post_renewal_sheet(request: HttpRequest, member: DeskMember) -> HttpResponse:
    read_json_body(request)
    note_renewal_sheet(member, at=now())
    return json_answer({})


@with_member
def post_own_grants(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, MOST_OF_AN_EPOCH, grants=GRANTS)
    hand_on_grants(member, _grants(body), at=now())
    return json_answer({}, 201)


@with_member
def post_renewal_done(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, **PROOF)
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
    body = read_json_body(request, MOST_OF_AN_EPOCH, statement=encoded(), grants=GRANTS)
    opened = add_epoch(statement=body["statement"], grants=_grants(body), at=now(), by=member)
    return json_answer({"number": opened.number}, 201)


@with_member
def post_confirmation(request: HttpRequest, member: DeskMember, number: int) -> HttpResponse:
    body = read_json_body(request, confirmation=encoded(Confirmation.SIZE))
    added = add_confirmation(number=number, confirmation=body["confirmation"], at=now(), by=member.counsellor.account)
    return json_answer({"number": number}, 201 if added else 200)


def _grants(body: dict[str, Any]) -> list[GrantIn]:
    return [GrantIn(**grant) for grant in body["grants"]]
