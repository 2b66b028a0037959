"""A path between a browser and the site that a test may cut, fill with sand, slow down or watch: TCP on the loopback, byte for byte.

A socket is told from other requests by its upgrade, as a proxy tells it. A connection over TLS shows nothing of that.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Literal, Self

type Sockets = Literal["pass", "refuse", "accept and forward nothing", "hold back"]
UPGRADE = b"\r\nupgrade: websocket"
REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
# A segment of TCP on most networks.
CHUNK = 1_400


@dataclass
class Seen:
    """What went by: when, on which connection, to the site or back, whether it belongs to a socket."""

    at: float
    connection: int
    up: bool
    socket: bool
    data: bytes


@dataclass(eq=False)
class _Connection:
    number: int
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    socket: bool = False


class CutLine:
    """From `with` to its end it listens at `port` and leads to `target`, both of the loopback.

    `swallows`: every connection stays and nothing comes through. `refuses`: nobody is let in. `sockets`: what becomes of those alone.
    `delay` is in seconds, each way. `socks`: a client names where it wants to go first (SOCKS 5), and is led to the target all the same.
    """

    def __init__(self, target: int, *, port: int = 0, socks: bool = False, watches: bool = False) -> None:
        self.port, self._target, self._socks = port, target, socks
        self.swallows = self.refuses = False
        self.sockets: Sockets = "pass"
        self.delay: Callable[[], float] = lambda: 0.0
        # Where it watches: everything that went by.
        self.seen: list[Seen] = []
        self._watches = watches
        self._numbers = count(1)
        self._open: set[_Connection] = set()

    def __enter__(self) -> Self:
        begun = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(begun)), daemon=True)
        self._thread.start()
        begun.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def cut(self) -> None:
        """Every connection ends at once, and new ones are refused."""
        self.refuses = True
        self.drop()

    def drop(self) -> None:
        """Every connection that there is ends at once."""
        self._loop.call_soon_threadsafe(self._drop)

    def heal(self) -> None:
        self.swallows = self.refuses = False
        self.sockets = "pass"

    def _drop(self) -> None:
        for connection in self._open:
            for writer in connection.writers:
                writer.transport.abort()

    async def _run(self, begun: threading.Event) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        begun.set()
        await self._ended.wait()
        server.close()
        self._drop()
        # What is aborted ends in a later turn of the loop, and so does each that carried it.
        while self._open:
            await asyncio.sleep(0.01)
            self._drop()
        await asyncio.sleep(0.05)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = _Connection(next(self._numbers), [writer])
        self._open.add(connection)
        try:
            if self.refuses:
                return
            if self._socks:
                await _greet(reader, writer)
            first = await reader.read(65_536)
            connection.socket = UPGRADE in first.lower()
            if connection.socket and self.sockets == "refuse":
                writer.write(REFUSAL)
                await writer.drain()
                return
            there_reader, there = await asyncio.open_connection("127.0.0.1", self._target)
            connection.writers.append(there)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(connection, reader, there, first, up=True))
                both.create_task(self._carry(connection, there_reader, writer, b"", up=False))
        except* (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(connection)
            for each in connection.writers:
                each.transport.abort()

    async def _carry(
        self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, data: bytes, *, up: bool
    ) -> None:
        """Until either side ends; raises OSError then, for both directions end together."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, chunk = await waiting.get()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                while self._holds(connection, up=up):
                    await asyncio.sleep(0.05)
                writer.write(chunk)
                await writer.drain()
                if not chunk:
                    raise ConnectionResetError

        delivering = asyncio.create_task(deliver())
        try:
            while not delivering.done():
                data = data or await reader.read(65_536)
                if self._watches and data:
                    self.seen.append(Seen(time.monotonic(), connection.number, up, connection.socket, data))
                waiting.put_nowait((time.monotonic() + self.delay(), data))
                if not data:
                    await delivering
                data = b""
        finally:
            delivering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await delivering

    def _holds(self, connection: _Connection, *, up: bool) -> bool:
        if self.swallows:
            return True
        if not connection.socket:
            return False
        # What holds back says that it has taken the socket, and then nothing comes back.
        return self.sockets == "accept and forward nothing" or (self.sockets == "hold back" and not up)


async def _greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """SOCKS 5 (RFC 1928), without a password or with one of any kind (RFC 1929): Tor Browser names a circuit by it."""
    _, ways = await reader.readexactly(2)
    offered = await reader.readexactly(ways)
    way = 2 if 2 in offered else 0
    writer.write(bytes([5, way]))
    if way == 2:
        for _ in range(2):
            skipped = (await reader.readexactly(2))[1] if _ == 0 else (await reader.readexactly(1))[0]
            await reader.readexactly(skipped)
        writer.write(b"\x01\x00")
    *_, kind = await reader.readexactly(4)
    size = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
    await reader.readexactly(size + 2)
    writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    await writer.drain()
