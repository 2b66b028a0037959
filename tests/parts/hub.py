"""The hub as docker-compose.yml starts it, on a port of the loopback, and clients with real sockets."""

import asyncio
import contextlib
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from messaging.hub.frames import Kind, make_frame, read_frame
from messaging.hub.tickets import DESK_ROOM, Side, holder_of, make_ticket, room_of
from tests.parts.commands import command_of, surroundings
from tests.parts.environment import LIVE_KEY, PASSWORD, REPOSITORY, Installation, free_port
from tests.parts.processes import Process

KEY = LIVE_KEY.encode()
# The same process, which hurries: what it does in two seconds, it does in a tenth of one.
HURRIED = "from config.hub import run_hub; from messaging.hub.pace import Pace; run_hub(Pace({pace}))"


class Hub(Process):
    """The process. `pace` are its seconds, as in `messaging.hub.pace.Pace`; as an installation has them if none are said."""

    def __init__(self, installation: Installation, *, name: str = "hub", pace: str = "", **more: str) -> None:
        self.port = free_port()
        self.address, self.origin = f"ws://127.0.0.1:{self.port}/live/socket", f"http://127.0.0.1:{self.port}"
        environment = surroundings(
            installation,
            HELPLINE_BIND=f"127.0.0.1:{self.port}",
            HELPLINE_LIVE_KEY=LIVE_KEY,
            HELPLINE_METRICS_TOKEN=PASSWORD * 3,
            HELPLINE_REDIS_URL=f"redis://live:{LIVE_KEY}@127.0.0.1:{installation.redis_port}/0",
            **more,
        )
        command = command_of("live")
        if pace:
            command = [command[0], "-c", HURRIED.format(pace=pace)]
        log = installation.folder / "logs" / f"{name}.log"
        log.unlink(missing_ok=True)
        super().__init__("the hub", command, log=log, environment=environment, folder=REPOSITORY)

    def run(self) -> None:
        """Returns when it hears rings."""
        self.start(self.ready)

    def ready(self) -> bool:
        return self.says("/health/ready") is not None

    def says(self, path: str) -> str | None:
        """What it answers there; None where that is no 200."""
        request = urllib.request.Request(self.origin + path, headers={"Authorization": f"Bearer {PASSWORD * 3}"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - the loopback's
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            return None

    def figure(self, name: str) -> float:
        """One line of its figures, such as `helpline_live_sockets{side="person"}`; 0 where there is none yet."""
        lines = dict(line.rsplit(" ", 1) for line in (self.says("/metrics") or "").splitlines() if not line.startswith("#"))
        return float(lines.get(name, 0))


def ticket(side: Side, conversation: bytes = b"", *, session: bytes = b"", ago: timedelta = timedelta(), key: bytes = KEY) -> bytes:
    """As the interfaces give it out, for one conversation or, without one, for the bell."""
    room = room_of(key, conversation) if conversation else DESK_ROOM
    return make_ticket(key, side, room, holder_of(key, session or bytes([side]) + conversation), at=datetime.now(UTC) - ago)


class Client:
    """One open socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def frame(self) -> tuple[Kind, bytes]:
        """The next frame; raises websockets' ConnectionClosed."""
        raw = await self.socket.recv()
        return read_frame(raw if isinstance(raw, bytes) else None)

    async def until(self, kind: Kind) -> bytes:
        """The body of the next frame of that kind; others are passed over."""
        while True:
            found, body = await self.frame()
            if found == kind:
                return body

    async def pulse(self, body: bytes) -> None:
        await self.socket.send(make_frame(Kind.PULSE, body))

    async def code(self) -> int | None:
        """The code with which the hub closes it."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.socket.recv()
        return self.socket.close_code


@asynccontextmanager
async def besides(act: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """It goes on besides, and has ended afterwards."""
    task = asyncio.create_task(act)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def opened(hub: Hub) -> AsyncIterator[Client]:
    """A socket that has shown nothing yet."""
    async with connect(hub.address, compression=None, ping_interval=None, open_timeout=30, close_timeout=2) as socket:
        yield Client(socket)


@asynccontextmanager
async def seated(hub: Hub, shown: bytes) -> AsyncIterator[Client]:
    """A socket whose ticket was taken: its first frame has come."""
    async with opened(hub) as client:
        await client.socket.send(make_frame(Kind.TICKET, shown))
        first, _ = await client.frame()
        assert first in {Kind.PULSE, Kind.GO}, first
        yield client
