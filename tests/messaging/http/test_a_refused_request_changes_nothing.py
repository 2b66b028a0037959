"""Whatever is wrong with a request, it gets a problem document and leaves every row as it was."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from messaging.models import Epoch
from messaging.protocol.encoding import decode, encode
from messaging.routing.route import route_waiting
from tests.world.desk import NOON, Desk, sealed_body
from tests.world.person import AtDesk, Person, all_rows, kind_of, who_has

pytestmark = pytest.mark.django_db
Spoil = Callable[[dict[str, Any]], object]


def flipped(text: str, place: int, bit: int = 1) -> str:
    raw = bytearray(decode(text))
    raw[place] ^= bit
    return encode(bytes(raw))


def put(body: dict[str, Any], **changes: object) -> dict[str, Any]:
    return body | changes


def as_text(envelope: str) -> str:
    """The envelope with readable text where its ciphertext was."""
    raw = decode(envelope)
    return encode(raw[:107] + ("I am worried. " * 600).encode()[:8208] + raw[8315:])


# What is refused, and for what is malformed in which field (§7.1).
SPOILT: dict[str, tuple[str, Spoil]] = {
    "truncated JSON": ("malformed", lambda body: json.dumps(body)[:-9]),
    "a list": ("malformed", lambda body: [body]),
    "nothing": ("malformed /kem_public", lambda body: {}),
    "a key too many": ("malformed", lambda body: put(body, name="x")),
    "a key twice": ("malformed", lambda body: json.dumps(body)[:-1] + ', "envelope": ""}'),
    "not UTF-8": ("malformed", lambda body: json.dumps(body).encode() + b"\xff"),
    "a number for bytes": ("malformed /envelope", lambda body: put(body, envelope=7)),
    "base64 with padding": ("malformed /envelope", lambda body: put(body, envelope=body["envelope"] + "=")),
    "bits left over": ("malformed /opening", lambda body: put(body, opening=body["opening"][:-1] + "B")),
    "a short envelope": ("malformed /envelope", lambda body: put(body, envelope=encode(decode(body["envelope"])[:-1]))),
    "a long opening": ("malformed /opening", lambda body: put(body, opening=encode(decode(body["opening"]) + b"\0"))),
    "another version": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 0))),
    "another suite": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 1))),
    "the desk's direction": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 2, 3))),
    "another conversation": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 5))),
    "sequence 2": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 26, 3))),
    "another opening's hash": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 43))),
    "a certificate on a person's envelope": ("malformed /envelope", lambda body: put(body, envelope=flipped(body["envelope"], 9339))),
    "a tag in nobody's place": (
        "malformed /envelope",
        lambda body: put(body, envelope=flipped(body["envelope"], 9338)),
    ),
    "another inbox": ("malformed /opening", lambda body: put(body, opening=flipped(body["opening"], 2))),
    "a foreign key": ("malformed /opening", lambda body: put(body, sign_public=flipped(body["sign_public"], 0))),
    "plaintext as ciphertext": ("not-sealed", lambda body: put(body, envelope=as_text(body["envelope"]))),
    "zeros as ciphertext": ("not-sealed", lambda body: put(body, envelope=encode(decode(body["envelope"])[:107] + bytes(9312)))),
    "a wrong proof": ("bad-proof", lambda body: put(body, proof=flipped(body["proof"], 63))),
    "an altered opening": ("malformed /envelope", lambda body: put(body, opening=flipped(body["opening"], 200))),
    "too large": ("too-large", lambda body: json.dumps(body) + " " * 20_000),
}


def test_a_first_message_that_is_spoilt(desk: Desk, subtests: pytest.Subtests) -> None:
    before = all_rows()
    for name, (kind, spoil) in SPOILT.items():
        with subtests.test(name):
            person = Person()
            refused = person.call("POST", "messages", spoil(sealed_body(person.inbox)))
            assert " ".join(filter(None, (kind_of(refused), refused.json().get("pointer")))) == kind
            assert refused.status_code in {400, 403, 413}
            assert all_rows() == before


OF_A_FIRST_MESSAGE = {"a foreign key", "a wrong proof", "an altered opening"}


def test_a_later_message_that_is_spoilt(desk: Desk, subtests: pytest.Subtests) -> None:
    person = Person()
    person.write_first()
    person.come_back()
    opening = sealed_body(person.inbox)["opening"]
    before = all_rows()
    for name in sorted(SPOILT.keys() - OF_A_FIRST_MESSAGE):
        with subtests.test(name):
            kind, spoil = SPOILT[name]
            body = person.sealed() | {"opening": opening}
            refused = person.call("POST", "inbox/envelopes", spoil(body))
            # A later message may well have a sequence of its own: only the place in the thread is wrong then.
            assert kind_of(refused) in {kind.partition(" ")[0], "conflict", "malformed"}
            assert all_rows() == before


def test_an_answer_that_is_spoilt(desk: Desk, subtests: pytest.Subtests) -> None:
    conversation = decode(Person().write_first().json()["conversation"])
    route_waiting(at=NOON)
    counsellor = AtDesk(desk, str(who_has(conversation)))
    body = counsellor.sealed(conversation) | {"opening": sealed_body(Person().inbox)["opening"]}
    before = all_rows()
    for name in sorted(SPOILT.keys() - OF_A_FIRST_MESSAGE - {"another inbox"}):
        with subtests.test(name):
            kind, spoil = SPOILT[name]
            refused = counsellor.call("POST", f"conversations/{encode(conversation)}/envelopes", spoil(body))
            assert kind_of(refused) in {kind.partition(" ")[0], "conflict", "malformed", "not-certified"}
            assert all_rows() == before


def test_nothing_is_taken_while_the_desk_has_no_key(desk: Desk) -> None:
    person = Person()
    body = sealed_body(person.inbox)
    Epoch.objects.update(last_day=1, first_day=1)
    before = all_rows()
    refused = person.call("POST", "messages", body)
    assert (refused.status_code, kind_of(refused)) == (503, "closed")
    assert person.call("GET", "desk").status_code == 503
    assert all_rows() == before


def test_a_message_sealed_to_an_old_key_is_told_the_new_one(desk: Desk) -> None:
    person = Person()
    body = sealed_body(person.inbox)
    desk.open_epoch()
    before = all_rows()
    refused = person.call("POST", "messages", body)
    assert (refused.status_code, kind_of(refused), refused.json()["epoch"]) == (409, "epoch-changed", 2)
    assert all_rows() == before
