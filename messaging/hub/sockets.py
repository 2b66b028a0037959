"""The hub as an ASGI application: sockets at /live/socket, its health, and sums of what it did. PURE.

Both sides of a room have their beats at the same moments; rooms share a few. Nothing that happens moves a beat, leaves one out or adds
one.
"""

import asyncio
import contextlib
import hmac
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from messaging.hub.figures import hub_figures, hub_sums
from messaging.hub.frames import BadFrame, Kind, make_go, read_frame
from messaging.hub.pace import BEATS_TO_A_LOOK, BURST, Pace
from messaging.hub.seats import NoSeat, Seat, Seats, seconds_when_full
from messaging.hub.tickets import SIZE as TICKET_SIZE
from messaging.hub.tickets import BadTicket, Side, read_ticket

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

PATH = "/live/socket"
POLICY, GOING, LATER = 1008, 1001, 1013


# Sockets that have shown no ticket yet. A flood of such drives out the oldest of its own: a page shows its ticket at once.
MOST_AT_THE_DOOR = 256


class Refused(Exception):
    """The socket is closed, with this code; why is counted."""

    def __init__(self, why: str, code: int = POLICY) -> None:
        super().__init__(why)
        self.why, self.code = why, code


class Hub:
    """The sockets of one process. `hears`: whether rings reach it. `metrics_token` opens /metrics."""

    def __init__(self, key: bytes, *, most: int, metrics_token: str = "", pace: Pace | None = None) -> None:
        self.pace, self.seats, self.hears = pace or Pace(), Seats(most), False
        self.refused: Counter[str] = Counter()
        self.frames: Counter[str] = Counter()
        self.rings = 0
        self._key, self._metrics_token = key, metrics_token
        self._at_the_door: dict[asyncio.Timeout, None] = {}
        self._going = False

    def ring(self, room: bytes) -> None:
        """A room has something new."""
        self.rings += 1
        self.seats.ring(room)

    async def say_goodbye(self) -> None:
        """Everyone is told to go and when to come back; returns when they are gone, or after three seconds."""
        self._going = True
        self.seats.send_away()
        for patience in list(self._at_the_door):
            self._turn_away(patience)
        end = time.monotonic() + 3
        while self.seats.taken.total() and time.monotonic() < end:
            await asyncio.sleep(0.05)

    def _turn_away(self, patience: asyncio.Timeout) -> None:
        """Someone who has shown no ticket yet waits no longer. Once: whose time is up already cannot be told again."""
        del self._at_the_door[patience]
        with contextlib.suppress(RuntimeError):
            patience.reschedule(0)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope["path"], receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, send)

    async def _answer(self, scope: MutableMapping[str, Any], send: Send) -> None:
        bears = dict(scope["headers"]).get(b"authorization", b"")
        status, text = 404, ""
        if scope["path"] == "/health/ready":
            status, text = (200, "ready") if self.hears and not self._going else (503, "hears no rings")
        elif scope["path"] == "/health/live":
            status, text = 200, "live"
        elif scope["path"] == "/health/sums" and hmac.compare_digest(bears, b"Bearer " + self._key):
            status, text = 200, hub_sums(self.seats, self.refused)
        elif scope["path"] == "/metrics" and self._metrics_token and hmac.compare_digest(bears, f"Bearer {self._metrics_token}".encode()):
            status, text = 200, hub_figures(self.seats.taken, self.refused, self.frames, self.rings, hears=self.hears)
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})

    async def _socket(self, path: str, receive: Receive, send: Send) -> None:
        await receive()
        if path != PATH:
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept"})
        seat, code = None, GOING
        try:
            seat = await self._seat(receive, send)
            await self._talk(seat, receive, send)
        except Refused as refused:
            code = refused.code
            self.refused[refused.why] += 1
        except _Left:
            return
        finally:
            if seat is not None:
                self.seats.rise(seat)
        with contextlib.suppress(OSError, RuntimeError):  # It went at this very moment.
            await send({"type": "websocket.close", "code": code})

    async def _seat(self, receive: Receive, send: Send) -> Seat:
        """The seat that the first frame's ticket is for.

        Raises:
            Refused: no ticket in time, none that holds, or no seat.
            _Left
        """
        patience = asyncio.timeout(self.pace.ticket)
        try:
            async with patience:
                self._at_the_door[patience] = None
                if len(self._at_the_door) > MOST_AT_THE_DOOR:
                    self._turn_away(next(iter(self._at_the_door)))
                kind, body = await _frame(receive)
        except TimeoutError:
            raise Refused("ticket") from None
        finally:
            self._at_the_door.pop(patience, None)
        try:
            if kind != Kind.TICKET:
                raise Refused("frame")
            ticket = read_ticket(self._key, body[:TICKET_SIZE], at=datetime.now(UTC))
            if self._going:
                raise NoSeat
            return self.seats.sit(ticket)
        except BadTicket:
            raise Refused("ticket") from None
        except NoSeat:
            await send({"type": "websocket.send", "bytes": make_go(2 if self._going else seconds_when_full())})
            raise Refused("full", LATER) from None

    async def _talk(self, seat: Seat, receive: Receive, send: Send) -> None:
        """Until either end goes.

        Raises:
            Refused; _Left
        """
        listening = asyncio.create_task(self._listen(seat, receive))
        listening.add_done_callback(lambda _: seat.stirred.set())
        try:
            await self._say(seat, send, until=listening.done)
            if listening.done():
                listening.result()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, seat: Seat, receive: Receive) -> None:
        """Raises Refused; _Left"""
        silence = self.pace.bell_silence if seat.ticket.side == Side.BELL else self.pace.silence
        ahead = 0.0  # By how much the pulses are ahead of one in every `haste` seconds.
        heard = time.monotonic()
        while True:
            try:
                async with asyncio.timeout(silence):
                    kind, body = await _frame(receive)
            except TimeoutError:
                raise Refused("silence") from None
            self.frames["in"] += 1
            if kind != Kind.PULSE:
                raise Refused("frame")
            now = time.monotonic()
            ahead = max(0.0, ahead - (now - heard)) + self.pace.haste
            heard = now
            if ahead > BURST * self.pace.haste:
                raise Refused("haste")
            self.seats.pass_on(seat, body)

    async def _say(self, seat: Seat, send: Send, *, until: Callable[[], bool]) -> None:
        """A frame at each beat. A bell is told at once to look, and otherwise only shown a sign of life. Returns after a frame `go`.

        Raises:
            Refused: the other end takes nothing.
            _Left
        """
        every = self.pace.bell if seat.ticket.side == Side.BELL else self.pace.beat
        due = time.monotonic()
        looked = due - self.pace.bell_gap
        for beats in count(1):
            if until():
                return
            if beats % BEATS_TO_A_LOOK == 0 and seat.ticket.side != Side.BELL:
                seat.look = True
            if seat.look:
                looked = time.monotonic()
            try:
                async with asyncio.timeout(self.pace.silence):
                    await _send(send, seat.frame())
            except TimeoutError:
                raise Refused("slow") from None
            self.frames["out"] += 1
            if seat.go is not None:
                return
            late = time.monotonic() - due
            if beats == 1 and seat.ticket.side != Side.BELL:
                due = self.pace.second_beat(seat.ticket.room, after=due)
            elif late > -0.01:
                # A beat that could not be kept is left out; the next is where it would have been.
                due += every * max(1, math.ceil(late / every))
            await seat.stir(due)
            while seat.puts_off(looked + self.pace.bell_gap) and not until():
                await seat.stir(max(looked + self.pace.bell_gap, seat.looks_at))


class _Left(Exception):
    """The other end closed the socket, or its connection ended."""


async def _frame(receive: Receive) -> tuple[Kind, bytes]:
    """Raises _Left, and Refused for what is no frame."""
    message = await receive()
    if message["type"] == "websocket.disconnect":
        raise _Left
    try:
        return read_frame(message.get("bytes"))
    except BadFrame:
        raise Refused("frame") from None


async def _send(send: Send, frame: bytes) -> None:
    """Raises _Left"""
    try:
        await send({"type": "websocket.send", "bytes": frame})
    except (OSError, RuntimeError):
        raise _Left from None
