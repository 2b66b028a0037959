"""JSON in a fixed number of bytes, read strictly (PROTOCOL §4.4)."""

import json
from typing import Any

from messaging.protocol.encoding import u32
from messaging.protocol.peer.errors import BadPlaintext, TooLong

SIZE = 8192
LIMIT = SIZE - 4
DEEPEST = 8


def json_bytes(value: Any) -> bytes:
    """Raises BadPlaintext for text that is not Unicode."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise BadPlaintext("unpaired surrogate") from error


def pad_json(content: dict[str, Any]) -> bytes:
    """8,192 bytes; raises TooLong, or BadPlaintext for text that is not Unicode."""
    data = json_bytes(content)
    if len(data) > LIMIT:
        raise TooLong(f"{len(data)} bytes, and {LIMIT} fit")
    return u32(len(data)) + data + bytes(LIMIT - len(data))


def unpad_json(padded: bytes) -> dict[str, Any]:
    """The JSON object; raises BadPlaintext."""
    size = int.from_bytes(padded[:4], "big")
    if len(padded) != SIZE or size > LIMIT or any(padded[4 + size :]):
        raise BadPlaintext("size or padding")
    try:
        content = json.loads(padded[4 : 4 + size].decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise BadPlaintext("not JSON of §4.4") from error
    if not isinstance(content, dict) or _depth_over(content, DEEPEST):
        raise BadPlaintext("not an object, or nested too deeply")
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key twice")
    return content


def _constant(name: str) -> None:
    raise ValueError(name)


def _integer(digits: str) -> int | float:
    # -0 must not pass as 0, and a number of thousands of digits is nothing to compute with.
    return int(digits) if len(digits) <= 10 and digits[0] != "-" else float(digits)


def _depth_over(value: Any, deepest: int) -> bool:
    """Whether it is nested deeper than this; itself, when an object or array, counts as one."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return inner is not None and (deepest == 0 or any(_depth_over(each, deepest - 1) for each in inner))
