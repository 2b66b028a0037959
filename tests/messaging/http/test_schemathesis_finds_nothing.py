"""Whatever schemathesis makes of the interfaces' documents, the service answers as they say, and never with a failure of its own."""

import json
from typing import Any

import pytest
import schemathesis
from django.db.transaction import atomic, set_rollback
from hypothesis import HealthCheck, given
from hypothesis import strategies as some

from messaging.protocol.encoding import encode
from tests.parts.examples import examples
from tests.parts.openapi import NAMES, operations, read_document, whole_document
from tests.world.person import AtDesk, Person, call, kind_of

pytestmark = pytest.mark.django_db


def seeded(size: int) -> some.SearchStrategy[str]:
    """Base64url of so many bytes, drawn from a few: of which the first decide how far a parser comes."""
    return some.binary(min_size=6, max_size=12).map(lambda few: encode((few + bytes(range(256)) * 40)[:size]))


SIZES = {"request": 1361, "certificate": 1390, "statement": 1375, "credential": 20}
for each in read_document("shared")["components"]["schemas"].values():
    kind = str(each.get("format", ""))
    if kind.startswith("base64url-"):
        size = kind.removeprefix("base64url-")
        schemathesis.openapi.format(kind, seeded(SIZES[size] if size in SIZES else int(size)))

DOCUMENTS = {name: schemathesis.openapi.from_dict(whole_document(name)) for name in NAMES}
GOOD, SPOILT = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
OPERATIONS = sorted((name, method, path) for name in NAMES for method, path in operations(name))
# What takes nothing can be spoilt in nothing.
TRIED = [(*each, GOOD) for each in OPERATIONS] + [
    (name, method, path, SPOILT)
    for name, method, path in OPERATIONS
    if operations(name)[method, path].keys() & {"requestBody", "parameters"}
]


def ask(world: tuple[Person, AtDesk, str], name: str, case: Any, *, here: bool) -> Any:
    """One request as it was made, with a session; `here` puts the conversation that stands in the place of the one made up."""
    person, counsellor, conversation = world
    path = case.path
    for key, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{key}}}", conversation if here and key == "id" else str(value))
    body = json.dumps(case.body) if isinstance(case.body, dict | list | str | int | float | bool | None) else None
    if name == "person":
        return call(person.client, case.method, path, body, authorization=f"Bearer {person.token}")
    return call(counsellor.client, case.method, path, body)


@pytest.mark.parametrize("mode", [GOOD, SPOILT])
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_as_its_document_says(
    subtests: pytest.Subtests, world: tuple[Person, AtDesk, str], name: str, mode: schemathesis.GenerationMode
) -> None:
    """`call` compares each answer with the document; here none may be a failure. Each operation finds the world as it was made."""
    for _, method, path, _ in (each for each in TRIED if (each[0], each[3]) == (name, mode)):
        with subtests.test(method=method, path=path), atomic():
            ask_often(world, name, DOCUMENTS[name][path][method].as_strategy(generation_mode=mode))
            set_rollback(True)


def ask_often(world: tuple[Person, AtDesk, str], name: str, strategy: Any) -> None:
    @examples(day=2, suppress_health_check=list(HealthCheck))
    @given(case=strategy, here=some.booleans())
    def ask_once(case: Any, here: bool) -> None:
        answer = ask(world, name, case, here=here)
        # No hub is here, and the interface says so as its document has it.
        assert answer.status_code < 500 or kind_of(answer) == "live-unavailable"

    ask_once()
