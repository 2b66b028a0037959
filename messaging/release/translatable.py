"""The sentences that the browser's programs say: found in their sources, so that they can be translated.

A sentence is the first argument of `gettext`, or the second of `pgettext` after its context (client/src/pages/parts/gettext.ts). PURE.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpline.web.translations import BETWEEN

# Before a short name that stands for its sentence; no sentence begins so.
NAMED = "~"
_LONG_ENOUGH = 15
_CALL = re.compile(r"(?<![\w.])(gettext|pgettext)\(")
_LITERAL = r'\s*("(?:[^"\\\n]|\\.)*")\s*'
_ONE = re.compile(_LITERAL + r"[,)]")
_TWO = re.compile(_LITERAL + "," + _LITERAL + r"[,)]")


class NotASentence(ValueError):
    """The translators' tools cannot find what is said there; the message says where it stands."""


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


def by_short_name(said: Mapping[str, str]) -> dict[str, str]:
    """The same by the short name that gettext.ts makes of a key: FNV-1a of its UTF-16 units, in 36 digits.

    Raises:
        NotASentence: two of them would be called alike.
    """
    named = {short_name(key): text for key, text in said.items()}
    if len(named) != len(said):
        raise NotASentence("two sentences have one short name: change a word in one of them")
    return named


def short_name(key: str) -> str:
    """The name of one key."""
    units, number, digits = key.encode("utf-16-le"), 0x811C9DC5, ""
    for at in range(0, len(units), 2):
        number = (number ^ int.from_bytes(units[at : at + 2], "little")) * 0x01000193 & 0xFFFFFFFF
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def without_english(script: str, said: Mapping[str, str]) -> str:
    """A bundle in another language, with the short name in place of each English sentence that it never says (gettext.ts reads both).

    A sentence with a context stays, and so does what is so short that it may stand there for something else, or is what the other language
    says itself: a date in Welsh is put together as an English one.
    """
    for key in sorted(said, key=len, reverse=True):
        if len(key) >= _LONG_ENOUGH and " " in key and BETWEEN not in key and key not in said.values():
            script = script.replace(json.dumps(key, ensure_ascii=False), f'"{NAMED}{short_name(key)}"')
    return script
