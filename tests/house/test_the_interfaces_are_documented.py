"""Each interface has an OpenAPI 3.1 document: valid, with every address and method, and with who vouches for each field."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from messaging.http.problems import KINDS
from messaging.urls import DESK, ELSE, PERSON
from tests.parts.openapi import NAMES, Document, fields_of, followed, operations, read_document, schemas_of, whole_document

# Where each stands, and what is below.
ADDRESSES: dict[str, tuple[str, list[URLPattern]]] = {"person": ("/api/v1/", PERSON), "desk": ("/desk/api/", DESK)}


@pytest.mark.parametrize("name", [*NAMES, "shared"])
def test_the_document_is_openapi_3_1(name: str) -> None:
    assert [error.message[:200] for error in OPENAPI_31_VALIDATOR.iter_errors(read_document(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_somewhere(name: str) -> None:
    document = whole_document(name)
    for part in parts_of(document):
        if "$ref" in part:
            followed(document, part)


@pytest.mark.parametrize("name", NAMES)
def test_every_address_and_method_stands_in_it_and_nothing_else(name: str) -> None:
    """A new address in messaging/urls.py wants its place in docs/interfaces."""
    base, patterns = ADDRESSES[name]
    served = {
        (method, base + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern)))
        for pattern in patterns
        if pattern is not ELSE
        for method in vars(pattern.callback)["methods"]
    }
    assert len(served) > 10
    assert set(operations(name)) == served


def test_every_problem_has_its_schema_and_may_be_answered_somewhere() -> None:
    schemas = read_document("shared")["components"]["schemas"]
    for kind, (status, _) in KINDS.items():
        known = schemas[f"Problem-{kind}"]["properties"]
        assert (known["type"]["const"], known["status"]["const"]) == (f"/problems/{kind}", status)
    answered = {
        part["$ref"].rpartition("/Problem-")[2]
        for name in NAMES
        for operation in operations(name).values()
        for response in operation["responses"].values()
        for part in parts_of(followed(whole_document(name), response))
        if "/Problem-" in part.get("$ref", "")
    }
    assert answered == KINDS.keys() - {"wrong-method"}


@pytest.mark.parametrize("name", NAMES)
def test_every_object_says_exactly_its_keys(name: str) -> None:
    for part in parts_of(whole_document(name)["components"]["schemas"] | {"paths": whole_document(name)["paths"]}):
        if part.get("type") == "object" and "title" not in part.get("properties", {}):
            assert part["additionalProperties"] is False, part
            assert set(part.get("required", [])) == set(part["properties"]), part


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_answer_says_who_vouches_for_it(name: str) -> None:
    document, words = whole_document(name), read_document("shared")["info"]["x-vouchers"]
    fields = [
        (f"{method} {path}: {field}", followed(document, part))
        for (method, path), operation in operations(name).items()
        for response in operation["responses"].values()
        for schema in schemas_of(followed(document, response))
        for field, part in fields_of(document, schema, set())
    ]
    assert len(fields) > 60
    unsaid = {field for field, part in fields if part.get("x-vouched-by") not in words or not part.get("description")}
    assert unsaid == set()


def parts_of(value: Any) -> Iterator[Document]:
    """Every object anywhere in it."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts_of(each)
