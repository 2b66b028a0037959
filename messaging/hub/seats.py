"""Who sits where: a seat for each open socket, at one side of a room or at the desk's bell. PURE; in memory alone.

Of a room the hub keeps who sits there, and of each side the newest pulse until the other side's next beat. Nothing else.
"""

import asyncio
import contextlib
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import SystemRandom
from typing import Any

from messaging.hub.frames import OPEN_ELSEWHERE, Kind, make_frame, make_go
from messaging.hub.tickets import DESK_ROOM, Side, Ticket

# Sockets of one session: a counsellor's tabs and talks.
MOST_OF_A_HOLDER = 16
# Of all seats, people take at most so much: a flood of them takes no seat of staff.
SHARE_OF_PEOPLE = 0.75
# Seconds. A hub that stops has everyone come back within the first, one after another; someone who finds it full waits longer.
BACK_WITHIN, FULL_FROM, FULL_TO = 8, 20, 60
# Of all bells that a ring of the desk's reaches, so many look in a second, and all within so many seconds: a large desk asks in turn, and
# one of as many or fewer at once.
BELLS_A_SECOND, BELLS_WITHIN = 20, 5.0
_chance = SystemRandom()


class NoSeat(Exception):
    """All seats are taken."""


@dataclass(eq=False)
class Seat:
    """One socket's: what it is to be sent at its next beat."""

    ticket: Ticket
    pulse: bytes | None = None
    look: bool = False
    # Of a bell: it does not look before (monotonic).
    looks_at: float = 0.0
    go: int | None = None
    # Something that does not wait for a beat: a frame `go`, and at a bell a frame `look`.
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    async def stir(self, due: float) -> None:
        """Until the beat, or until something stirs that does not wait for it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(due - time.monotonic()):
                await self.stirred.wait()
        self.stirred.clear()

    def puts_off(self, least: float) -> bool:
        """Whether it is a bell that is to look, though not before its time, nor before `least`."""
        waits = self.ticket.side == Side.BELL and self.look and self.go is None
        return waits and max(least, self.looks_at) > time.monotonic()

    def leave(self, seconds: int) -> None:
        """Tells it to go, at once."""
        self.go = seconds
        self.stirred.set()

    def frame(self) -> bytes:
        """What is sent at this beat; whatever happened, one frame of one size."""
        if self.go is not None:
            return make_go(self.go)
        if self.look:
            self.look = False
            return make_frame(Kind.LOOK)
        pulse, self.pulse = self.pulse, None
        return make_frame(Kind.PULSE, pulse or b"")


class Seats:
    """All of them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken: Counter[Side] = Counter()
        self._rooms: defaultdict[bytes, dict[Side, Seat]] = defaultdict(dict)
        # Insertion order: the oldest first.
        self._bells: dict[Seat, None] = {}
        self._bells_in: defaultdict[bytes, dict[Seat, None]] = defaultdict(dict)
        self._of_holder: defaultdict[bytes, dict[Seat, None]] = defaultdict(dict)

    def __iter__(self) -> Iterator[Seat]:
        for room in self._rooms.values():
            yield from room.values()
        yield from self._bells

    @property
    def rooms(self) -> int:
        """Conversations with anyone there."""
        return len(self._rooms)

    def sit(self, ticket: Ticket) -> Seat:
        """A seat; the one who sat at this side of this room is told to go, and so is the oldest of a holder who has too many.

        Raises:
            NoSeat: full, and nobody's place is taken over.
        """
        before = self._rooms[ticket.room].get(ticket.side) if ticket.room in self._rooms else None
        own = self._of_holder.get(ticket.holder, {})
        if before is None and len(own) >= MOST_OF_A_HOLDER:
            before = next(iter(own))
        if before is not None:
            before.leave(OPEN_ELSEWHERE)
            self.rise(before)
        elif self._full(ticket.side):
            raise NoSeat
        seat = Seat(ticket)
        if ticket.side == Side.BELL:
            self._bells[seat] = self._bells_in[ticket.room][seat] = None
        else:
            self._rooms[ticket.room][ticket.side] = seat
        self._of_holder[ticket.holder][seat] = None
        self.taken[ticket.side] += 1
        return seat

    def _full(self, side: Side) -> bool:
        if self.taken.total() >= self.most:
            return True
        return side == Side.PERSON and self.taken[side] >= self.most * SHARE_OF_PEOPLE

    def rise(self, seat: Seat) -> None:
        """The seat is free again; nothing where it was given to another already."""
        own = self._of_holder.get(seat.ticket.holder, {})
        if seat not in own:
            return
        del own[seat]
        if not own:
            del self._of_holder[seat.ticket.holder]
        self.taken[seat.ticket.side] -= 1
        if seat.ticket.side == Side.BELL:
            del self._bells[seat]
            self._leave(self._bells_in, seat.ticket.room, seat)
        else:
            self._leave(self._rooms, seat.ticket.room, seat.ticket.side)

    @staticmethod
    def _leave[Key](rooms: dict[bytes, dict[Key, Any]], room: bytes, key: Key) -> None:
        """An empty room is forgotten."""
        del rooms[room][key]
        if not rooms[room]:
            del rooms[room]

    def pass_on(self, seat: Seat, pulse: bytes) -> None:
        """The other side has it at its next beat, unless a newer one comes first; where nobody sits it is forgotten."""
        for side, other in self._rooms.get(seat.ticket.room, {}).items():
            if side != seat.ticket.side:
                other.pulse = pulse

    def ring(self, room: bytes) -> None:
        """Both sides of the room look at their next beat, and its bells at once; of the desk's room every bell, many of them in turn."""
        everyone = room == DESK_ROOM
        many = everyone and len(self._bells) > BELLS_A_SECOND
        within = min(BELLS_WITHIN, len(self._bells) / BELLS_A_SECOND) if many else 0.0
        now = time.monotonic()
        for bell in self._bells if everyone else self._bells_in.get(room, ()):
            looks_at = now + within * _chance.random()
            bell.looks_at = min(bell.looks_at, looks_at) if bell.look else looks_at
            bell.look = True
            bell.stirred.set()
        for seat in self._rooms.get(room, {}).values():
            seat.look = True

    def ring_all(self) -> None:
        """Everyone looks: rings may have been missed."""
        for room in [*self._rooms, DESK_ROOM]:
            self.ring(room)

    def send_away(self) -> None:
        """Everyone is told to go, and when to come back: one after another within `BACK_WITHIN` seconds, in no order."""
        seats = list(self)
        _chance.shuffle(seats)
        for number, seat in enumerate(seats):
            seat.leave(1 + number * BACK_WITHIN // len(seats))


def seconds_when_full() -> int:
    """After how many seconds it is worth asking again."""
    return _chance.randint(FULL_FROM, FULL_TO)
