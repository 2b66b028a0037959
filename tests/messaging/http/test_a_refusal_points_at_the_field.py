"""Whatever field of whatever body is wrong, the refusal points at it, and says nothing of what stood there (PROTOCOL §7.1)."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from messaging.protocol.encoding import VERSION, decode, encode
from messaging.protocol.wire import Carry, Draft, Envelope, Note, Opening
from messaging.protocol.wire.notes import CARRY
from tests.messaging.keys.changes import PASSKEY, PASSPHRASE
from tests.parts.openapi import NAMES, Document, followed, operations, whole_document
from tests.world.desk import Desk, sealed_body
from tests.world.person import AtDesk, Person, Response, all_rows, call, kind_of

pytestmark = pytest.mark.django_db
SECRET = "what stood here is nobody's business"
Steps = tuple[str | int, ...]


def content_of(operation: Document) -> Document:
    schema: Document = operation["requestBody"]["content"]["application/json"]["schema"]
    return schema


def fields_of(document: Document, schema: Document, here: Steps = ()) -> Iterator[Steps]:
    """Every field of a body, and the first place of every list, by the steps to it."""
    schema = followed(document, schema)
    schema = followed(document, next((one for one in schema.get("oneOf", []) if one != {"type": "null"}), schema))
    for name, part in schema.get("properties", {}).items():
        yield (*here, name)
        yield from fields_of(document, part, (*here, name))
    for place, part in enumerate(schema.get("prefixItems", [schema["items"]] if schema.get("items") else [])):
        yield (*here, place)
        yield from fields_of(document, part, (*here, place))


BODIES = [
    (name, method, path)
    for name in NAMES
    for (method, path), operation in sorted(operations(name).items())
    if "requestBody" in operation and any(fields_of(whole_document(name), content_of(operation)))
]


def sample(document: Document, schema: Document, sealed: dict[str, str]) -> Any:
    """A value that its readers take: of each kind of bytes one that has its layout."""
    part = followed(document, schema)
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name in sealed:
        return sealed[name]
    if "oneOf" in part:
        return sample(document, part["oneOf"][0], sealed)
    if "const" in part or "enum" in part:
        return part["const"] if "const" in part else part["enum"][0]
    match part["type"]:
        case "object":
            return {key: sample(document, each, sealed) for key, each in part["properties"].items()}
        case "array":
            listed = part.get("prefixItems") or [part["items"]]
            return [sample(document, each, sealed) for each in listed]
        case "string":
            size = str(part.get("format", "")).removeprefix("base64url-")
            return encode(bytes(int(size))) if size.isdecimal() else encode(bytes(1361))
        case "boolean":
            return True
    return max(part.get("minimum", 0), 1)


def pointer(steps: Steps) -> str:
    return "".join(f"/{step}" for step in steps)


def spoilt(body: Any, steps: Steps) -> Iterator[tuple[Any, str]]:
    """The body with that field wrong, without it, and with another beside it; and where each is refused."""
    stood = holder_of(body, steps)[steps[-1]]
    for value in ({SECRET: SECRET}, f"{SECRET}=", [SECRET, SECRET, SECRET], -1):
        changed = deepcopy(body)
        holder_of(changed, steps)[steps[-1]] = value
        # Of another list or object the fault is further in.
        if isinstance(value, str | int) or type(value) is not type(stood):
            yield changed, pointer(steps)
    if isinstance(steps[-1], str):
        changed = deepcopy(body)
        del holder_of(changed, steps)[steps[-1]]
        yield changed, pointer(steps)
        changed = deepcopy(body)
        holder_of(changed, steps)[SECRET] = SECRET
        yield changed, pointer(steps[:-1])


def holder_of(body: Any, steps: Steps) -> Any:
    for step in steps[:-1]:
        body = body[step]
    return body


@pytest.fixture
def sealed() -> dict[str, str]:
    """Bytes that have the layout of what they are, and would not hold."""
    first = sealed_body(Person().inbox)
    note = VERSION + b"\1\1" + bytes(16) + b"\0\0\0\1" + bytes(Note.SIZE - 23)
    carry = VERSION + bytes([CARRY]) + bytes(32) + b"\0\0\0\1" + bytes(Carry.SIZE - 38)
    draft = VERSION + bytes(Draft.SIZE - 1)
    given = {**{name: decode(first[name.lower()]) for name in ("Opening", "Envelope")}, "Note": note, "Draft": draft, "Carry": carry}
    for kind in (Note, Draft, Carry, Opening, Envelope):
        kind.parse(given[kind.__name__])
    return {name: encode(raw) for name, raw in given.items()}


def test_there_are_many() -> None:
    assert len(BODIES) > 25


@pytest.mark.parametrize(("name", "method", "path"), BODIES)
def test_each_field_of_each_body(world: tuple[Person, AtDesk, str], sealed: dict[str, str], name: str, method: str, path: str) -> None:
    person, counsellor, conversation = world
    document, schema = whole_document(name), content_of(operations(name)[method, path])
    body, before = sample(document, schema, sealed), all_rows()
    path = path.replace("{id}", conversation).replace("{number}", "1")
    for changed, where in (each for steps in fields_of(document, schema) for each in spoilt(body, steps)):
        if name == "person":
            refused = call(person.client, method, path, changed, authorization=f"Bearer {person.token}")
        else:
            refused = call(counsellor.client, method, path, changed)
        assert (refused.status_code, kind_of(refused), refused.json()["pointer"]) == (400, "malformed", where)
        assert SECRET not in refused.content.decode()
    assert all_rows() == before


@pytest.mark.parametrize("body", ["{", "[]", "null", '"text"', '{"a": 1, "a": 1}', b"\xff{}", "[" * 9_999])
def test_what_is_no_object_is_pointed_at_as_a_whole(body: str | bytes) -> None:
    refused = Person().call("POST", "challenges", body)
    assert (kind_of(refused), refused.json()["pointer"]) == ("malformed", "")


def points(refused: Response) -> str:
    assert kind_of(refused) == "malformed"
    return str(refused.json()["pointer"])


def test_what_has_its_form_and_does_not_fit_is_pointed_at_too(desk: Desk) -> None:
    """Shapes are looked at before anything; the rest where it is compared."""
    moira = AtDesk(desk, "Moira")
    proof = {"challenge": encode(bytes(56)), "signature": encode(bytes(64))}
    conversation = decode(Person().write_first().json()["conversation"])
    assert points(moira.call("POST", "vault/records", {"record": PASSKEY, **proof})) == "/record"
    assert points(moira.call("POST", "vault/passkeys", {"record": PASSPHRASE, "credential_id": "AA", **proof})) == "/record"
    assert points(moira.call("POST", "vault/passkeys", {"record": PASSKEY, "credential_id": "", **proof})) == "/credential_id"
    assert points(moira.call("POST", "vault", {"record": PASSPHRASE, "request": encode(bytes(1361))})) == "/request"
    assert points(moira.call("POST", "vault/renewal", {"record": PASSPHRASE, "request": encode(bytes(1441))})) == "/request"
    assert points(moira.call("POST", "epochs", {"statement": "", "grants": []})) == "/statement"
    assert points(moira.call("POST", "epochs/1/confirmation", {"confirmation": encode(bytes(113))})) == "/confirmation"
    grant = {"certificate_id": encode(desk.certificates["Moira"].certificate_id), "epoch": 1, "wrapped": encode(bytes(1168))}
    assert points(moira.call("POST", "vault/grants", {"grants": [grant, grant]})) == "/grants"
    assert points(moira.call("POST", "vault/grants", {"grants": [grant, grant | {"epoch": 0}]})) == "/grants/1/epoch"
    assert points(moira.call("POST", "work", {"takes": 9})) == "/takes"
    assert points(moira.call("POST", "work/break", {"minutes": 361})) == "/minutes"
    assert points(moira.does(conversation, "hand-over", to=encode(desk.members["Moira"].public_id))) == "/to"
    assert points(moira.does(conversation, "snooze", until="yesterday")) == "/until"
    assert points(moira.does(conversation, "close", route="self", actions=["devices", "devices"], signposts=[])) == "/actions"
    assert points(moira.does(conversation, "close", route="self", actions=[], signposts=["gp", "moon"])) == "/signposts/1"


def test_an_epoch_whose_grants_are_not_its_rosters_is_pointed_at_there(desk: Desk) -> None:
    raw, grants = desk.sealed_epoch()
    listed = [{"certificate_id": encode(each.certificate_id), "epoch": each.epoch, "wrapped": encode(each.wrapped)} for each in grants]
    moira = AtDesk(desk, "Moira")
    assert points(moira.call("POST", "epochs", {"statement": encode(raw), "grants": listed[:1]})) == "/grants"
    wrong = raw[:-1] + bytes([raw[-1] ^ 1])
    assert points(moira.call("POST", "epochs", {"statement": encode(wrong), "grants": listed})) == "/statement"
