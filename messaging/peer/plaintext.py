"""What is inside an envelope: padded JSON of a fixed size (PROTOCOL §4.4)."""

import json
from dataclasses import dataclass
from typing import Any

from messaging.encoding import FROM_DESK, FROM_PERSON, HASH, decode, encode, u32
from messaging.peer.errors import BadPlaintext, Malformed, TooLong

SIZE = 8192
LIMIT = SIZE - 4
ROUTES = ("self", "other", "young", "professional")
KEYS = {"intake": {"route", "terms", "text"}, "text": {"text"}, "handover": {"text"}, "closing": {"text"}}
DESK_ONLY = {"handover", "closing"}
LARGEST = 2**53 - 1


@dataclass(frozen=True)
class Ack:
    """The newest envelope of the other direction that the writer has accepted; (0, zeros) when none."""

    sequence: int = 0
    hash: bytes = bytes(HASH)


@dataclass(frozen=True)
class Plaintext:
    """An opened message; type "unknown" for a kind that this version does not know, of which nothing is shown."""

    type: str
    text: str
    ack: Ack
    route: str | None = None
    terms: int | None = None


def pad(content: dict[str, Any]) -> bytes:
    """8,192 bytes; raises TooLong, or BadPlaintext for text that is not Unicode."""
    try:
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise BadPlaintext("unpaired surrogate") from error
    if len(data) > LIMIT:
        raise TooLong(f"{len(data)} bytes, and {LIMIT} fit")
    return u32(len(data)) + data + bytes(LIMIT - len(data))


def unpad(plaintext: bytes) -> dict[str, Any]:
    """The JSON object; raises BadPlaintext."""
    size = int.from_bytes(plaintext[:4], "big")
    if len(plaintext) != SIZE or size > LIMIT or any(plaintext[4 + size :]):
        raise BadPlaintext("size or padding")
    try:
        content = json.loads(plaintext[4 : 4 + size].decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadPlaintext("not JSON of §4.4") from error
    if not isinstance(content, dict):
        raise BadPlaintext("not an object")
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key twice")
    return content


def _no_constant(name: str) -> None:
    raise ValueError(name)


def is_text(value: object) -> bool:
    """A string with something in it that is not white space, and no unpaired surrogate."""
    return isinstance(value, str) and value.strip() != "" and not any("\ud800" <= character <= "\udfff" for character in value)


def is_whole(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= LARGEST


def write(content: dict[str, Any], ack: Ack) -> bytes:
    """Padded bytes of a message; raises TooLong, BadPlaintext."""
    if not is_text(content.get("text")):
        raise BadPlaintext("no text")
    return pad({**content, "ack": {"sequence": ack.sequence, "hash": encode(ack.hash)}})


def read(plaintext: bytes, direction: int, sequence: int) -> Plaintext:
    """A message's content, after every check of §4.4; raises BadPlaintext."""
    content = unpad(plaintext)
    kind, ack = content.get("type"), _ack(content.get("ack"))
    if not isinstance(kind, str):
        raise BadPlaintext("no type")
    if (kind == "intake") != (direction == FROM_PERSON and sequence == 1):
        raise BadPlaintext("an intake comes first, and only then")
    if kind not in KEYS:
        return Plaintext("unknown", "", ack)
    if content.keys() != KEYS[kind] | {"type", "ack"} or (kind in DESK_ONLY and direction != FROM_DESK) or not is_text(content["text"]):
        raise BadPlaintext("its keys or text")
    if kind == "intake" and (content["route"] not in ROUTES or not is_whole(content["terms"], 1)):
        raise BadPlaintext("route or terms")
    return Plaintext(kind, content["text"], ack, content.get("route"), content.get("terms"))


def _ack(value: object) -> Ack:
    if not isinstance(value, dict) or value.keys() != {"sequence", "hash"} or not is_whole(value["sequence"], 0):
        raise BadPlaintext("ack")
    try:
        ack = Ack(value["sequence"], decode(value["hash"], HASH))
    except Malformed as error:
        raise BadPlaintext("ack") from error
    if (ack.sequence == 0) != (ack.hash == bytes(HASH)):
        raise BadPlaintext("ack")
    return ack
