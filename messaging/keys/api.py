"""The desk's interface to keys: whose browser this is, vaults, and new epochs (PROTOCOL §8.1, §8.2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.http.desk_access import with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.keys.own_keys import grant_candidates, own_keys
from messaging.keys.registry import GrantIn, add_epoch, store_passkey_vault, store_vault
from messaging.models import DeskMember
from messaging.protocol.encoding import ID, WRAPPED, Malformed, decode, encode
from messaging.protocol.wire import Request, VaultRecord

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
def post_passkey_vault(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "record", "credential_id")
    kept = store_passkey_vault(member, record=decode(body["record"], VaultRecord.SIZE), credential_id=decode(body["credential_id"]))
    return json_answer({"id": kept.pk}, 201)


@with_member
def get_grant_candidates(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer({"candidates": [encode(raw) for raw in grant_candidates(at=now())]})


@with_member
def post_epoch(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_json_body(request, "statement", "grants", most=MOST_OF_AN_EPOCH)
    statement, grants, at = decode(body["statement"]), parse_grants(body["grants"]), now()
    opened = add_epoch(statement=statement, grants=grants, at=at, by=member)
    return json_answer({"number": opened.number}, 201)


def parse_grants(listed: Any) -> list[GrantIn]:
    """Raises Malformed unless it is a list of grants as §8.2 has them."""
    keys = {"certificate_id", "epoch", "wrapped"}
    if not isinstance(listed, list) or not all(isinstance(each, dict) and each.keys() == keys for each in listed):
        raise Malformed("the grants must be objects with certificate_id, epoch and wrapped")
    if not all(type(each["epoch"]) is int and 1 <= each["epoch"] < 2**31 for each in listed):
        raise Malformed("a grant's epoch")
    return [GrantIn(decode(each["certificate_id"], ID), each["epoch"], decode(each["wrapped"], WRAPPED)) for each in listed]
