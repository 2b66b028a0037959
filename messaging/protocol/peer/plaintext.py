"""What is inside an envelope: padded JSON of a fixed size (PROTOCOL §4.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, HASH, decode, encode
from messaging.protocol.peer.dates import is_day
from messaging.protocol.peer.errors import BadPlaintext, Malformed
from messaging.protocol.peer.padding import LIMIT, json_bytes, pad_json, unpad_json
from messaging.protocol.peer.text import is_text

ROUTES = ("self", "other", "young", "professional")
KEYS = {"intake": {"route", "terms", "text"}, "text": {"text"}, "handover": {"text"}, "closing": {"text"}, "again": {"text", "since"}}
DESK_ONLY = {"handover", "closing", "again"}
# Only what a person writes may have it: their own word for the day.
WITH_DAY = {"intake", "text"}
LARGEST = 2**32 - 1


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
    # Of `again`: the first of the person's envelopes that the desk could not open.
    since: int | None = None
    # By the person's own clock, where they say so.
    day: str | None = None


def _whole(value: object, least: int) -> bool:
    # Not isinstance: True is an int too.
    return type(value) is int and least <= value <= LARGEST


def _with_ack(content: Mapping[str, Any], ack: Ack) -> dict[str, Any]:
    return {**content, "ack": ack_json(ack)}


def ack_json(ack: Ack) -> dict[str, Any]:
    return {"sequence": ack.sequence, "hash": encode(ack.hash)}


def text_fits(text: str) -> tuple[int, int]:
    """The bytes that a text takes, and how many there are for it in any message; raises BadPlaintext for an unpaired surrogate."""
    most = {"type": "intake", "route": "professional", "terms": LARGEST, "text": "", "day": "2026-12-31"}
    return len(json_bytes(text)) - 2, LIMIT - len(json_bytes(_with_ack(most, Ack(LARGEST))))


def write_plaintext(content: Mapping[str, Any], ack: Ack, direction: int, sequence: int) -> bytes:
    """Padded bytes of a message; raises TooLong, and BadPlaintext for what a reader would refuse."""
    padded = pad_json(_with_ack(content, ack))
    read_plaintext(padded, direction, sequence)
    return padded


def read_plaintext(padded: bytes, direction: int, sequence: int) -> Plaintext:
    """A message's content, after every check of §4.4; raises BadPlaintext."""
    content = unpad_json(padded)
    kind, ack = content.get("type"), read_ack(content.get("ack"))
    if not isinstance(kind, str):
        raise BadPlaintext("no type")
    if (kind == "intake") != (direction == FROM_PERSON and sequence == 1):
        raise BadPlaintext("an intake comes first, and only then")
    if kind not in KEYS:
        return Plaintext("unknown", "", ack)
    day = content.get("day") if kind in WITH_DAY and direction == FROM_PERSON else None
    if day is not None and not is_day(day):
        raise BadPlaintext("its day")
    keys = KEYS[kind] | {"type", "ack"} | (set() if day is None else {"day"})
    if content.keys() != keys or (kind in DESK_ONLY and direction != FROM_DESK) or not is_text(content["text"]):
        raise BadPlaintext("its keys or text")
    if kind == "intake" and (content["route"] not in ROUTES or not _whole(content["terms"], 1)):
        raise BadPlaintext("route or terms")
    if kind == "again" and not _whole(content["since"], 1):
        raise BadPlaintext("since")
    return Plaintext(kind, content["text"], ack, content.get("route"), content.get("terms"), content.get("since"), day)


def read_ack(value: object) -> Ack:
    """Raises BadPlaintext."""
    if not isinstance(value, dict) or value.keys() != {"sequence", "hash"} or not _whole(value["sequence"], 0):
        raise BadPlaintext("ack")
    try:
        ack = Ack(value["sequence"], decode(value["hash"], HASH))
    except Malformed as error:
        raise BadPlaintext("ack") from error
    if (ack.sequence == 0) != (ack.hash == bytes(HASH)):
        raise BadPlaintext("ack")
    return ack
