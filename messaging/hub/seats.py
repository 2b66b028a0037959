"""Who sits where: a seat for each open socket, at one side of a room or at the desk's bell. PURE; in memory alone.

Of a room the hub keeps who sits there, and of each side the newest pulse until the other side's next beat. Nothing else.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import SystemRandom

from messaging.hub.frames import OPEN_ELSEWHERE, Kind, make_frame, make_go
from messaging.hub.tickets import DESK_ROOM, Side, Ticket

# Sockets of one session: a counsellor's tabs and talks.
MOST_OF_A_HOLDER = 16
# Of all seats, people take at most so much: a flood of them takes no seat of staff.
SHARE_OF_PEOPLE = 0.75
# Seconds. A hub that stops has everyone come back within the first, one after another; someone who finds it full waits longer.
BACK_WITHIN, FULL_FROM, FULL_TO = 8, 20, 60
_chance = SystemRandom()


class NoSeat(Exception):
    """All seats are taken."""


@dataclass(eq=False)
class Seat:
    """One socket's: what it is to be sent at its next beat."""

    ticket: Ticket
    pulse: bytes | None = None
    look: bool = False
    go: int | None = None
    # Something that does not wait for a beat: a frame `go`, and at a bell a frame `look`.
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

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
        self._of_holder: defaultdict[bytes, dict[Seat, None]] = defaultdict(dict)

    def __iter__(self) -> Iterator[Seat]:
        for room in self._rooms.values():
            yield from room.values()
        yield from self._bells

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
            self._bells[seat] = None
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
            return
        room = self._rooms[seat.ticket.room]
        del room[seat.ticket.side]
        if not room:
            del self._rooms[seat.ticket.room]

    def pass_on(self, seat: Seat, pulse: bytes) -> None:
        """The other side has it at its next beat, unless a newer one comes first; where nobody sits it is forgotten."""
        for side, other in self._rooms.get(seat.ticket.room, {}).items():
            if side != seat.ticket.side:
                other.pulse = pulse

    def ring(self, room: bytes) -> None:
        """Both sides of the room look at their next beat; of the desk's room every bell at once."""
        if room == DESK_ROOM:
            for bell in self._bells:
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
