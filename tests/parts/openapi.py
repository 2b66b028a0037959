"""The interfaces' documents (docs/interfaces): each whole, with the parts that both have in common, and its schemas as validators."""

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import yaml

from tests.parts.environment import REPOSITORY

FOLDER = REPOSITORY / "docs" / "interfaces"
NAMES = ("person", "desk")
Document = dict[str, Any]


def read_document(name: str) -> Document:
    """One file as it is written: `person`, `desk` or `shared`."""
    return dict(yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def _local(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: each.removeprefix("shared.yaml") if key == "$ref" else _local(each) for key, each in value.items()}
    return [_local(each) for each in value] if isinstance(value, list) else value


@functools.cache
def whole_document(name: str) -> Document:
    """The document with the shared parts among its own, so that nothing in it refers to another file."""
    document, shared = _local(read_document(name)), read_document("shared")["components"]
    for kind, parts in shared.items():
        own = document["components"].setdefault(kind, {})
        assert not own.keys() & parts.keys(), "a part stands in both files"
        own |= parts
    return dict(document)


def followed(document: Document, part: Document) -> Document:
    """The part, or what it refers to, together with what stands beside the reference."""
    if "$ref" not in part:
        return part
    target: Any = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return followed(document, target) | {key: value for key, value in part.items() if key != "$ref"}


def schemas_of(response: Document) -> list[Document]:
    return [media["schema"] for media in response.get("content", {}).values()]


def fields_of(document: Document, schema: Document, seen: set[str]) -> Iterator[tuple[str, Document]]:
    """Each property below the schema, by name; constants of a problem's type narrow one that is said elsewhere."""
    if schema.get("$ref") in seen:
        return
    seen = seen | {schema["$ref"]} if "$ref" in schema else seen
    schema = followed(document, schema)
    for name, part in schema.get("properties", {}).items():
        if part.keys() != {"const"}:
            yield name, part
            yield from fields_of(document, part, seen)
    for inner in [*schema.get("allOf", []), *schema.get("oneOf", []), *schema.get("prefixItems", [])]:
        yield from fields_of(document, inner, seen)
    if isinstance(schema.get("items"), dict):
        yield from fields_of(document, schema["items"], seen)


def operations(name: str) -> dict[tuple[str, str], Document]:
    """Each method of each address, as (`GET`, `/api/v1/inbox`)."""
    document = whole_document(name)
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete", "head", "options", "trace"}
    }


@functools.cache
def _validator(name: str, method: str, path: str, status: str, kind: str) -> jsonschema_rs.Draft202012Validator:
    """Of the body of this answer."""
    document = whole_document(name)
    response = followed(document, operations(name)[method, path]["responses"][status])
    return jsonschema_rs.Draft202012Validator({**response["content"][kind]["schema"], "components": document["components"]})


def faults_of_answer(name: str, method: str, path: str, status: int, headers: dict[str, str], body: Any) -> list[str]:
    """What of an answer is not as the document says; nothing of a value is in it. `body` is None where there is none."""
    document = whole_document(name)
    responses = operations(name)[method, path]["responses"]
    if str(status) not in responses:
        return [f"{method} {path} does not answer {status}"]
    response = followed(document, responses[str(status)])
    faults = [
        f"{method} {path} {status} has no {header}"
        for header, part in response.get("headers", {}).items()
        if followed(document, part).get("required") and header not in headers
    ]
    content = response.get("content", {})
    if not content:
        return faults if body is None else [*faults, f"{method} {path} {status} has a body"]
    kind = headers.get("Content-Type", "")
    if kind not in content:
        return [*faults, f"{method} {path} {status} is {kind or 'of no type'}"]
    for error in _validator(name, method, path, str(status), kind).iter_errors(body):
        where, rule = "/".join(map(str, error.instance_path)), "/".join(map(str, error.schema_path))
        faults.append(f"{method} {path} {status}: /{where} against {rule}")
    return faults


@functools.cache
def _addresses(name: str) -> dict[re.Pattern[str], str]:
    """Every address as a pattern; those without a place in them first."""
    paths = sorted({path for _, path in operations(name)}, key=lambda path: path.count("{"))
    return {re.compile(re.sub(r"\{\w+\}", "[^/]+", path)): path for path in paths}


def demand_documented(method: str, target: str, response: Any) -> None:
    """Raises AssertionError for an answer of either interface, as Django's test client has it, that is not as its document says.

    A method that an address does not take, and another address, are no part of the documents.
    """
    for name in NAMES:
        path = next((path for pattern, path in _addresses(name).items() if pattern.fullmatch(target.partition("?")[0])), None)
        if path is not None and (method, path) in operations(name):
            body = json.loads(response.content) if response.content else None
            faults = faults_of_answer(name, method, path, response.status_code, dict(response.headers), body)
            assert faults == [], faults
