"""The statement that a release names: the newest of the chain that counted when it was signed (PROTOCOL §11.2). PURE."""

import re
from dataclasses import dataclass
from typing import Self

from messaging.protocol.encoding import HASH, decode, demand, encode
from messaging.protocol.wire.keys import Statement

_FORM = re.compile(r"([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class NamedStatement:
    """Its number and its hash."""

    number: int
    statement_hash: bytes

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From `number.hash`, None from the empty text: no epoch counted then. Raises Malformed."""
        if text == "":
            return None
        found = _FORM.fullmatch(text)
        demand(found is not None and int(found[1]) < 2**32, "a statement's number and hash")
        return cls(int(found[1]), decode(found[2], HASH)) if found else None

    @classmethod
    def of(cls, statement: Statement) -> Self:
        return cls(statement.number, statement.statement_hash)

    @property
    def text(self) -> str:
        """As a manifest has it."""
        return f"{self.number}.{encode(self.statement_hash)}"


def is_named(statement: Statement, named: NamedStatement | None) -> bool:
    """Whether it is the one that is named, by number and hash."""
    return named is not None and (statement.number, statement.statement_hash) == (named.number, named.statement_hash)
