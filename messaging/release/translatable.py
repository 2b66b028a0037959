"""The sentences that the browser's programs say: found in their sources, so that they can be translated.

A sentence is the first argument of `gettext`, or the second of `pgettext` after its context (client/src/pages/parts/gettext.ts). PURE.
"""

import json
import re
from dataclasses import dataclass

from helpline.web.translations import BETWEEN

_CALL = re.compile(r"(?<![\w.])(gettext|pgettext)\(")
_LITERAL = r'\s*("(?:[^"\\\n]|\\.)*")\s*'
_ONE = re.compile(_LITERAL + r"[,)]")
_TWO = re.compile(_LITERAL + "," + _LITERAL + r"[,)]")


class NotASentence(ValueError):
    """What is said there cannot be found by whoever translates; the message says where it stands."""


@dataclass(frozen=True, order=True)
class ClientSentence:
    """A sentence as it stands in the source, its context ("" for none), and its line."""

    text: str
    context: str
    line: int

    @property
    def key(self) -> str:
        """Its name among the translations that are built into a script."""
        return f"{self.context}{BETWEEN}{self.text}" if self.context else self.text


def sentences_in_typescript(source: str) -> list[ClientSentence]:
    """Every sentence of one TypeScript source, in its order.

    Raises:
        NotASentence: an argument that should be one string in double quotes is something else.
    """
    found = []
    for call in _CALL.finditer(source):
        line = source.count("\n", 0, call.start()) + 1
        match = (_ONE if call[1] == "gettext" else _TWO).match(source, call.end())
        if match is None:
            raise NotASentence(f"line {line}: {call[1]} needs its sentence as one string in double quotes")
        strings = [json.loads(literal) for literal in match.groups()]
        found.append(ClientSentence(strings[-1], strings[0] if len(strings) == 2 else "", line))
    return found
