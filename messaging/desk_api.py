"""The desk's interface (PROTOCOL §8), for the counsellors' own pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.api import accepted, sealed
from messaging.desk_access import is_lead, with_member
from messaging.encoding import ID, WRAPPED, Malformed, decode, encode
from messaging.endpoints import answer, answer_if_changed, endpoint, read_body
from messaging.installation import site
from messaging.models import Conversation, DeskMember
from messaging.operations.be_seen import be_seen
from messaging.operations.claim import claim
from messaging.operations.keys import GrantIn, add_epoch, add_passkey_vault, store_vault
from messaging.operations.release import release
from messaging.operations.reply import reply
from messaging.operations.show import show
from messaging.problems import Problem
from messaging.queries import desk, lists
from messaging.wire import Request, VaultRecord


def place(thread: Conversation) -> HttpResponse:
    return answer(desk.place_of(thread))


def conversation_id(text: str) -> bytes:
    """Raises Problem not-found for what cannot be one."""
    try:
        return decode(text, ID)
    except Malformed as error:
        raise Problem("not-found", "There is no such conversation.") from error


@with_member
def me(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return answer(desk.me(member, at=now()))


@with_member
def vault(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_body(request, "record", "request")
    store_vault(member, record=decode(body["record"], VaultRecord.SIZE), request=decode(body["request"], Request.SIZE), at=now())
    return answer({}, 201)


@with_member
def passkey_vault(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_body(request, "record", "credential_id")
    kept = add_passkey_vault(member, record=decode(body["record"], VaultRecord.SIZE), credential_id=decode(body["credential_id"]))
    return answer({"id": kept.pk}, 201)


@with_member
def candidates(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return answer({"candidates": [encode(raw) for raw in desk.candidates(at=now())]})


@with_member
def epoch(request: HttpRequest, member: DeskMember) -> HttpResponse:
    body = read_body(request, "statement", "grants", most=MOST_OF_AN_EPOCH)
    statement, grants, at = decode(body["statement"]), grants_of(body["grants"]), now()
    opened = add_epoch(statement=statement, grants=grants, at=at, by=member)
    return answer({"number": opened.number}, 201)


# A grant for each of 512 on the roster, and as many earlier ones again: 1,640 bytes each as JSON.
MOST_OF_AN_EPOCH = 2_000_000


def grants_of(listed: Any) -> list[GrantIn]:
    """Raises Malformed unless it is a list of grants as §8.2 has them."""
    keys = {"certificate_id", "epoch", "wrapped"}
    if not isinstance(listed, list) or not all(isinstance(each, dict) and each.keys() == keys for each in listed):
        raise Malformed("the grants must be objects with certificate_id, epoch and wrapped")
    if not all(type(each["epoch"]) is int and 1 <= each["epoch"] < 2**31 for each in listed):
        raise Malformed("a grant's epoch")
    return [GrantIn(decode(each["certificate_id"], ID), each["epoch"], decode(each["wrapped"], WRAPPED)) for each in listed]


@with_member
def conversations(request: HttpRequest, member: DeskMember) -> HttpResponse:
    # A desk that is locked goes on asking while nobody is there.
    if "locked" not in request.GET:
        be_seen(member)
    return answer_if_changed(request, lists.conversations(member, lead=is_lead(request), at=now()))


@with_member
def conversation(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002 - PROTOCOL's own name
    return answer(show(member, conversation_id(id), at=now()))


@with_member
def envelope(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    opening, sealed_envelope = sealed(read_body(request, "opening", "envelope"))
    return accepted(reply(member, conversation_id(id), opening, sealed_envelope, site=site(), at=now()), "sequence", "hash")


@with_member
def take(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_body(request)
    return place(claim(member, conversation_id(id), at=now()))


@with_member
def give_back(request: HttpRequest, member: DeskMember, *, id: str) -> HttpResponse:  # noqa: A002
    read_body(request)
    return place(release(member, conversation_id(id), at=now()))


me_address = endpoint(GET=me)
vault_address = endpoint(POST=vault)
passkeys_address = endpoint(POST=passkey_vault)
epochs_address = endpoint(GET=candidates, POST=epoch)
conversations_address = endpoint(GET=conversations)
conversation_address = endpoint(GET=conversation)
envelopes_address = endpoint(POST=envelope)
claim_address = endpoint(POST=take)
release_address = endpoint(POST=give_back)
