"""Gives out the hub's tickets, once a view has checked the session; see `messaging.hub.tickets`."""

import os
import threading
from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings

from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.hub.frames import BEAT
from messaging.hub.rings import CHANNEL, live_key, rings
from messaging.hub.tickets import LIFE, Side, bell_room_of, holder_of, make_ticket, room_of
from messaging.protocol.encoding import encode

# For so long an answer of Redis about the hub stands.
GRAIN = timedelta(seconds=2)


class HubWatch:
    """Whether a hub listens, of this process; asked of Redis at most once in `GRAIN`, and by one thread."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """The next who asks finds out."""
        self._lock = threading.Lock()
        self._asked_at: datetime | None = None
        self._well = False

    def well(self, *, at: datetime) -> bool:
        """True while a hub hears what is rung."""
        if rings.inside is not None:
            return True
        if not live_key() or settings.MODE != "deployed":
            return False
        with self._lock:
            if self._asked_at is None or not timedelta() <= at - self._asked_at < GRAIN:
                self._asked_at, self._well = at, _someone_listens()
            return self._well


def _someone_listens() -> bool:
    try:
        answer: Any = rings.client().pubsub_numsub(CHANNEL)
    except redis.RedisError:
        return False
    return any(number > 0 for _, number in answer)


watch = HubWatch()


def live_ticket(side: Side, whose: bytes | int, session: bytes, *, at: datetime) -> dict[str, Any]:
    """The answer of the interfaces, good for this session's holder: a ticket for one side of a conversation, or for a counsellor's bell.

    `whose` is the conversation's id, or the number of the counsellor's place at the desk.

    Raises:
        Problem: live-unavailable, where there is no hub or none listens.
    """
    if not watch.well(at=at):
        raise Problem("live-unavailable", "Nobody rings here: ask for what is new.")
    key = live_key()
    room = bell_room_of(key, whose) if isinstance(whose, int) else room_of(key, whose)
    # The hub has no clock but the machine's; the demonstration's may be another.
    ticket = make_ticket(key, side, room, holder_of(key, session), at=at - settings.CLOCK_OFFSET)
    return {"ticket": encode(ticket), "expires_at": rfc3339_or_null(at + LIFE), "beat": BEAT}
