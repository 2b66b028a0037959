"""Plaintexts that are nearly right: JSON with odd numbers, strings, keys, white space and nesting (PROTOCOL §4.4)."""

import json
import random
from typing import Any

from messaging.protocol.encoding import encode, u32

ROOM = 8188
HASH = encode(bytes(range(32)))
NUMBERS = ["0", "1", "2", "01", "-0", "-1", "1.0", "1e0", "1.", "+1", "4294967295", "4294967296", "99999999999", "9" * 400, "1e400"]
NUMBERS += ["0x1", "NaN", "Infinity", "true", "null", '"1"', "[]", "{}", "\u0661", "1_0", "1e", "--1", "-"]
STRINGS = ['"a"', '""', '" "', '"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"\U0001f600"', '"\\x41"', '"\\/"']
STRINGS += ['"\\u00g0"', '"\\u12"', '"\t"', '"\x01"', '"\x7f"', '"\x85"', '"\u2028"', "'a'", '"a', '"\\"', '"\ufeff"', '"\u3000\u205f"']
STRINGS += ['"__proto__"', "a"]
KINDS = ['"text"', '"intake"', '"handover"', '"closing"', '"again"']
ODD_KINDS = [*KINDS, '"TEXT"', '"te\\u0078t"', '"toString"', '"__proto__"', '"drawing"', "1", "null"]
KEYS = ['"type"', '"text"', '"ack"', '"route"', '"terms"', '"since"', '"day"', '"x"', '"__proto__"', '"te\\u0078t"', '"Text"', '""']
DAYS = ['"2026-11-24"', '"2028-02-29"', '"2027-02-29"', '"2026-1-24"', '"2026-11-24 "', '"0000-01-01"', '"\u0662026-11-24"', "20261124"]
SPACES = ["", "", "", " ", "\n", "\t", "\r\n", "\u00a0", "\f", "\ufeff", "\u2028", "\x00", "/**/"]


def plaintext(draw: random.Random) -> dict[str, Any]:
    """A case of the kind `plaintext`, which nobody has worked out."""
    direction, sequence = draw.choice([1, 2]), draw.choice([1, 1, 2, 7])
    odd = draw.choice([0.0, 0.05, 0.2])
    kind = '"intake"' if (direction, sequence) == (1, 1) else draw.choice(KINDS)
    parts = [['"type"', _or(kind, ODD_KINDS, odd, draw)], ['"text"', _or('"hello"', STRINGS, odd, draw)], ['"ack"', _ack(odd, draw)]]
    if kind == '"intake"':
        parts += [['"route"', _or('"self"', STRINGS, odd, draw)], ['"terms"', _or("1", NUMBERS, odd, draw)]]
    if kind == '"again"':
        parts.append(['"since"', _or("1", NUMBERS, odd, draw)])
    if draw.random() < 0.2:
        parts.append(['"day"', draw.choice(DAYS)])
    if draw.random() < odd:
        parts.append([draw.choice(KEYS), draw.choice([*NUMBERS, *STRINGS, _nested(draw)])])
    if draw.random() < odd:
        del parts[draw.randrange(len(parts))]
    draw.shuffle(parts)
    data = _object(parts, odd, draw).encode("utf-8", "surrogatepass")
    if draw.random() < odd:
        data = draw.choice([b"\xef\xbb\xbf" + data, data + b"\xed\xa0\x80", data.replace(b"h", b"\xc1\xa8"), data[:-1], data + b" x"])
    return {
        "kind": "plaintext",
        "input": {"plaintext": encode(_padded(data[:ROOM], odd, draw)), "direction": direction, "sequence": sequence},
    }


def _or(good: str, odd_ones: list[str], odd: float, draw: random.Random) -> str:
    return draw.choice(odd_ones) if draw.random() < odd else good


def _ack(odd: float, draw: random.Random) -> str:
    zeros, one = json.dumps(encode(bytes(32))), json.dumps(HASH)
    sequence, stands = draw.choice([("0", zeros), ("3", one), ("3", one), ("0", one)]) if odd else ("3", one)
    strange = [json.dumps(HASH + "="), json.dumps(HASH[:-1] + "9"), json.dumps(" " + HASH), "null", json.dumps(HASH[:-1])]
    parts = [['"sequence"', _or(sequence, NUMBERS, odd, draw)], ['"hash"', _or(stands, strange, odd, draw)]]
    return _or(_object(parts, odd, draw), ["null", "[]", '"x"', "{}"], odd / 2, draw)


def _nested(draw: random.Random) -> str:
    depth = draw.randrange(1, 11)
    return draw.choice(["[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth])


def _object(parts: list[list[str]], odd: float, draw: random.Random) -> str:
    def space() -> str:
        return draw.choice(SPACES) if draw.random() < odd / 2 else ""

    inside = ",".join(f"{space()}{key}{space()}:{space()}{value}" for key, value in parts)
    end = draw.choice([",}", "}}", "]"]) if draw.random() < odd / 4 else "}"
    return "{" + inside + space() + end + space()


def _padded(data: bytes, odd: float, draw: random.Random) -> bytes:
    said = draw.choice([len(data) - 1, len(data) + 1, ROOM + 1, 2**32 - 1, 0]) if draw.random() < odd / 4 else len(data)
    whole = u32(said % 2**32) + data + bytes(ROOM - len(data))
    return draw.choice([whole[:-1], whole + b"\0", whole[:-1] + b"\1"]) if draw.random() < odd / 8 else whole
