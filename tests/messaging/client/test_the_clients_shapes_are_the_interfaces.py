"""Every answer that the interfaces' documents allow is taken by the browser's transport, whole; whatever else is refused."""

import json
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from messaging.release.build import CLIENT, install, node_path
from tests.parts.openapi import NAMES, Document, faults_of_answer, followed, operations, whole_document

Steps = tuple[str | int, ...]
OPERATIONS = {
    (name, operation["operationId"]): (method, path)
    for name in NAMES
    for (method, path), operation in operations(name).items()
}  # fmt: skip
# Done once a 2xx came: of these answers, empty or not, the client looks at nothing.
NOT_LOOKED_AT = {
    "postVault", "postPassphraseRecord", "postPasskey", "postPasskeyOut", "postSheet", "postRenewal", "postRenewalSheet", "postRenewalDone",
    "postOwnGrants", "postEpoch", "postConfirmation", "postNote", "postNoteCarry", "postSavedReply", "postSavedReplyCarry",
    "postDisclosure",
}  # fmt: skip
# What the transport keeps to itself, or hands on without what stood around it.
KEPT = {"postSession": None}
COLUMNS = {
    "number": 7,
    "text": "text",
    "date": "2026-11-24",
    "instant": "2026-11-24T09:00:00.250000+00:00",
    "bytes": "AAAA",
    "set": True,
}
TABLE: Document = {
    "table": "messaging_inbox",
    "columns": [{"name": name, "as": name} for name in COLUMNS],
    "rows": [list(COLUMNS.values()), [None, None, None, None, None, False]],
}
# Of each type of JSON a value that stands nowhere in an answer.
OTHERS: dict[str, list[Any]] = {
    "null": [None], "boolean": [True], "number": [1.5], "integer": [-1, 2**53], "string": ["none of those"], "array": [[]], "object": [{}],
}  # fmt: skip


def kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    return {int: "integer", float: "number", str: "string", list: "array", dict: "object"}[type(value)]


def choices(document: Document, schema: Document) -> list[Document]:
    """The schema, or each of those that it leaves to choose from."""
    part = followed(document, schema)
    found = [each for one in part.get("oneOf", []) for each in choices(document, one)] or [part]
    return [one | {"type": each} for one in found for each in one["type"]] if isinstance(found[0].get("type"), list) else found


def sample(document: Document, schema: Document, *, full: bool) -> Any:
    """An answer with as little in it as there may be, or with something everywhere."""
    part = min(choices(document, schema), key=lambda one: (one.get("type") == "null") == full)
    if "const" in part or "enum" in part:
        return part["const"] if "const" in part else next(each for each in part["enum"] if each is not None or not full)
    if part["type"] == "object":
        properties = part["properties"]
        if properties.keys() == TABLE.keys():
            return deepcopy(TABLE)
        return {key: sample(document, each, full=full) for key, each in properties.items()}
    if part["type"] == "array":
        items = part.get("prefixItems") or ([part["items"]] if full else [])
        return [sample(document, each, full=full) for each in items]
    return {"string": text_of(part), "null": None, "boolean": full}.get(part["type"], part.get("minimum", 0))


def text_of(part: Document) -> str:
    if part.get("format") == "date":
        return "2026-11-24"
    if "minLength" in part:
        return "A" * int(part["minLength"])
    if "{99}" in part.get("pattern", ""):
        return "A" * 99  # A ticket.
    return "2026-11-24T09:00:00+00:00" if "pattern" in part or part.get("format") == "date-time" else "text"


def places(document: Document, schema: Document, value: Any, here: Steps = ()) -> Iterator[tuple[Steps, list[Document]]]:
    """Every value in the answer, by the steps to it, and what may stand there."""
    options = choices(document, schema)
    yield here, options
    part = next(one for one in options if one.get("type", kind(value)) == kind(value) or "enum" in one or "const" in one)
    if isinstance(value, dict) and value != TABLE:
        for key, each in value.items():
            yield from places(document, part["properties"][key], each, (*here, key))
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield from places(document, part["prefixItems"][place] if "prefixItems" in part else part["items"], each, (*here, place))


def put(answer: Any, steps: Steps, value: Any) -> Any:
    """The answer with another value there."""
    if not steps:
        return value
    changed = deepcopy(answer)
    holder = changed
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return changed


def at(answer: Any, steps: Steps) -> Any:
    for step in steps:
        answer = answer[step]
    return answer


def good_ones(document: Document, schema: Document) -> Iterator[Any]:
    """The least answer, the fullest, and that with each other word that may stand in a place."""
    full = sample(document, schema, full=True)
    yield from (sample(document, schema, full=False), full)
    for steps, options in places(document, schema, full):
        for part in options:
            for value in part.get("enum", [None] if part.get("type") == "null" else []):
                yield put(full, steps, value)


def bad_ones(document: Document, schema: Document) -> Iterator[tuple[str, Any]]:
    """The fullest answer with one thing wrong, and what."""
    full = sample(document, schema, full=True)
    for steps, options in places(document, schema, full):
        known = {each for part in options for each in part.get("enum", [part["const"]] if "const" in part else [])}
        taken = {part.get("type", kind(next(iter(known), None))) for part in options}
        words = known or any(part.get("format") == "date" or "09:00" in text_of(part) for part in options if "pattern" in part)
        for one, values in OTHERS.items():
            if one not in taken or (one == "string" and words) or (one == "integer" and known) or (one == "integer" and "integer" in taken):
                yield from ((f"{one} at {steps}", put(full, steps, value)) for value in values)
        value = at(full, steps)
        if isinstance(value, dict):
            yield f"a stranger in {steps}", put(full, steps, value | {"stranger": None})
            yield from ((f"no {key} in {steps}", put(full, steps, {k: v for k, v in value.items() if k != key})) for key in value)
        if isinstance(value, list) and any("prefixItems" in part for part in options):
            yield f"one more at {steps}", put(full, steps, [*value, 1])
            yield f"one less at {steps}", put(full, steps, value[:-1])
        if value == TABLE:
            yield from spoilt_tables(full, steps)


def spoilt_tables(full: Any, steps: Steps) -> Iterator[tuple[str, Any]]:
    row = list(COLUMNS.values())
    wrong: tuple[Any, ...] = (-1, {}, "2026-11-24 T", 1.5)
    for place, name in enumerate(COLUMNS):
        for value in wrong if name != "text" else (1, {}, True):
            yield f"a row's {name}", put(full, steps, TABLE | {"rows": [[*row[:place], value, *row[place + 1 :]]]})
    yield "a row too short", put(full, steps, TABLE | {"rows": [row[:-1]]})
    yield "a column of another kind", put(full, steps, TABLE | {"columns": [{"name": "x", "as": "words"}], "rows": []})


def ask(questions: list[dict[str, Any]]) -> Any:
    install()
    done = subprocess.run(
        [node_path(), CLIENT / "tests" / "parts" / "take_answers.ts"],
        input=json.dumps(questions), capture_output=True, text=True, check=False, cwd=CLIENT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def answers_of(name: str, operation: str) -> list[tuple[int, Document]]:
    """Status and schema of each answer that is no refusal."""
    document, responses = whole_document(name), operations(name)[OPERATIONS[name, operation]]["responses"]
    return [
        (int(status), followed(document, response)["content"]["application/json"]["schema"])
        for status, response in responses.items()
        if status[0] == "2" and "content" in followed(document, response)
    ]


def test_the_client_has_a_call_for_each_operation() -> None:
    assert {(name, each) for name, known in ask([])["operations"].items() for each in known} == OPERATIONS.keys()


@pytest.mark.parametrize("name", NAMES)
def test_what_the_document_allows_is_taken_and_nothing_else(name: str) -> None:
    document, questions, labels = whole_document(name), [], []
    for operation in (one for where, one in OPERATIONS if where == name):
        method, path = OPERATIONS[name, operation]
        for status, schema in answers_of(name, operation):
            good = [("", each) for each in good_ones(document, schema)]
            headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "ETag": f'"{"0" * 32}"'}
            # Else the test would not be about the document.
            for _, each in good:
                assert faults_of_answer(name, method, path, status, headers, each) == []
            bad = [] if operation in NOT_LOOKED_AT else list(bad_ones(document, schema))
            questions.append({"operation": operation, "answers": [{"status": status, "answer": each} for _, each in good + bad]})
            labels.append((operation, f"{method} {path}", good + bad))
    found = ask(questions)["found"]
    assert sum(len(each) for each in found) > 300
    troubles = []
    for (operation, asked, cases), outcomes in zip(labels, found, strict=True):
        for (wrong, answer), outcome in zip(cases, outcomes, strict=True):
            if operation not in NOT_LOOKED_AT | KEPT.keys() and not wrong and outcome.get("taken") != answer:
                troubles.append(f"{operation} gives back something else: {outcome.get('refused')}")
            if bool(wrong) != ("refused" in outcome):
                troubles.append(f"{operation}: {wrong or 'good'} -> {outcome.get('refused', 'taken')}")
            if outcome["request"].partition("?")[0] != asked.replace("{id}", "A" * 22).replace("{number}", "1"):
                troubles.append(f"{operation} asks {outcome['request']}")
    assert troubles == [], "\n".join(troubles)
