"""Tells the hub, once a transaction has committed, that a conversation or the desk's lists have something new.

What is said is 16 bytes of a room, and nothing else; pages then ask the ordinary interface. No request waits for it. A ring that fails is
counted and forgotten: a page that heard none asks a little later.
"""

import logging
import os
import threading
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import transaction

from helpline.web.background import BackgroundJob
from messaging.hub.tickets import DESK_ROOM, bell_room_of, room_of

log = logging.getLogger(__name__)
CHANNEL = "helpline:live"
# All that is rung within this time is said together.
PAUSE_SECONDS = 0.02
# More rooms than this wait only while nothing can be said; those are told by their own asking.
MOST_WAITING = 10_000


class RingQueue:
    """The rooms that are to be rung, of one process; told by one thread."""

    def __init__(self) -> None:
        self._begin_empty()
        os.register_at_fork(after_in_child=self._begin_empty)
        self._job = BackgroundJob("rings", self._tell, pause=PAUSE_SECONDS, failed=self._say)
        # The hub of this very process, in the demonstration.
        self.inside: Callable[[bytes], object] | None = None
        self.failed = 0

    def _begin_empty(self) -> None:
        # A lock that was held when the process forked would stay held for ever, and a connection is one process's alone.
        self._lock = threading.Lock()
        self._rooms: set[bytes] = set()
        self._client: redis.Redis | None = None

    def ring(self, room: bytes) -> None:
        """Returns at once."""
        with self._lock:
            if len(self._rooms) < MOST_WAITING:
                self._rooms.add(room)
        self._job.request()

    def _tell(self) -> None:
        with self._lock:
            rooms, self._rooms = self._rooms, set()
        try:
            for room in rooms:
                self._tell_one(room)
        except Exception:
            self.failed += len(rooms)
            raise

    def _tell_one(self, room: bytes) -> None:
        if self.inside is not None:
            self.inside(room)
        elif settings.MODE == "deployed":
            self.client().publish(CHANNEL, room)

    def client(self) -> redis.Redis:
        """This process's connections to Redis; made at their first use. Nothing waits longer than a second for an answer."""
        if self._client is None:
            self._client = redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1)
        return self._client

    def _say(self, error: Exception) -> None:
        log.warning("The hub could not be told (%s); pages find out by asking.", type(error).__name__)


rings = RingQueue()


def live_key() -> bytes:
    """The key of rooms and tickets; empty where there is no hub."""
    return str(settings.LIVE_KEY).encode()


def ring_conversation(conversation_id: bytes) -> None:
    """Both sides of this conversation look, once the transaction has committed; at once outside of one."""
    if key := live_key():
        room = room_of(key, conversation_id)
        transaction.on_commit(lambda: rings.ring(room))


def ring_desk_of(whose: Callable[[], int | None]) -> None:
    """The desks of this counsellor alone look at their lists, or every desk where it is None; `whose` is asked after the commit."""
    if not (key := live_key()):
        return

    def ring() -> None:
        member = whose()
        rings.ring(DESK_ROOM if member is None else bell_room_of(key, member))

    transaction.on_commit(ring)


def ring_desk() -> None:
    """Every desk looks at its lists, once the transaction has committed; at once outside of one."""
    if live_key():
        transaction.on_commit(lambda: rings.ring(DESK_ROOM))
