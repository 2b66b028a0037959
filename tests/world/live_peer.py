"""A counsellor's side of a live conversation, by the Python peer over a real socket: what their page will be for the person's."""

import asyncio
import threading
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from helpline.clock import now
from messaging.desk.open_conversation import open_conversation
from messaging.hub.frames import BEAT, Kind, make_frame, read_frame
from messaging.hub.rings import live_key
from messaging.hub.tickets import Side, holder_of, make_ticket, room_of
from messaging.protocol.days import day_of
from messaging.protocol.encoding import FROM_DESK
from messaging.protocol.peer import ProtocolError, read_as_desk
from messaging.protocol.peer.pulse_keys import desks_pulse_keys
from messaging.protocol.peer.pulses import PulseTalk
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer


class LivePeer:
    """From `begin` to `end` it sends a pulse each beat with `flags`, and `seen` is what the person's page told last; None for nobody."""

    def __init__(self, people: People, person: DeskPerson, writer: Writer, origin: str) -> None:
        at, desk = now(), people.desk_of(person)
        thread = read_as_desk(people.site, desk, open_conversation(person.member, writer.conversation_id, at=at), day_of(at))
        self._talk = PulseTalk(FROM_DESK, desks_pulse_keys(people.site, desk, thread))
        self._address = f"{origin.replace('http', 'ws', 1)}/live/socket"
        self._room = writer.conversation_id
        self._beat = 0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self.flags = 0
        self.seen: int | None = None
        # How many frames came, by their sizes.
        self.sizes: set[int] = set()

    def begin(self) -> "LivePeer":
        self._thread.start()
        return self

    def end(self) -> None:
        self._ends.set()
        self._thread.join()

    async def _run(self) -> None:
        key = live_key()
        while not self._ends.is_set():
            ticket = make_ticket(key, Side.COUNSELLOR, room_of(key, self._room), holder_of(key, b"a counsellor"), at=now())
            with suppress(OSError, ConnectionClosed, InvalidHandshake):
                async with connect(self._address, compression=None, max_size=1000) as socket:
                    await socket.send(make_frame(Kind.TICKET, ticket))
                    hearing = asyncio.create_task(self._hear(socket))
                    try:
                        await self._say(socket)
                    finally:
                        hearing.cancel()
            self.seen = None
            await asyncio.sleep(0.5)

    async def _say(self, socket: ClientConnection) -> None:
        while not self._ends.is_set():
            self._beat += 1
            await socket.send(make_frame(Kind.PULSE, self._talk.write(self._beat, self.flags, 1)))
            there = self._talk.there(self._beat)
            self.seen = None if there is None else there.flags
            await asyncio.sleep(BEAT)

    async def _hear(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for raw in socket:
                self.sizes.add(len(raw))
                kind, body = read_frame(raw if isinstance(raw, bytes) else None)
                if kind == Kind.PULSE:
                    with suppress(ProtocolError):
                        self._talk.read(self._beat, body)
                there = self._talk.there(self._beat)
                self.seen = None if there is None else there.flags
