"""Writes docs/interfaces/vouchers.md from the interfaces' documents: `uv run python -m tests.documents.vouchers`."""

import re
from collections.abc import Iterable, Iterator

from tests.parts.environment import REPOSITORY
from tests.parts.openapi import NAMES, Document, followed, operations, read_document, whole_document

PAGE = REPOSITORY / "docs" / "interfaces" / "vouchers.md"
BEGINNING = """# Who vouches for each field

A server can say anything. So a client asks of each field of each answer: whose word is it?
This page has every field of every answer of both interfaces, with that word and with what a client does.
It is made from [person.yaml](person.yaml), [desk.yaml](desk.yaml) and [shared.yaml](shared.yaml), where each field has its `x-vouched-by`.
`uv run python -m tests.documents.vouchers` writes it again.

| word | whose word it is |
|---|---|
"""
TITLES = {"person": "The person’s interface", "desk": "The desk’s interface"}
HEAD = "| field | vouched for by | what a client does |\n|---|---|---|\n"
REFUSALS = "Problem"


def vouchers_page() -> str:
    """The whole page, as it has to stand in the repository."""
    words: dict[str, str] = read_document("shared")["info"]["x-vouchers"]
    parts = [BEGINNING + "".join(f"| {word} | {meaning} |\n" for word, meaning in words.items())]
    for name in NAMES:
        told = set[str]()
        document, answers = whole_document(name), _answers(name)
        parts.append(f"\n## {TITLES[name]}\n")
        todo = list(answers)
        while todo:
            schema = todo.pop(0)
            inner = list(_inner(document, document["components"]["schemas"][schema]))
            todo = [one for one in inner if one not in todo and one not in answers and one not in told] + todo
            if schema in told:
                continue
            told.add(schema)
            parts.append(_section(document, schema, answers.get(schema, {})))
    parts.append(_refusals())
    return "".join(parts)


def _answers(name: str) -> dict[str, dict[str, None]]:
    """Each schema of an answer that has fields, with the addresses that give it."""
    document, found = whole_document(name), dict[str, dict[str, None]]()
    for (method, path), operation in operations(name).items():
        for status, response in operation["responses"].items():
            for media in followed(document, response).get("content", {}).values():
                if status[0] == "2" and _fields(document, media["schema"]):
                    # By address: one that answers alike with two statuses stands once.
                    found.setdefault(_name(media["schema"]), {})[f"`{method} {path}`"] = None
    return found


def _name(schema: Document) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _fields(document: Document, schema: Document) -> dict[str, Document]:
    return dict(followed(document, schema).get("properties", {}))


def _choices(schema: Document) -> list[Document]:
    """The schema, or what it leaves to choose from."""
    return [*schema.get("oneOf", []), *schema.get("prefixItems", [])] or [schema]


def _inner(document: Document, schema: Document) -> Iterator[str]:
    """Objects with a name of their own, anywhere below."""
    for part in schema.get("properties", {}).values():
        for one in _choices(part):
            for each in _choices(one["items"]) if isinstance(one.get("items"), dict) else [one]:
                if "$ref" in each and _fields(document, each):
                    yield _name(each)
                elif each.get("properties"):
                    yield from _inner(document, each)


def _rows(document: Document, fields: dict[str, Document], before: str = "") -> Iterator[str]:
    for name, part in fields.items():
        if part.keys() <= {"const"}:
            continue
        field, whole = f"{before}{name}", followed(document, part)
        named = [one for one in _named(document, part) if _fields(document, one)]
        more = "".join(f" As [{_name(one)}](#{_name(one).lower()})." for one in named)
        yield f"| `{field}` | {whole['x-vouched-by']} | {_said(whole)}{more} |\n"
        for one in _choices(part):
            items = one.get("items")
            if isinstance(items, dict) and "x-vouched-by" in items:
                yield f"| `{field}[]` | {items['x-vouched-by']} | {_said(items)} |\n"
            inside = items if isinstance(items, dict) else one
            if "$ref" not in inside and inside.get("properties"):
                yield from _rows(document, inside["properties"], f"{field}[]." if isinstance(items, dict) else f"{field}.")


def _named(document: Document, part: Document) -> list[Document]:
    """What it refers to by name, itself or for each of a list."""
    inner = [each for one in _choices(part) for each in (_choices(one["items"]) if isinstance(one.get("items"), dict) else [one])]
    return [one for one in inner if "$ref" in one]


def _said(part: Document) -> str:
    return re.sub(r"\s+", " ", str(part["description"])).replace("|", "\\|").strip()


def _section(document: Document, schema: str, addresses: Iterable[str]) -> str:
    given = f"\nThe answer of {', '.join(addresses)}.\n" if addresses else ""
    return f"\n### {schema}\n{given}\n{HEAD}{''.join(_rows(document, _fields(document, {'$ref': f'#/components/schemas/{schema}'})))}"


def _refusals() -> str:
    """What each refusal adds to what all of them have."""
    document = whole_document("person")
    schemas: dict[str, Document] = read_document("shared")["components"]["schemas"]
    text = f"\n## Refusals\n\nEvery refusal has these, and some add more. All of it is the server’s word.\n\n### {REFUSALS}\n\n{HEAD}"
    text += "".join(_rows(document, schemas[REFUSALS]["properties"]))
    for name, schema in schemas.items():
        rows = "".join(_rows(document, schema.get("properties", {}))) if name.startswith(f"{REFUSALS}-") else ""
        if rows:
            text += f"\n### {name.removeprefix(f'{REFUSALS}-')}\n\n{HEAD}{rows}"
            text += "".join(_section(document, each, ()) for each in _inner(document, schema))
    return text


if __name__ == "__main__":
    PAGE.write_text(vouchers_page(), encoding="utf-8")
