"""docs/interfaces/vouchers.md is what the interfaces' documents say: every field, whose word it is, and what a client does."""

import re

from tests.documents.vouchers import PAGE, vouchers_page
from tests.parts.openapi import NAMES, fields_of, followed, operations, read_document, schemas_of, whole_document


def test_the_page_is_of_today() -> None:
    """`uv run python -m tests.documents.vouchers` writes it again."""
    assert PAGE.read_text(encoding="utf-8") == vouchers_page()


def test_every_field_of_every_answer_is_on_it() -> None:
    rows = re.findall(r"^\| `(?:[\w\[\].]*\.)?(\w+)` \| ([a-z-]+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {(field, whose, said.partition(" As [")[0]) for field, whose, said in rows}
    assert {whose for _, whose, _ in told} <= read_document("shared")["info"]["x-vouchers"].keys()
    wanted = {
        (field, part["x-vouched-by"], part["description"])
        for name in NAMES
        for operation in operations(name).values()
        for response in operation["responses"].values()
        for schema in schemas_of(followed(whole_document(name), response))
        for field, each in fields_of(whole_document(name), schema, set())
        for part in [followed(whole_document(name), each)]
    }
    assert len(wanted) > 100
    assert wanted - told == set()
