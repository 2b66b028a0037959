"""Whatever body is sent to whichever address, the answer is never a failure of the server, and always JSON that is not to be kept."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as some

from messaging.protocol.encoding import decode, encode
from messaging.routing.route import route_waiting
from tests.parts.examples import examples
from tests.world.desk import NOON, open_helpline, sealed_body
from tests.world.person import AtDesk, Person, all_rows, call

pytestmark = pytest.mark.django_db

PERSON = {
    "challenges": [],
    "sessions": ["inbox_id", "challenge", "signature"],
    "messages": ["kem_public", "sign_public", "tag_public", "opening", "envelope", "challenge", "proof"],
    "inbox/envelopes": ["opening", "envelope"],
}
DESK = {
    "vault": ["record", "request"],
    "vault/challenges": [],
    "vault/records": ["record", "challenge", "signature"],
    "vault/passkeys": ["record", "credential_id", "challenge", "signature"],
    "vault/passkeys/out": ["credential_id", "challenge", "signature"],
    "vault/sheet": [],
    "vault/renewal": ["record", "request"],
    "vault/renewal/sheet": [],
    "vault/renewal/done": ["challenge", "signature"],
    "vault/grants": ["grants"],
    "epochs": ["statement", "grants"],
    "conversations/AAAAAAAAAAAAAAAAAAAAAA/envelopes": ["opening", "envelope"],
    "conversations/AAAAAAAAAAAAAAAAAAAAAA/claim": [],
    "conversations/AAAAAAAAAAAAAAAAAAAAAA/release": [],
}
SIZES = (0, 1, 16, 32, 56, 64, 109, 1168, 1216, 1361, 1435, 2518, 9419, 9535)
scalars = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=60)
values = some.recursive(scalars, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=9), inner, max_size=3))
encoded = some.sampled_from(SIZES).flatmap(lambda size: some.binary(min_size=size, max_size=size)).map(encode)
# Of the right size and with a plausible beginning, so that what is behind the parsers is reached too.
plausible = some.tuples(some.sampled_from(SIZES), some.sampled_from([b"\2\1\1", b"\2\1\2", b"\2\2", b"\1", b"\2"])).map(
    lambda made: encode((made[1] + bytes(range(256)) * 40)[: made[0]])
)
grants = some.lists(
    some.fixed_dictionaries({"certificate_id": encoded | values, "epoch": some.integers() | values, "wrapped": plausible | values}),
    max_size=3,
)
field = encoded | plausible | values | grants


def bodies(keys: list[str]) -> some.SearchStrategy[Any]:
    return (
        some.fixed_dictionaries(dict.fromkeys(keys, field)).map(json.dumps)
        | values.map(json.dumps)
        | some.text(max_size=200)
        | some.binary(max_size=200)
    )


requests = some.sampled_from(sorted(PERSON | DESK)).flatmap(
    lambda path: some.tuples(some.just(path), bodies((PERSON | DESK)[path]), some.sampled_from(["POST", "GET", "PUT", "DELETE", "PATCH"]))
)


@examples(day=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(requests)
def test_no_body_breaks_an_endpoint(world: tuple[Person, AtDesk], request_: tuple[str, Any, str]) -> None:
    path, body, method = request_
    person, counsellor = world
    answers = [
        call(person.client, method, f"/api/v1/{path}", body, authorization=f"Bearer {person.token}")
        if path in PERSON
        else call(counsellor.client, method, f"/desk/api/{path}", body)
    ]
    for answer in answers:
        assert answer.status_code < 500, answer.content
        assert answer["Cache-Control"] == "no-store"
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            json.loads(answer.content)


@pytest.fixture
def world(db: None) -> tuple[Person, AtDesk]:
    person, desk = Person(), open_helpline()
    person.write_first()
    person.come_back()
    route_waiting(at=NOON)
    return person, AtDesk(desk, "Moira")


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=some.sampled_from(PERSON["messages"]), place=some.integers(0, 20_000), bit=some.integers(0, 7))
def test_any_bit_flipped_in_a_first_message_is_refused(world: tuple[Person, AtDesk], name: str, place: int, bit: int) -> None:
    """But in what only its readers can tell: no signature of the person's covers what is made from text."""
    body = sealed_body(Person().inbox)
    raw = bytearray(decode(body[name]))
    place %= len(raw)
    # Two are on the roster: their tags too are for them to check.
    assume(name != "envelope" or not (27 <= place < 43 or 107 <= place < 8315 + 2 * 16))
    raw[place] ^= 1 << bit
    before = all_rows()
    refused = Person().call("POST", "messages", body | {name: encode(bytes(raw))})
    assert refused.status_code in {400, 403}
    assert all_rows() == before
