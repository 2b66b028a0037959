"""What a page has of the network: requests over connections that are kept alive, and one live line, as `transport/live.ts` has them."""

import asyncio
import contextlib
import os
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import SystemRandom

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from messaging.hub.frames import BEAT, OPEN_ELSEWHERE, BadFrame, Kind, make_frame, read_frame

TIMEOUT = 15.0
chance = SystemRandom()


class NoAnswer(Exception):
    """What a page calls unreachable, timed out, or a failure that passes: nobody knows whether it was done."""


@dataclass(frozen=True)
class Answer:
    """`tag` is its ETag, empty without one."""

    status: int
    tag: str
    body: bytes


@dataclass
class Network:
    """The proxy at this port of the loopback; `authority` is the file of who vouches for it, where it speaks TLS.

    `host` is what requests name. `failed` has what pages met, in words, and `broken` what none of ours should meet.
    """

    port: int
    authority: str = ""
    host: str = ""
    source: str = "127.0.0.1"
    failed: list[str] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.host = self.host or f"localhost:{self.port}"
        self.secure = ssl.create_default_context(cafile=self.authority) if self.authority else None

    @property
    def socket(self) -> str:
        return f"{'wss' if self.secure else 'ws'}://localhost:{self.port}/live/socket"


class Http:
    """One page's connections; as many as it asks at once."""

    def __init__(self, network: Network, headers: dict[str, str]) -> None:
        self._network = network
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in {"Host": network.host, **headers}.items())
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, method: str, path: str, body: bytes | None = None, *, tag: str = "") -> Answer:
        """Raises NoAnswer: no whole answer came, or one that says that it passes."""
        try:
            async with asyncio.timeout(TIMEOUT):
                answer = await self._once(method, path, body, tag)
        except (OSError, asyncio.IncompleteReadError, ValueError, TimeoutError) as error:
            self._network.failed.append(type(error).__name__)
            raise NoAnswer(type(error).__name__) from error
        if answer.status >= 500:
            self._network.failed.append(str(answer.status))
            raise NoAnswer(str(answer.status))
        return answer

    async def _once(self, method: str, path: str, body: bytes | None, tag: str) -> Answer:
        lines = [f"{method} {path} HTTP/1.1\r\n{self._headers}"]
        if body is not None:
            lines.append(f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n")
        if tag:
            lines.append(f"If-None-Match: {tag}\r\n")
        request = ("".join(lines) + "\r\n").encode() + (body or b"")
        # A connection that the other end let go while it was idle is no failure: a browser asks over another.
        while self._idle:
            line = self._idle.pop()
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                return await self._over(line, request)
        return await self._over(await self._opened(), request)

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        name = "localhost" if self._network.secure else None
        where = "127.0.0.1", self._network.port
        return await asyncio.open_connection(
            *where, ssl=self._network.secure, server_hostname=name, limit=1 << 20, local_addr=(self._network.source, 0)
        )

    async def _over(self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> Answer:
        reader, writer = line
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            fields = dict(each.split(b": ", 1) for each in head.lower().split(b"\r\n")[1:] if b": " in each)
            body = await reader.readexactly(int(fields.get(b"content-length", 0)))
        except BaseException:
            writer.close()
            raise
        if fields.get(b"connection") == b"close":
            writer.close()
        else:
            self._idle.append(line)
        return Answer(int(head[9:12]), fields.get(b"etag", b"").decode(), body)

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


@dataclass
class LinePace:
    """Seconds: between two beats, and between two looks while there is no line."""

    beat: float = BEAT
    poll: float = 10.0


class Line:
    """A page's socket, which comes back by itself; `look` is called as the page would look.

    `mark` begins each pulse, and `expects` those of the other side: what the hub fills in is not taken for one. `frames` has when
    a frame of the hub's came, and `pulses` when one of the other side (monotonic).
    """

    def __init__(
        self,
        network: Network,
        ticket: Callable[[], Awaitable[bytes]],
        look: Callable[[], None],
        *,
        mark: bytes = b"",
        expects: bytes = b"",
        pace: LinePace | None = None,
    ) -> None:
        self._network, self._ticket, self._look, self._pace = network, ticket, look, pace or LinePace()
        self._mark, self._expects = mark, expects
        self.live = False
        self.refused = 0
        self.frames: list[float] = []
        self.pulses: list[float] = []
        self._beat = asyncio.Event()
        # Of this socket: how many frames came, and when the second did.
        self._came_here, self._second = 0, 0.0

    async def run(self) -> None:
        """Until it is cancelled."""
        polling, tries = asyncio.create_task(self._poll()), 0
        try:
            while True:
                wait = None
                with contextlib.suppress(NoAnswer, OSError, WebSocketException, TimeoutError, BadFrame):
                    wait = await self._once()
                tries = 0 if self.live else tries + 1
                self.live = False
                if wait == OPEN_ELSEWHERE:
                    return
                seconds = min(60, 4 * 2**tries) * (0.5 + chance.random() / 2) if wait is None else wait + self._pace.beat * chance.random()
                await asyncio.sleep(seconds)
        finally:
            polling.cancel()

    async def next_beat(self) -> None:
        """When what is ready is to be sent; at once where there is no line."""
        if self.live:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pace.beat):
                    await self._beat.wait()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(self._pace.poll * (0.9 + 0.2 * chance.random()))
            if not self.live:
                self._look()

    async def _once(self) -> int | None:
        """One socket's life; after how many seconds to come back, where it was told."""
        shown = await self._ticket()
        async with connect(
            self._network.socket,
            compression=None,
            ping_interval=None,
            open_timeout=10,
            close_timeout=1,
            ssl=self._network.secure,
            local_addr=(self._network.source, 0),
        ) as socket:
            await socket.send(make_frame(Kind.TICKET, shown))
            self._came_here, self._second = 0, 0.0
            beats = asyncio.create_task(self._say(socket))
            try:
                while True:
                    # As in the page: five beats without a frame are too many.
                    raw = await asyncio.wait_for(socket.recv(), 30 if self._pace.beat > BEAT else 5 * BEAT)
                    kind, body = read_frame(raw if isinstance(raw, bytes) else None)
                    if kind == Kind.GO:
                        self.refused += not self.live
                        return int.from_bytes(body[:2])
                    self._came(kind, body)
            finally:
                beats.cancel()

    def _came(self, kind: Kind, body: bytes) -> None:
        self.frames.append(time.monotonic())
        self._came_here += 1
        if self._came_here == 2:
            self._second = self.frames[-1]
        if kind == Kind.PULSE and self._expects and body.startswith(self._expects):
            self.pulses.append(self.frames[-1])
        first, self.live = not self.live, True
        if first or kind == Kind.LOOK:
            self._look()

    async def _say(self, socket: ClientConnection) -> None:
        await asyncio.sleep(self._pace.beat * chance.random())
        due = time.monotonic()
        while True:
            self._beat.set()
            self._beat = asyncio.Event()
            await socket.send(make_frame(Kind.PULSE, self._mark + os.urandom(256 - len(self._mark))))
            due += self._pace.beat
            if self._second and self._pace.beat == BEAT:
                # As `Beats.put` of the client: once, so that a beat begins a fifth of one before the hub's frames.
                due += (self._second - BEAT / 5 - due) % BEAT
                self._second = 0.0
            await asyncio.sleep(due - time.monotonic())
