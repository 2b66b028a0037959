"""A vector with something in it changed: bytes, what stands in lists, the order, a number, a letter."""

import copy
import random
from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.errors import Malformed

# What comes from elsewhere, of each kind of vector: the rest is what its reader has. Proofs are the server's alone to check.
FROM_ELSEWHERE: dict[str, tuple[str, ...]] = {
    "base64url": ("text",),
    "words": ("text",),
    "sheet": ("text",),
    "vault": ("record",),
    "request": ("request",),
    "renewal": ("request", "certificate"),
    "certificate": ("certificate",),
    "statements": ("statements", "certificates"),
    "desk": ("answer",),
    "desk-again": ("before", "after"),
    "grant": ("wrapped", "statement"),
    "open-desk": ("me",),
    "open-desk-again": ("before", "after"),
    "opening": ("opening",),
    "envelope": ("envelope",),
    "tags": ("envelope",),
    "plaintext": ("plaintext",),
    "thread": ("answer", "reader"),
    "thread-again": ("before", "after", "reader"),
    "note": ("note",),
    "disclosure": ("disclosure", "decision"),
}
# What stands in an answer beside what the protocol reads (PROTOCOL §7, §8): the pages' own shapes look after it. And the reader's own keys.
BESIDE = {"side", "display_name", "vaults", "request", "sheet_made_on", "state", "reply_by", "blocked_until", "current"}
BESIDE |= {"inbox_secret", "secret", "words"}
LETTERS = ["=", "+", "/", " ", "\n", "\x00", "é", "Ａ", "\u212a", "%", "\U0001f600", "-", "_", "A"]
NUMBERS = [0, 1, 2, 3, 255, 2**31, 2**32 - 1, 2**32, 2**53 - 1]
Path = tuple[str | int, ...]


def places(value: Any, here: Path = ()) -> Iterator[Path]:
    """Where everything stands inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        if here == () or key not in BESIDE:
            yield (*here, key)
            yield from places(each, (*here, key))


def changed(case: dict[str, Any], others: list[dict[str, Any]], draw: random.Random) -> dict[str, Any]:
    """The same case with one to three changes; `others` are cases of its kind, whose parts may stand in its parts' places."""
    given = copy.deepcopy(case["input"])
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        whole = {key: given[key] for key in FROM_ELSEWHERE[case["kind"]] if given.get(key) is not None}
        found = [path for path in places(whole) if not isinstance(_at(given, path), dict) and path != ("reader", "counsellor_id")]
        if not found:
            break
        path = draw.choice(found)
        holder, key = _at(given, path[:-1]), path[-1]
        holder[key] = _another(holder[key], _elsewhere(path, others, draw), draw)
    return {**case, "input": given}


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def _elsewhere(path: Path, others: list[dict[str, Any]], draw: random.Random) -> Any:
    """What another case has in the same place; None where it has nothing there."""
    try:
        return copy.deepcopy(_at(draw.choice(others)["input"], path))
    except (KeyError, IndexError, TypeError):
        return None


def _another(value: Any, elsewhere: Any, draw: random.Random) -> Any:
    if elsewhere is not None and type(elsewhere) is type(value) and draw.random() < 0.2:
        return elsewhere
    if isinstance(value, list):
        return _another_list(value, elsewhere, draw)
    if isinstance(value, str):
        return _another_text(value, draw)
    if type(value) is int:
        return draw.choice([value + 1, max(value - 1, 0), draw.choice(NUMBERS)])
    return value


def _another_list(listed: list[Any], elsewhere: Any, draw: random.Random) -> list[Any]:
    made = list(listed)
    if not made:
        return made
    one, other = draw.randrange(len(made)), draw.randrange(len(made))
    match draw.randrange(5):
        case 0:
            del made[one]
        case 1:
            made.insert(other, copy.deepcopy(made[one]))
        case 2:
            made[one], made[other] = made[other], made[one]
        case 3:
            made = made[:one]
        case _:
            if isinstance(elsewhere, list) and elsewhere:
                made.insert(one, copy.deepcopy(draw.choice(elsewhere)))
    return made


def _another_text(text: str, draw: random.Random) -> str:
    try:
        raw = decode(text)
    except Malformed:
        raw = b""
    if not raw or draw.random() < 0.08:
        where = draw.randrange(len(text) + 1)
        return text[:where] + draw.choice(LETTERS) + text[where + draw.randrange(2) :]
    return encode(_another_bytes(bytearray(raw), draw))


def _another_bytes(raw: bytearray, draw: random.Random) -> bytes:
    where, size = draw.randrange(len(raw)), draw.randrange(1, 41)
    # What stands at the beginning and at the end says more than what is between.
    where = draw.choice([where, min(where, draw.randrange(64)), max(len(raw) - 1 - draw.randrange(70), 0)]) % len(raw)
    match draw.randrange(7):
        case 0 | 1 | 2:
            raw[where] ^= 1 << draw.randrange(8)
        case 3:
            raw[where] = draw.choice([0, 1, 2, 127, 128, 255])
        case 4:
            raw[where : where + size] = bytes(len(raw[where : where + size]))
        case 5:
            del raw[where : where + size]
        case _:
            raw[where:where] = bytes(size)
    return bytes(raw)
