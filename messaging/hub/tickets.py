"""Tickets: what a page shows the hub, made by those who checked its session. PURE.

1 version = 1 ‖ 1 side ‖ 16 room ‖ 8 expires (seconds since 1970, big-endian) ‖ 16 holder ‖ 32 HMAC-SHA256 over all before it.

A ticket is for connecting alone: it says which side of which room, and of which holder, for two minutes. Room and holder are keyed hashes,
so that the hub learns neither a conversation nor a session. A bell's room is its counsellor's, or the desk's: it hears both.
"""

import hmac
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

VERSION = 1
ROOM = HOLDER = 16
LIFE = timedelta(seconds=120)
DESK_ROOM = bytes(ROOM)
_FORM = struct.Struct(f">BB{ROOM}sQ{HOLDER}s")
MAC = 32
SIZE = _FORM.size + MAC


class Side(IntEnum):
    """Who sits at the socket."""

    PERSON = 1
    COUNSELLOR = 2
    BELL = 3


class BadTicket(Exception):
    """Not made with this key, of another version, out of time, or of no room that there is."""


@dataclass(frozen=True)
class Ticket:
    """What a ticket says."""

    side: Side
    room: bytes
    expires: int
    holder: bytes


def room_of(key: bytes, conversation_id: bytes) -> bytes:
    """The 16 bytes that the hub knows a conversation by."""
    return hmac.digest(key, b"room" + conversation_id, "sha256")[:ROOM]


def bell_room_of(key: bytes, member: int) -> bytes:
    """The 16 bytes that the hub knows a counsellor's bells by; `member` is the number of their place at the desk."""
    return hmac.digest(key, b"bell" + member.to_bytes(8), "sha256")[:ROOM]


def holder_of(key: bytes, session: bytes) -> bytes:
    """The 16 bytes that the hub knows a session by."""
    return hmac.digest(key, b"holder" + session, "sha256")[:HOLDER]


def make_ticket(key: bytes, side: Side, room: bytes, holder: bytes, *, at: datetime) -> bytes:
    """The ticket's bytes, good for `LIFE` from `at`."""
    said = _FORM.pack(VERSION, side, room, expiry(at), holder)
    return said + hmac.digest(key, said, "sha256")


def expiry(at: datetime) -> int:
    """When a ticket made at `at` ends, in seconds since 1970."""
    return int((at + LIFE).timestamp())


def read_ticket(key: bytes, raw: bytes, *, at: datetime) -> Ticket:
    """What the ticket says.

    Raises:
        BadTicket: anything about it is not as it should be; which, nobody is told.
    """
    said, mac = raw[: _FORM.size], raw[_FORM.size :]
    if len(raw) != SIZE or not hmac.compare_digest(mac, hmac.digest(key, said, "sha256")):
        raise BadTicket
    version, side, room, expires, holder = _FORM.unpack(said)
    # One that ends later than any made now would is of a clock that runs ahead, or of an earlier one that ran back.
    if version != VERSION or side not in set(Side) or not 0 <= expires - at.timestamp() <= 2 * LIFE.total_seconds():
        raise BadTicket
    if side != Side.BELL and room == DESK_ROOM:
        raise BadTicket
    return Ticket(Side(side), room, expires, holder)
