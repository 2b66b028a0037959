"""Frames: what goes over a socket, in both directions, is 257 bytes: one of kind, 256 of body. PURE."""

import secrets
from enum import IntEnum

BODY = 256
SIZE = 1 + BODY
# Seconds between two frames of one side of a talk.
BEAT = 2
# In a frame `go`: there is nothing to come back for, because the same page is open elsewhere.
OPEN_ELSEWHERE = 0xFFFF


class Kind(IntEnum):
    """What a frame is for."""

    TICKET = 1
    PULSE = 2
    LOOK = 3
    GO = 4


class BadFrame(Exception):
    """Of another size, of no kind there is, or text."""


def make_frame(kind: Kind, said: bytes = b"") -> bytes:
    """The frame, filled up with random bytes."""
    return bytes([kind]) + said + secrets.token_bytes(BODY - len(said))


def make_go(seconds: int) -> bytes:
    """Come back after so many seconds; `OPEN_ELSEWHERE`: do not."""
    return make_frame(Kind.GO, seconds.to_bytes(2))


def read_frame(raw: bytes | None) -> tuple[Kind, bytes]:
    """Kind and body.

    Raises:
        BadFrame
    """
    if raw is None or len(raw) != SIZE or raw[0] not in set(Kind):
        raise BadFrame
    return Kind(raw[0]), raw[1:]
