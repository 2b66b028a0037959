"""What the vectors say that a server answers is exactly as the interfaces' documents have it: no key is missing, none is too many."""

from typing import Any

import pytest

from tests.messaging.protocol.vectors import load, names
from tests.parts.openapi import faults_of_answer

HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-store", "ETag": ""}
ADDRESSES = {
    ("thread", "person"): ("person", "/api/v1/inbox"),
    ("thread", "desk"): ("desk", "/desk/api/conversations/{id}"),
    ("thread-again", "person"): ("person", "/api/v1/inbox"),
    ("thread-again", "desk"): ("desk", "/desk/api/conversations/{id}"),
}


def answers(case: dict[str, Any]) -> list[tuple[tuple[str, str], Any]]:
    """Each answer in a case's input, with its interface and address."""
    given, kind = case["input"], case["kind"]
    found: list[tuple[tuple[str, str], Any]] = []
    place = ADDRESSES.get((kind, given.get("reader", {}).get("side", "")))
    if kind in {"desk", "desk-again"}:
        place = "person", "/api/v1/desk"
    if place:
        found += [(place, given[key]) for key in ("answer", "before", "after") if key in given]
    if kind == "open-desk-again":
        found += [(("desk", "/desk/api/me"), given[key]) for key in ("before", "after")]
    if kind == "notes":
        found.append((("desk", "/desk/api/conversations/{id}/notes"), given["answer"]))
        found += [(("desk", "/desk/api/conversations/{id}"), given["thread"])] if given["thread"] else []
    me = given.get("me") or given.get("reader", {}).get("me")
    return [*found, (("desk", "/desk/api/me"), me)] if me else found


# A value that is none of its kind is what these cases are about.
@pytest.mark.parametrize("name", [name for name in names() if load(name).get("error") != "Malformed"])
def test_an_answer_has_every_key_and_no_other(name: str) -> None:
    for (interface, path), answer in answers(load(name)):
        faults = faults_of_answer(interface, "GET", path, 200, HEADERS, answer)
        # Bytes that are cut off are what a case may be about.
        assert [fault for fault in faults if not fault.endswith("/minLength")] == []
